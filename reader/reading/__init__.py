"""A document being read: its text, its mentions, the user's decisions, and the resulting entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.lazy import lazy_names
from reader.reading.document_reading import Reading

if TYPE_CHECKING:
    from reader.reading.read_source import analyze, read

__all__ = ["Reading", "analyze", "read"]

__getattr__ = lazy_names(__name__, {"analyze": "read_source", "read": "read_source"})
