"""The documents of a collection, filtered and sorted."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from reader.collection.queries.text_search import SOURCE_OF_DOCUMENT
from reader.collection.storage.collection_storage import CollectionStorage
from reader.structures.lazy_dataclass import dataclass


class DocumentOrder(StrEnum):
    """How documents are sorted. The values complete "documents sorted by …"."""

    DATE = "date, latest first"
    TITLE = "title"
    SOURCE = "source"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document of a collection."""

    source: str
    title: str
    date: str
    digest: str
    mentions: int
    length: int
    """Code points."""


_ORDERS = {
    DocumentOrder.DATE: "d.day DESC, d.title, d.id",
    DocumentOrder.TITLE: "d.title, d.id",
    DocumentOrder.SOURCE: "1, d.id",
    DocumentOrder.MENTIONS: "d.mentions DESC, d.title, d.id",
}


def list_documents(
    storage: CollectionStorage, text: str = "", *, order: DocumentOrder = DocumentOrder.DATE, limit: int = 1_000
) -> list[IndexedDocument]:
    """Return the documents whose title, author or source contains a text; case does not matter.

    Args:
        storage: The index.
        text: The text; "" for every document.
        order: How they are sorted.
        limit: The maximum number.
    """
    conditions, parameters = "", list[Any]()
    if text:
        pattern = f"%{text.lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        conditions = (
            " WHERE lower(d.title) LIKE ? ESCAPE '!' OR lower(d.author) LIKE ? ESCAPE '!' OR d.id IN"
            " (SELECT x.document FROM sources x WHERE lower(x.source) LIKE ? ESCAPE '!')"
        )
        parameters = [pattern] * 3
    rows = storage.rows(
        f"SELECT {SOURCE_OF_DOCUMENT}, d.title, d.date, d.digest, d.mentions, d.length FROM documents d{conditions}"
        f" ORDER BY {_ORDERS[order]} LIMIT ?",
        [*parameters, limit],
    )
    return [IndexedDocument(*row) for row in rows]


def count_documents(storage: CollectionStorage) -> int:
    """Return the number of documents."""
    return int(storage.rows("SELECT count(*) FROM documents")[0][0])


def indexed_digest(storage: CollectionStorage, source: str) -> str:
    """Return the digest that the document of a source had when it was indexed; "" if it is not in the index."""
    rows = storage.rows(
        "SELECT d.digest FROM sources s JOIN documents d ON d.id = s.document WHERE s.source = ?", (source,)
    )
    return str(rows[0][0]) if rows else ""
