"""Documents: canonical text, blocks, metadata, digest; one loader per format."""

from __future__ import annotations

from reader.document.model import Block, BlockKind, Document, DocumentError, Hyperlink

__all__ = ["Block", "BlockKind", "Document", "DocumentError", "Hyperlink"]
