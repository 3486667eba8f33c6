"""One open SQLite file: connecting, transactions, reading and writing rows. Errors come out as `StoreError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from reader.annotate.records import Record, checksum
from reader.annotate.storage import schema
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreNewerError,
    StoreReadOnlyError,
    store_error,
)
from reader.annotate.storage.store_files import beside, identity

ALWAYS_CHECKED: Final = 4 << 20
"""Bytes up to which a file is checked whenever it is opened (a few milliseconds)."""

CHECKED_IF_UNCLEAN: Final = 64 << 20
"""Bytes up to which it is checked when it was not closed cleanly, or is open elsewhere."""

_FAR: Final = 1000
"""No version of the schema is this far off: a header that says so is damaged."""

COLUMNS: Final = "id, document, time, step, kind, payload, anchor, session, author, place, crc"

_MISPLACED: Final = (
    "SELECT 1 FROM documents d NOT INDEXED JOIN log l"
    f" ON l.place = d.number * {schema.RECORDS} + 1 WHERE l.document <> d.digest"
)


class Database:
    """A store's file, open. Not for several threads at once."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: StoreError | None = None) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        """Why it can only be read; None if it can be written."""
        self._identity = identity(path)

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self.connection.close()

    def in_place(self) -> bool:
        """Tell whether the open file still is the one that stands at its path."""
        return self._identity == identity(self.path)

    def version(self) -> int:
        """Return a number that changes when another connection has written."""
        with self._errors():
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock; on leaving, everything written is on disk, or nothing is.

        Raises:
            StoreError: what was written is not on disk (after an I/O error it may be, nevertheless).
        """
        if self.read_only is not None:
            raise self.read_only
        with self._errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_newer()
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def records(self, document: str, after: int = 0) -> list[Record]:
        """Return the records of a document that follow number `after`.

        Raises:
            StoreDamagedError: a record is missing.
        """
        first = self._first(document)
        if not first:
            return []
        last = self.last(document)
        with self._errors():
            rows = self.connection.execute(
                f"SELECT {COLUMNS} FROM log WHERE place > ? AND place <= ? ORDER BY place",
                (first + after, first + last),
            ).fetchall()
        if [row[9] for row in rows] != list(range(first + after + 1, first + last + 1)):
            raise damaged(self.path)
        return [record_of(row) for row in rows]

    def last(self, document: str) -> int:
        """Return the number of a document's last record; 0 if it has none."""
        first = self._first(document)
        with self._errors():
            (found,) = self.connection.execute(
                "SELECT max(place) FROM log WHERE place > ? AND place < ?", (first, first + schema.RECORDS)
            ).fetchone()
        return found - first if first and isinstance(found, int) else 0

    def _first(self, document: str) -> int:
        """Return the key before those of a document's records; 0 if the document is not known."""
        with self._errors():
            # Past the index, which might be damaged: there are few documents.
            found = self.connection.execute("SELECT number FROM documents NOT INDEXED WHERE digest = ?", (document,))
            row = found.fetchone()
        return row[0] * schema.RECORDS if row else 0

    def has_record(self, identifier: str) -> bool:
        """Tell whether a record of this id is in the log."""
        with self._errors():
            return self.connection.execute("SELECT 1 FROM log WHERE id = ?", (identifier,)).fetchone() is not None

    def insert(self, records: Sequence[Record]) -> None:
        """Write records of one document that have their numbers; within a transaction, after their document."""
        first = self._first(records[0].document)
        if not first:
            raise damaged(self.path)
        with self._errors():
            for record in records:
                insert(self.connection, record, first + record.seq, checksum(record))

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement on the tables other than the log; text goes in through `stored`."""
        with self._errors():
            return self.connection.execute(sql, values).fetchall()

    def check(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the whole file; slow on a large one."""
        with self._errors():
            tables = self.connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            found = [
                "ok" if {row[0] for row in tables} == schema.expected() else "the tables are not as they were made"
            ]
            found += [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check")]
            found += [
                f"{row[0]}: a row refers to nothing" for row in self.connection.execute("PRAGMA foreign_key_check")
            ]
            gaps = self.connection.execute(
                f"SELECT count(*), max(place) % {schema.RECORDS} FROM log GROUP BY place / {schema.RECORDS}"
            ).fetchall()
        found += [_missing(last - count) for count, last in gaps if count != last]
        return tuple(line for line in found if line != "ok")

    def _refuse_newer(self) -> None:
        if self.connection.execute("PRAGMA user_version").fetchone()[0] > schema.current_version():
            self.read_only = newer(self.path)
            raise self.read_only

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def _meaning(self, error: sqlite3.Error) -> StoreError:
        return meaning(error, self.path) if self.read_only is None else store_error(error, self.path)


class _Connection(sqlite3.Connection):
    """One whose errors are always those of SQLite: a damaged schema may be quoted in one that is no UTF-8."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError:
            error = sqlite3.DatabaseError("the schema is damaged")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error from None


def connect(path: Path, *, patience: float, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Return a connection to the file at `path`, which waits `patience` seconds for a lock.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    mode = "ro" if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(
        uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    connection.text_factory = _text
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Have every commit on disk before it returns: a write-ahead log, or where there can be none, a journal."""
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")


def verify(path: Path, connection: sqlite3.Connection) -> int:
    """Return the schema version of a file after looking whose it is and, where that is cheap, whether it is sound.

    Raises:
        StoreForeignError: it is some other program's database.
        StoreDamagedError: it is damaged.
        sqlite3.Error: it cannot be read.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = tables >= {"documents", "log"}
    if (application or tables) and application != schema.APPLICATION_ID and not ours:
        raise StoreForeignError(f"annotations at {path}: the file belongs to another program")
    header = application == schema.APPLICATION_ID and 0 < version < _FAR
    if ours != header:
        raise damaged(path)
    if ours and version <= schema.current_version() and connection.execute(_MISPLACED).fetchone() is not None:
        raise damaged(path)
    size = path.stat().st_size
    unclean = _size(beside(path, "-wal")) > 0
    if (size <= ALWAYS_CHECKED or (unclean and size <= CHECKED_IF_UNCLEAN)) and (
        connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
    ):
        raise damaged(path)
    return int(version)


def newer(path: Path) -> StoreNewerError:
    """Return the error of a store that a later version wrote."""
    return StoreNewerError(f"annotations at {path}: written by a newer version of reader; opened for reading only")


def meaning(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what an error means for a store of this version.

    The statements are right: where SQLite does not understand one, tables or columns are not called what they were.
    """
    misnamed = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return damaged(path) if misnamed else store_error(error, path)


def damaged(path: Path) -> StoreDamagedError:
    """Return the error of a store that does not hold what was written to it."""
    return StoreDamagedError(f"annotations at {path}: the file is damaged")


def unwritable(path: Path) -> StoreReadOnlyError:
    """Return the error of a store that cannot be written."""
    return StoreReadOnlyError(f"annotations at {path}: it cannot be written")


def stored(text: str) -> bytes:
    """Return text as SQLite keeps it, lone surrogates and all; to be written as `CAST(? AS TEXT)`."""
    return text.encode("utf-8", "surrogatepass")


def record_of(row: Sequence[Any]) -> Record:
    """Return the record in a row, whatever damage has made of its columns."""
    texts = (value if isinstance(value, str) else str(value) for value in row[:9])
    said = Record._make([*texts, row[9] % schema.RECORDS, True])
    return said if row[10] == checksum(said) else said._replace(intact=False)


def insert(connection: sqlite3.Connection, record: Record, place: int, crc: int) -> None:
    """Write one record at a place in the log.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    texts = ", ".join(["CAST(? AS TEXT)"] * 9)
    values = (*(stored(value) for value in record[:9]), place, crc)
    connection.execute(f"INSERT INTO log ({COLUMNS}) VALUES ({texts}, ?, ?)", values)


def _text(data: bytes) -> str:
    # One damaged text must not hide the rows after it.
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _missing(count: int) -> str:
    return f"{count} record{' is' if count == 1 else 's are'} missing"
