"""The tables of the store, and the migrations from earlier versions.

The log is append-only; triggers enforce that. The records of a document are numbered from 1 without gaps, so a missing
record is noticed when the log is read, without reading the rest of the file. The number is part of the row's key, so
no index is needed to find the records of a document. Each record has a checksum, because SQLite has none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Final, TypeAlias

Migration: TypeAlias = Callable[[sqlite3.Connection], None]

APPLICATION_ID: Final = 0x52444E54
"""“RDNT”: identifies the program in the header of the file."""

# SQLite stores these statements with their comments, and `Database.check` compares them: not even a comment may change.
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


def _create_tables(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)


KEYS_PER_DOCUMENT: Final = 1 << 32
"""The key of a record is the number of its document times this, plus the number of the record."""

MIGRATIONS: Sequence[Migration] = (_create_tables,)
"""Migration n turns a store of version n into one of version n + 1; migration 0 turns an empty file into a store."""


def current_version() -> int:
    """Return the schema version that this program writes."""
    return len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a store of schema version `version` up to date, within the open transaction.

    Raises:
        sqlite3.Error: A migration fails. The caller rolls back, and nothing has changed.
    """
    for migration in MIGRATIONS[version:]:
        migration(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {current_version()}")


def expected_statements() -> set[str]:
    """Return the SQL statements that a store of the current version lists in its schema."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection, 0)
        return {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
