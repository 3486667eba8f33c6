"""The documents in the index of a collection."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.stored_paths import path_of
from reader.structures.named_tuple import NamedTuple


class IndexedDocument(NamedTuple):
    """A document of a collection."""

    source: str
    title: str
    author: str
    date: str
    digest: str
    length: int
    """Code points."""
    mentions: int
    decided: int
    """How many mentions the user had decided about when it was indexed."""
    decisions: int
    """The number of records in its log at that time."""


def indexed_documents(storage: CollectionStorage, text: str = "", *, limit: int) -> list[IndexedDocument]:
    """Return the documents whose title, author or source contains a text, the latest date first.

    Sources and order are added here: for many documents, that takes half the time of a query with both.

    Args:
        storage: The index.
        text: The text, without regard to case; "" for every document.
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
    if count_documents(storage) > limit:
        conditions += " ORDER BY d.day DESC, d.title, d.id LIMIT ?"
        parameters.append(limit)
    rows = storage.rows(
        f"SELECT d.id, d.title, d.author, d.date, d.digest, d.length, d.mentions, d.decided, d.decisions"
        f" FROM documents d{conditions}",
        parameters,
    )
    sources = dict(storage.rows("SELECT document, min(source) FROM sources GROUP BY document"))
    documents = [IndexedDocument(path_of(sources.get(row[0], "")), *row[1:]) for row in rows]
    documents.sort(key=attrgetter("title"))
    documents.sort(key=attrgetter("date"), reverse=True)
    return documents


def count_documents(storage: CollectionStorage) -> int:
    """Return the number of documents."""
    return int(storage.rows("SELECT count(*) FROM documents")[0][0])


def indexed_digest(storage: CollectionStorage, source: str) -> str:
    """Return the digest that the document of a source had when it was indexed; "" if it is not in the index."""
    rows = storage.rows(
        "SELECT d.digest FROM sources s JOIN documents d ON d.id = s.document WHERE s.source = ?", (source,)
    )
    return str(rows[0][0]) if rows else ""


def indexed_text(storage: CollectionStorage, digest: str) -> str | None:
    """Return the text of a document in the index, None if it is not there."""
    rows = storage.rows(
        "SELECT t.text FROM texts t JOIN documents d ON d.id = t.document WHERE d.digest = ?", (digest,)
    )
    return str(rows[0][0]) if rows else None


def indexed_file(storage: CollectionStorage, path: str) -> tuple[int, int, str] | None:
    """Return the time of change in nanoseconds, the size in bytes and the digest of a file when it was indexed."""
    rows = storage.rows("SELECT mtime, size, digest FROM files WHERE path = ?", (path,))
    return (int(rows[0][0]), int(rows[0][1]), str(rows[0][2])) if rows else None
