"""The tables, and how a store of an earlier version becomes one of this version.

The log is append-only, which triggers enforce. Its records are numbered from 1 without gaps within a document: so a
missing record is noticed when the log is read, without reading the rest of the file. The number is the row's key, so
that no index stands between a document and its records. They carry a checksum, since SQLite has none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Final, TypeAlias

Migration: TypeAlias = Callable[[sqlite3.Connection], None]

APPLICATION_ID: Final = 0x52444E54
"""“RDNT”: says in the file's header whose it is."""

TABLES: Final = (
    """CREATE TABLE documents (
        number INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,       -- of the text
        title TEXT NOT NULL DEFAULT '',
        length INTEGER NOT NULL DEFAULT 0,  -- code points
        position INTEGER NOT NULL DEFAULT 0,  -- reading position, code points
        first_opened TEXT NOT NULL DEFAULT '',
        last_opened TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE TABLE sources (                -- where a text was read from, also formerly
        document TEXT NOT NULL REFERENCES documents (digest),
        source TEXT NOT NULL,              -- absolute path, URL, or - for standard input
        file_digest TEXT NOT NULL DEFAULT '',
        last_seen TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (document, source)
    )""",
    "CREATE INDEX sources_by_source ON sources (source)",
    "CREATE INDEX sources_by_file ON sources (file_digest)",
    """CREATE TABLE texts (                  -- what anchors are mapped from when the text has changed
        document TEXT PRIMARY KEY REFERENCES documents (digest),
        text BLOB NOT NULL                 -- zlib, UTF-8
    )""",
    """CREATE TABLE log (
        place INTEGER PRIMARY KEY,         -- number of the document × 2³², plus number of the record from 1 on
        id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL REFERENCES documents (digest),
        time TEXT NOT NULL,
        step TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL,
        anchor TEXT NOT NULL,
        session TEXT NOT NULL,
        author TEXT NOT NULL,
        crc INTEGER NOT NULL
    )""",
    """CREATE TRIGGER log_keeps_records BEFORE DELETE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_keeps_words BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)


def _create(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        connection.execute(table)


RECORDS: Final = 1 << 32
"""A document's records have the keys from its number times this on."""

MIGRATIONS: Sequence[Migration] = (_create,)
"""Number n makes a store of version n one of version n + 1; the first makes an empty file a store."""


def current_version() -> int:
    """Return the version that this program writes."""
    return len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a store of `version` up to date, within the transaction that is open.

    Raises:
        sqlite3.Error: it fails; the caller rolls back and nothing has changed.
    """
    for step in MIGRATIONS[version:]:
        step(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {current_version()}")


def expected() -> set[str]:
    """Return the statements that a store of this version says it was made by."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection, 0)
        return {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
