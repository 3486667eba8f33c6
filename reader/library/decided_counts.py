"""How many mentions of a document are decided, remembered when the document is left.

The numbers follow from recognition and decisions, so their file is in the cache directory and safe to delete.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from reader import directories
from reader.structures.named_tuple import NamedTuple

_FILE: Final = "decided.sqlite"
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS counts (digest TEXT PRIMARY KEY, mentions INTEGER NOT NULL, decided INTEGER NOT NULL,"
    " decisions INTEGER NOT NULL)"
)
_PATIENCE: Final = 0.2
"""Seconds to wait for another window that writes."""


class DecidedCount(NamedTuple):
    """The mentions of a document when it was left."""

    mentions: int
    decided: int
    """How many of them the user had decided about."""
    decisions: int
    """The number of records in the log of the document."""


def save_count(digest: str, count: DecidedCount) -> None:
    """Remember the counts of a document. Does nothing if the file cannot be written."""
    with suppress(OSError, sqlite3.Error):
        directories.cache_dir().mkdir(parents=True, exist_ok=True)
        with _opened(f"{directories.cache_dir() / _FILE}") as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            connection.execute("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)", (digest, *count))


def saved_counts() -> dict[str, DecidedCount]:
    """Return the counts of every document that was left, by digest; {} if the file is missing or damaged."""
    path = directories.cache_dir() / _FILE
    if not path.exists():
        return {}
    with suppress(OSError, sqlite3.Error), _opened(f"{path}") as connection:
        rows = connection.execute("SELECT digest, mentions, decided, decisions FROM counts")
        return {digest: DecidedCount(*numbers) for digest, *numbers in rows}
    return {}


@contextmanager
def _opened(path: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        yield connection
    finally:
        connection.close()
