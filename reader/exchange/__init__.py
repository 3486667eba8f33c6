"""Exchange formats for readings, one module each, and their registry."""

from __future__ import annotations

from reader.exchange.atomic_files import atomic_folder, atomic_writer
from reader.exchange.format import ExchangeError, ExportFormat
from reader.exchange.registry import FORMATS, READERS

__all__ = ["FORMATS", "READERS", "ExchangeError", "ExportFormat", "atomic_folder", "atomic_writer"]
