"""The registry of exchange formats by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reader.exchange.format import ExportFormat, ImportFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPORT_FORMATS: Final = (
    ExportFormat("jsonl", "one JSON object per document, lossless; offsets in Unicode code points", ".jsonl", "jsonl"),
)

_IMPORT_FORMATS: Final = (ImportFormat("jsonl", "jsonl"),)

FORMATS: Final[Mapping[str, ExportFormat]] = MappingProxyType({entry.name: entry for entry in _EXPORT_FORMATS})
"""The export formats, in the order of the help."""

READERS: Final[Mapping[str, ImportFormat]] = MappingProxyType({entry.name: entry for entry in _IMPORT_FORMATS})
"""The import formats, in the order of the help."""
