"""Query the tables about documents: their sources, texts and reading positions."""

from __future__ import annotations

import zlib
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from reader.annotate.decisions.decision_codec import MalformedRecordError, decode_decision
from reader.annotate.storage.database import Database, encode_text
from reader.annotate.storage.schema import KEYS_PER_DOCUMENT
from reader.document import Document
from reader.document.load_options import absolute_source
from reader.structures.lazy_dataclass import dataclass

INLINE_TEXT_LIMIT: Final = 1 << 18
"""Code points. A text up to this length is saved with its first decision; a longer one, which takes tens of
milliseconds to compress, right after it."""

_COLUMNS: Final = "d.digest, d.title, d.length, d.position, d.last_opened"
_LATEST_SOURCE: Final = (
    "coalesce((SELECT s.source FROM sources s WHERE s.document = d.digest ORDER BY s.last_seen DESC LIMIT 1), '')"
)
_HAS_RECORDS: Final = (
    f"EXISTS (SELECT 1 FROM log l WHERE l.place > d.number * {KEYS_PER_DOCUMENT}"
    f" AND l.place < (d.number + 1) * {KEYS_PER_DOCUMENT})"
)


@dataclass(frozen=True, slots=True)
class RememberedDocument:
    """A document that was opened before."""

    source: str
    """Where it was last read from: an absolute path, a URL, or "-"."""
    title: str
    digest: str
    """The digest of its text."""
    opened: str
    """When it was last opened: ISO 8601, UTC."""
    position: int
    """The reading position, in code points."""
    length: int
    """The length of the text, in code points."""


def remembered_document(document: Document, position: int) -> RememberedDocument:
    """Return the facts to remember about an open document, with its reading position in code points."""
    length = len(document.text)
    position = min(max(position, 0), length)
    source = absolute_source(document.source)
    return RememberedDocument(source, document.title, document.digest, _now(), position, length)


def save_document(database: Database, document: Document, remembered: RememberedDocument) -> None:
    """Save the facts to remember about a document. Call it within a transaction."""
    register(database, document)
    database.run(
        "UPDATE documents SET title = CAST(? AS TEXT), length = ?, position = ?, last_opened = ? WHERE digest = ?",
        *(encode_text(remembered.title), remembered.length, remembered.position),
        *(remembered.opened, remembered.digest),
    )


def register(database: Database, document: Document, *, opened: bool = True) -> None:
    """Add a document and its source unless the store has them. Call it within a transaction.

    Args:
        database: The store's file.
        document: The document.
        opened: Whether the user opened the document; false for an import.
    """
    time = _now() if opened else ""
    database.run(
        "INSERT INTO documents (digest, title, length, first_opened, last_opened) VALUES (?, CAST(? AS TEXT), ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        *(document.digest, encode_text(document.title), len(document.text), time, time),
    )
    database.run(
        "INSERT INTO sources VALUES (?, CAST(? AS TEXT), ?, ?) ON CONFLICT (document, source)"
        " DO UPDATE SET file_digest = excluded.file_digest, last_seen = excluded.last_seen",
        *(document.digest, encode_text(absolute_source(document.source)), document.file_digest, time),
    )


def log_lengths(database: Database) -> dict[str, int]:
    """Return the number of records in the log of each document that has any, by digest."""
    rows = database.run(
        f"SELECT d.digest, count(*) FROM log l JOIN documents d ON d.number = l.place / {KEYS_PER_DOCUMENT}"
        " GROUP BY d.number"
    )
    return dict(rows)


def compress_text(document: Document) -> bytes:
    """Return the text of a document in the form in which it is saved."""
    return zlib.compress(document.text.encode("utf-8", "surrogatepass"), 1)


def save_text(database: Database, document: Document, compressed: bytes = b"") -> None:
    """Save the text of a document that has decisions, unless it is saved already. Call it within a transaction.

    Args:
        database: The store's file.
        document: The document.
        compressed: Its text from `compress_text`, if the caller has compressed it.
    """
    missing = database.run(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM texts WHERE document = ?1)"
        f" AND EXISTS (SELECT 1 FROM documents d WHERE d.digest = ?1 AND {_HAS_RECORDS})",
        document.digest,
    )
    if missing:
        database.run("INSERT INTO texts VALUES (?, ?)", document.digest, compressed or compress_text(document))


def saved_text(database: Database, digest: str) -> str | None:
    """Return the saved text with this digest; None if it was not saved or is damaged."""
    for (compressed,) in database.run("SELECT text FROM texts WHERE document = ?", digest):
        try:
            return zlib.decompress(compressed).decode("utf-8", "surrogatepass")
        except (zlib.error, UnicodeDecodeError, TypeError):
            return None
    return None


def find_document(database: Database, digest: str) -> RememberedDocument | None:
    """Return the document with this digest as the store remembers it; None if it does not."""
    return next(iter(_select(database, "WHERE d.digest = ?", digest)), None)


def recent_documents(database: Database, limit: int) -> tuple[RememberedDocument, ...]:
    """Return the documents that were opened last, latest first."""
    return _select(database, "WHERE d.last_opened <> '' ORDER BY d.last_opened DESC LIMIT ?", limit)


def forget_openings(database: Database, digest: str, source: str) -> None:
    """Make a document one that was never opened, with every other text of its source. Decisions and texts stay.

    Call it within a transaction.
    """
    database.run("UPDATE documents SET last_opened = '' WHERE digest = ?", digest)
    if source not in ("", "-"):
        database.run(
            "UPDATE documents AS d SET last_opened = '' WHERE d.digest IN"
            f" (SELECT s.document FROM sources s WHERE s.source = CAST(?1 AS TEXT)) AND {_LATEST_SOURCE} ="
            " CAST(?1 AS TEXT)",
            encode_text(source),
        )


def file_digests(database: Database, source: str) -> frozenset[str]:
    """Return the digests of the bytes that a source had whenever it was read."""
    rows = database.run("SELECT file_digest FROM sources WHERE source = CAST(? AS TEXT)", encode_text(source))
    return frozenset(str(digest) for (digest,) in rows if digest)


def earlier_documents(database: Database, document: Document) -> tuple[RememberedDocument, ...]:
    """Return the documents with decisions from the same source or file but with another text, latest first."""
    source = absolute_source(document.source)
    return _select(
        database,
        "WHERE d.digest IN (SELECT s.document FROM sources s WHERE ?2 AND s.source = CAST(?3 AS TEXT) UNION"
        " SELECT s.document FROM sources s WHERE ?4 <> '' AND s.file_digest = ?4)"
        f" AND d.digest <> ?1 AND {_HAS_RECORDS} ORDER BY d.last_opened DESC",
        *(document.digest, source not in ("", "-"), encode_text(source), document.file_digest),
    )


def annotated_documents(database: Database) -> tuple[RememberedDocument, ...]:
    """Return the documents with decisions, in the order in which they were added to the store."""
    return _select(database, f"WHERE {_HAS_RECORDS} ORDER BY d.number")


def tags_by_frequency(database: Database) -> tuple[str, ...]:
    """Return every tag that was ever added, most frequent first. Reads the whole log."""
    counts: Counter[str] = Counter()
    kinds = "('place-tagged', 'entity-tagged', 'document-tagged')"
    for kind, payload in database.run(f"SELECT kind, payload FROM log WHERE kind IN {kinds}"):
        with suppress(MalformedRecordError):
            counts.update(getattr(decode_decision(kind, payload), "added", ()))
    return tuple(tag for tag, _ in counts.most_common())


def _select(database: Database, clauses: str, *values: str | bytes | int) -> tuple[RememberedDocument, ...]:
    rows = database.run(f"SELECT {_COLUMNS}, {_LATEST_SOURCE} FROM documents d {clauses}", *values)
    return tuple(
        RememberedDocument(str(source), str(title), str(digest), str(opened), _integer(position), _integer(length))
        for digest, title, length, position, opened, source in rows
    )


def _integer(value: object) -> int:
    """Return `value` if it is an integer, otherwise 0: damage can change the type of a column."""
    return value if isinstance(value, int) else 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
