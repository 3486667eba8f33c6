"""The documents in the index of a collection."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from operator import attrgetter

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


def indexed_documents(
    storage: CollectionStorage,
    *,
    limit: int = 0,
    accepts: Callable[[IndexedDocument], bool] | None = None,
) -> list[IndexedDocument]:
    """Return the documents, the latest date first.

    Sources and order are added here: for many documents, that takes half the time of a query with both.

    Args:
        storage: The index.
        limit: The maximum number; 0 for all.
        accepts: Tells which documents to return; None for every one.
    """
    sources = dict(storage.rows("SELECT document, min(source) FROM sources GROUP BY document"))
    sql = (
        "SELECT d.id, d.title, d.author, d.date, d.digest, d.length, d.mentions, d.decided, d.decisions"
        " FROM documents d"
    )
    if 0 < limit < len(sources):
        sql += " ORDER BY d.day DESC, d.title, d.id"
        if accepts is None:
            sql += f" LIMIT {limit}"
    listed = (IndexedDocument(path_of(sources.get(row[0], "")), *row[1:]) for row in storage.stream(sql))
    documents = list(islice(filter(accepts, listed) if accepts else listed, limit or None))
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


def indexed_document(storage: CollectionStorage, source: str) -> IndexedDocument | None:
    """Return the document of a source, None if it is not in the index."""
    rows = storage.rows(
        "SELECT d.title, d.author, d.date, d.digest, d.length, d.mentions, d.decided, d.decisions FROM sources s"
        " JOIN documents d ON d.id = s.document WHERE s.source = ?",
        (source,),
    )
    return IndexedDocument(path_of(source), *rows[0]) if rows else None


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
