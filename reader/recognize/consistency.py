"""The document pass."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document import Document
from reader.recognize.mention import Mention


def settle(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the document's mentions."""
    return list(mentions)
