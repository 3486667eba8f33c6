"""Texts from standard input. Only the index has them, so whatever replaces it takes them along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reader.collection.document_record import DocumentRecord
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.index_writer import IndexWriter
from reader.document.document import digest_of
from reader.document.standard_input import PIPED_START
from reader.structures.named_tuple import NamedTuple

_IS_PIPED: Final = f"substr(s.source, 1, {len(PIPED_START)}) = '{PIPED_START}'"
PIPED_SQL: Final = (
    "SELECT s.source, d.title, d.author, d.date, t.text FROM sources s JOIN documents d ON d.id = s.document"
    f" JOIN texts t ON t.document = d.id WHERE {_IS_PIPED} ORDER BY s.source"
)
NOT_RECOGNIZED: Final = ""
"""Stands for what finds the names of a document if none were looked for yet."""


class PipedText(NamedTuple):
    """A text that came from standard input."""

    source: str
    title: str
    author: str
    date: str
    text: str


def piped_texts(storage: CollectionStorage) -> list[PipedText]:
    """Return the texts from standard input in an index, sorted by source.

    Raises:
        CollectionError: The index cannot be read.
    """
    return [PipedText(*row) for row in storage.rows(PIPED_SQL)]


def has_piped_texts(storage: CollectionStorage) -> bool:
    """Return whether an index has texts from standard input."""
    return bool(storage.rows(f"SELECT 1 FROM sources s WHERE {_IS_PIPED} LIMIT 1"))


def keep_piped_texts(storage: CollectionStorage, texts: Iterable[PipedText]) -> None:
    """Write texts from standard input to an index, without their names: the next `reader index` finds them."""
    with storage.transaction():
        writer = IndexWriter(storage)
        for piped in texts:
            digest = digest_of(piped.text.encode("utf-8", "surrogatepass"))
            record = DocumentRecord(
                *(digest, "", piped.source, piped.title, piped.author, piped.date, piped.text, ""), (), ()
            )
            writer.save(record, piped.source, NOT_RECOGNIZED, 0)
