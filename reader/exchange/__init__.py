"""Formats in and out, one module each behind one registry."""

from __future__ import annotations

from reader.exchange.files import written_whole
from reader.exchange.registry import FORMATS, READERS, ExchangeError, Format

__all__ = ["FORMATS", "READERS", "ExchangeError", "Format", "written_whole"]
