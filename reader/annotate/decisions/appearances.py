"""Appearances: entities of particular documents, as decisions about namesakes mean them."""

from __future__ import annotations

from reader.resolve import Name
from reader.structures.named_tuple import NamedTuple


class Appearance(NamedTuple):
    """The entity that has a name in one document."""

    document: str
    """The digest of the document's text."""
    title: str
    """The title of the document, for descriptions."""
    name: Name
