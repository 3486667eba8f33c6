"""Documents: the model of their text, blocks and metadata, and a loader for each format."""

from __future__ import annotations

from reader.document.blocks import Block, BlockKind
from reader.document.document import Document, DocumentError, Hyperlink
from reader.document.loading import ManyDocumentsError, load
from reader.document.sanitize import one_line, sanitize

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "DocumentError",
    "Hyperlink",
    "ManyDocumentsError",
    "load",
    "one_line",
    "sanitize",
]
