"""Read passages of the texts of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.structures.named_tuple import NamedTuple

_AT_ONCE: Final = 50
"""Passages that are read at once: so many texts are in memory at most."""


class TextSpan(NamedTuple):
    """A part of the text of a document of an index."""

    document: int
    """The id of the document."""
    start: int
    """Offsets in code points, end exclusive."""
    end: int


def passages(storage: CollectionStorage, spans: Iterable[TextSpan]) -> Iterator[str]:
    """Yield parts of texts, in the order of their spans.

    A text is read once for all parts that follow each other. A database that cuts them out reads it once for each,
    which takes seconds for the mentions of a person in a book.
    """
    remaining = iter(spans)
    texts: dict[int, str] = {}
    while batch := list(islice(remaining, _AT_ONCE)):
        documents = {span.document for span in batch}
        texts = {document: text for document, text in texts.items() if document in documents}
        new = sorted(documents - texts.keys())
        texts |= dict(rows_in_chunks(storage, "SELECT document, text FROM texts WHERE document IN ({})", new))
        yield from (texts.get(document, "")[start:end] for document, start, end in batch)
