"""The index of a collection in an SQLite file, with FTS5 for full-text search."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from reader.collection.storage.collection_storage import CollectionDamagedError, CollectionError
from reader.collection.storage.databases.write_lock import write_lock
from reader.collection.storage.index_schema import SCHEMA_VERSION, TABLES
from reader.collection.storage.search_phrase import SearchPhrase, searchable_text
from reader.collection.storage.stored_paths import storable_values
from reader.document.normal_text import normalize

APPLICATION_ID: Final = 0x52444E49
"""“RDNI”: identifies an index in the header of the file."""

_PATIENCE: Final = 30.0
"""Seconds to wait while another process writes: on a busy machine with a slow disk, a transaction can take some."""
_FULL_TEXT: Final = 'CREATE VIRTUAL TABLE search USING fts5(words, pairs, tokenize = "unicode61 remove_diacritics 0")'
REBUILD_ADVICE: Final = "build it again with `reader index --rebuild`"
_CACHE_KILOBYTES: Final = 16_000
"""More takes memory and saves no time: the system keeps the pages of the file anyway."""
_CHECKPOINT_PAGES: Final = 4_000
"""Pages that transactions write ahead before one of them moves them all into the file: some 16 MB."""
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""A statement of ours that is an error means that tables or columns are missing."""


class SqliteIndex:
    """An index in one file. See `CollectionStorage`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @staticmethod
    def open(path: Path, *, create: bool = False) -> SqliteIndex:
        """Open the index at a path. Where nothing can be written, it can be read.

        Args:
            path: The file.
            create: Whether to create a missing file.

        Raises:
            CollectionDamagedError: The file is damaged, or an older version wrote it.
            CollectionError: There is no such file, it cannot be opened, or it is not an index of this version.
        """
        if not create and not path.exists():
            raise CollectionError(f"there is no collection {path.stem}; make it with `reader index`")
        connection = None
        try:
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connected(path, is_read_only=not create and _is_on_read_only_disk(path))
            index = SqliteIndex(path, connection)
            index._prepare(create=create)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.Error):
                raise _collection_error(error, path) from error
            if isinstance(error, OSError):
                raise CollectionError(f"cannot write {error.filename or path}: {error.strerror or error}") from error
            raise
        return index

    def _prepare(self, *, create: bool) -> None:
        connection = self._connection
        # First, since another process may create the tables, and with them the two numbers, at any moment.
        is_empty = self._is_empty()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if is_empty:
            if not create:
                raise CollectionDamagedError(f"collection at {self._path}: the file is empty; {REBUILD_ADVICE}")
        elif application != APPLICATION_ID:
            raise CollectionError(f"collection at {self._path}: the file belongs to another program")
        elif version > SCHEMA_VERSION:
            raise CollectionError(f"collection at {self._path}: written by a newer version of reader")
        elif version < SCHEMA_VERSION:
            raise CollectionDamagedError(
                f"collection at {self._path}: written by an older version of reader; {REBUILD_ADVICE}"
            )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if is_empty:
            self._create_tables()

    def _is_empty(self) -> bool:
        return self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None

    def _create_tables(self) -> None:
        """Create the tables, unless another process has done so meanwhile."""
        connection = self._connection
        with self.transaction():
            if self._is_empty():
                for statement in (*map(_by_primary_key, TABLES), _FULL_TEXT):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @property
    def description(self) -> str:
        """See `CollectionStorage`."""
        return str(self._path)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """See `CollectionStorage`."""
        with self._errors():
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except UnicodeEncodeError:
                return self._connection.execute(sql, storable_values(parameters)).fetchall()

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """See `CollectionStorage`."""
        with self._errors():
            yield from self._connection.execute(sql, parameters)

    def execute_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """See `CollectionStorage`."""
        with self._errors():
            self._connection.executemany(sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `CollectionStorage`."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def lock(self) -> AbstractContextManager[None]:
        """See `CollectionStorage`."""
        message = f"collection {self._path.stem} is being indexed by another process; try again when it has finished"
        return write_lock(self._path.with_suffix(".lock"), message)

    def add_text(self, document: int, text: str) -> None:
        """See `CollectionStorage`."""
        row = (document, *searchable_text(normalize(text)))
        self.rows("INSERT INTO search (rowid, words, pairs) VALUES (?, ?, ?)", row)

    def remove_texts(self, documents: Sequence[int]) -> None:
        """See `CollectionStorage`."""
        self.execute_many("DELETE FROM search WHERE rowid = ?", ((document,) for document in documents))

    def matching(self, phrases: Sequence[SearchPhrase]) -> tuple[str, str, list[Any]]:
        """See `CollectionStorage`."""
        required = [_match_expression(phrase) for phrase in phrases if not phrase.excluded]
        excluded = [_match_expression(phrase) for phrase in phrases if phrase.excluded]
        if not required:
            sql, parameters = "SELECT id AS document, 0.0 AS rank FROM documents", list[Any]()
            if excluded:
                sql += " WHERE id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)"
                parameters.append(" OR ".join(excluded))
            return sql, "day DESC, document", parameters
        expression = " AND ".join(required)
        if excluded:
            expression = f"({expression}) NOT ({' OR '.join(excluded)})"
        return "SELECT rowid AS document, rank FROM search WHERE search MATCH ?", "rank, document", [expression]

    def optimize(self) -> None:
        """See `CollectionStorage`."""
        self.rows("INSERT INTO search (search) VALUES ('optimize')")
        self.rows("PRAGMA optimize")
        self.rows("ANALYZE")
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def settle(self) -> None:
        """See `CollectionStorage`."""
        self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def check(self) -> tuple[str, ...]:
        """See `CollectionStorage`."""
        return tuple(str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok")

    def close(self) -> None:
        """See `CollectionStorage`."""
        with suppress(sqlite3.Error):
            self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _collection_error(error, self._path) from error


def _connected(path: Path, *, is_read_only: bool) -> sqlite3.Connection:
    """Return a connection to an index.

    Args:
        path: The file.
        is_read_only: Whether nothing can be written beside it. SQLite then needs to know that nobody changes it.
    """
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1" if is_read_only else str(path)
    return sqlite3.connect(address, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, uri=is_read_only)


def _is_on_read_only_disk(path: Path) -> bool:
    """Return whether nothing can be written beside a complete index, so that no process can change it."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _reason(error: sqlite3.Error, path: Path) -> str:
    """Return why an index cannot be opened or written."""
    if path.is_dir():
        return "a folder has its name"
    if not os.access(path, os.R_OK):
        return "no permission to read it"
    if not os.access(path.parent, os.W_OK):
        return "its folder is not writable"
    return str(error)


def _collection_error(error: sqlite3.Error, path: Path) -> CollectionError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return CollectionDamagedError(f"collection at {path}: the file is damaged; {REBUILD_ADVICE}")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CollectionError(f"collection at {path}: another program has locked the file")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return CollectionError(f"collection at {path}: {_reason(error, path)}")
    return CollectionError(f"collection at {path}: {error}")


def _match_expression(phrase: SearchPhrase) -> str:
    """Return an FTS5 expression for a phrase."""
    column, words = ("pairs", phrase.pairs) if phrase.is_unspaced else ("words", phrase.words)
    is_prefix = phrase.is_prefix or (phrase.is_unspaced and words[-1:] == (words[-1][:1],))
    return f'{column} : "{" ".join(words)}"{" *" if is_prefix else ""}'


def _by_primary_key(statement: str) -> str:
    """Return a statement that keeps the rows of a table with a key of several columns in the order of the key.

    Otherwise SQLite keeps such a key in an index beside the table: each row is written and looked up twice.
    """
    return f"{statement} WITHOUT ROWID" if "PRIMARY KEY (" in statement else statement
