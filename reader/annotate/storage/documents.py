"""What the store remembers of documents besides decisions: where they were, what they said, how far they were read."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from reader.annotate.decision_codec import MalformedRecordError, decode
from reader.annotate.storage.database import Database, stored
from reader.annotate.storage.schema import RECORDS
from reader.document import Document

KEPT_AT_ONCE: Final = 1 << 18
"""A text of up to so many code points is kept with its first decision; a longer one, which takes tens of
milliseconds to pack, right after it."""

_COLUMNS: Final = "d.digest, d.title, d.length, d.position, d.last_opened"
_SOURCE: Final = (
    "coalesce((SELECT s.source FROM sources s WHERE s.document = d.digest ORDER BY s.last_seen DESC LIMIT 1), '')"
)


_DECIDED: Final = (
    f"EXISTS (SELECT 1 FROM log l WHERE l.place > d.number * {RECORDS} AND l.place < (d.number + 1) * {RECORDS})"
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A document that was opened before."""

    source: str
    """Where it was read from last: an absolute path, a URL, or "-"."""
    title: str
    digest: str
    """Of its text."""
    opened: str
    """When it was opened last, ISO 8601, UTC."""
    position: int
    """Where the reader was, in code points."""
    length: int
    """Of the text, in code points."""


def place(source: str) -> str:
    """Return a source as it is found again from any directory: an absolute path, a URL, or "-"."""
    if source in ("", "-") or source.startswith(("http://", "https://")):
        return source
    return os.path.abspath(source)  # noqa: PTH100 - a symbolic link keeps its own name


def seen_now(document: Document, position: int) -> Remembered:
    """Return what is to be remembered of a document that is open now."""
    length = len(document.text)
    position = min(max(position, 0), length)
    return Remembered(place(document.source), document.title, document.digest, _now(), position, length)


def put(database: Database, document: Document, seen: Remembered) -> None:
    """Write it down; within a transaction."""
    enter(database, document)
    database.run(
        "UPDATE documents SET title = CAST(? AS TEXT), length = ?, position = ?, last_opened = ? WHERE digest = ?",
        *(stored(seen.title), seen.length, seen.position, seen.opened, seen.digest),
    )


def enter(database: Database, document: Document, *, opened: bool = True) -> None:
    """Make sure that the store knows a document and where it is, be it opened here or not; within a transaction."""
    now = _now() if opened else ""
    database.run(
        "INSERT INTO documents (digest, title, length, first_opened, last_opened) VALUES (?, CAST(? AS TEXT), ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        *(document.digest, stored(document.title), len(document.text), now, now),
    )
    database.run(
        "INSERT INTO sources VALUES (?, CAST(? AS TEXT), ?, ?) ON CONFLICT (document, source)"
        " DO UPDATE SET file_digest = excluded.file_digest, last_seen = excluded.last_seen",
        *(document.digest, stored(place(document.source)), document.file_digest, now),
    )


def packed(document: Document) -> bytes:
    """Return a text as it is kept."""
    return zlib.compress(document.text.encode("utf-8", "surrogatepass"), 1)


def keep_text(database: Database, document: Document, text: bytes = b"") -> None:
    """Keep the text of a document that has decisions, once, packed before or now; within a transaction."""
    missing = database.run(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM texts WHERE document = ?1)"
        f" AND EXISTS (SELECT 1 FROM documents d WHERE d.digest = ?1 AND {_DECIDED})",
        document.digest,
    )
    if missing:
        database.run("INSERT INTO texts VALUES (?, ?)", document.digest, text or packed(document))


def text_of(database: Database, digest: str) -> str | None:
    """Return a text that was kept; None if it was not, or is damaged."""
    for (text,) in database.run("SELECT text FROM texts WHERE document = ?", digest):
        try:
            return zlib.decompress(text).decode("utf-8", "surrogatepass")
        except (zlib.error, UnicodeDecodeError, TypeError):
            return None
    return None


def find(database: Database, digest: str) -> list[Remembered]:
    """Return what is remembered of one text."""
    return _select(database, "WHERE d.digest = ?", digest)


def recent(database: Database, limit: int) -> list[Remembered]:
    """Return the documents opened last, the latest first."""
    return _select(database, "WHERE d.last_opened <> '' ORDER BY d.last_opened DESC LIMIT ?", limit)


def earlier(database: Database, document: Document) -> list[Remembered]:
    """Return documents with decisions, the latest first, read from the same place or file with another text."""
    source = place(document.source)
    return _select(
        database,
        "WHERE d.digest IN (SELECT s.document FROM sources s WHERE ?2 AND s.source = CAST(?3 AS TEXT) UNION"
        " SELECT s.document FROM sources s WHERE ?4 <> '' AND s.file_digest = ?4)"
        f" AND d.digest <> ?1 AND {_DECIDED} ORDER BY d.last_opened DESC",
        *(document.digest, source not in ("", "-"), stored(source), document.file_digest),
    )


def annotated(database: Database) -> list[Remembered]:
    """Return the documents with decisions, in the order in which they came to be known."""
    return _select(database, f"WHERE {_DECIDED} ORDER BY d.number")


def tags(database: Database) -> list[str]:
    """Return the tags that were given to anything, the most frequent first; reads the whole log."""
    counts: Counter[str] = Counter()
    kinds = "('place-tagged', 'entity-tagged', 'document-tagged')"
    for kind, payload in database.run(f"SELECT kind, payload FROM log WHERE kind IN {kinds}"):
        with suppress(MalformedRecordError):
            counts.update(getattr(decode(kind, payload), "added", ()))
    return [tag for tag, _ in counts.most_common()]


def _select(database: Database, where: str, *values: str | bytes | int) -> list[Remembered]:
    rows = database.run(f"SELECT {_COLUMNS}, {_SOURCE} FROM documents d {where}", *values)
    return [
        Remembered(str(source), str(title), str(digest), str(opened), _count(position), _count(length))
        for digest, title, length, position, opened, source in rows
    ]


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
