"""One open SQLite file: connecting, transactions, reading and writing rows. Errors come out as `StoreError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from reader.annotate import schema
from reader.annotate.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreNewerError,
    StoreReadOnlyError,
    store_error,
)
from reader.annotate.files import beside, identity
from reader.annotate.records import Record, checksum

ALWAYS_CHECKED: Final = 4 << 20
"""Bytes up to which a file is checked whenever it is opened (a few milliseconds)."""

CHECKED_IF_UNCLEAN: Final = 64 << 20
"""Bytes up to which it is checked when it was not closed cleanly, or is open elsewhere."""

_FAR: Final = 1000
"""No version of the schema is this far off: a header that says so is damaged."""

_COLUMNS: Final = "id, document, time, step, kind, payload, anchor, session, author, seq, crc"


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
        with self._errors():
            rows = self.connection.execute(
                f"SELECT {_COLUMNS} FROM log WHERE document = ? AND seq > ? ORDER BY seq", (document, after)
            ).fetchall()
            last = self.last(document)
        if [row[9] for row in rows] != list(range(after + 1, last + 1)):
            raise StoreDamagedError(f"annotations at {self.path}: the file is damaged")
        return [record_of(row) for row in rows]

    def last(self, document: str) -> int:
        """Return the number of a document's last record; 0 if it has none."""
        with self._errors():
            (found,) = self.connection.execute("SELECT max(seq) FROM log WHERE document = ?", (document,)).fetchone()
        return found if isinstance(found, int) else 0

    def has_record(self, identifier: str) -> bool:
        """Tell whether a record of this id is in the log."""
        with self._errors():
            return self.connection.execute("SELECT 1 FROM log WHERE id = ?", (identifier,)).fetchone() is not None

    def insert(self, records: Sequence[Record]) -> None:
        """Write records that have their numbers; within a transaction, after their document."""
        with self._errors():
            self.connection.executemany(
                f"INSERT INTO log ({_COLUMNS}) VALUES "
                "(?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, CAST(? AS TEXT), ?, ?)",
                [row_of(record) for record in records],
            )

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement on the tables other than the log; text goes in through `stored`."""
        with self._errors():
            return self.connection.execute(sql, values).fetchall()

    def check(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the whole file; slow on a large one."""
        with self._errors():
            found = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check")]
            found += [
                f"{row[0]}: a row refers to nothing" for row in self.connection.execute("PRAGMA foreign_key_check")
            ]
            gaps = self.connection.execute("SELECT count(*), max(seq) FROM log GROUP BY document").fetchall()
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
            raise store_error(error, self.path) from error


def connect(path: Path, *, patience: float, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Return a connection to the file at `path`, which waits `patience` seconds for a lock.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    mode = "ro" if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
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
        raise StoreDamagedError(f"annotations at {path}: the file is damaged")
    size = path.stat().st_size
    unclean = _size(beside(path, "-wal")) > 0
    if (size <= ALWAYS_CHECKED or (unclean and size <= CHECKED_IF_UNCLEAN)) and (
        connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
    ):
        raise StoreDamagedError(f"annotations at {path}: the file is damaged")
    return int(version)


def newer(path: Path) -> StoreNewerError:
    """Return the error of a store that a later version wrote."""
    return StoreNewerError(f"annotations at {path}: written by a newer version of reader; opened for reading only")


def unwritable(path: Path) -> StoreReadOnlyError:
    """Return the error of a store that cannot be written."""
    return StoreReadOnlyError(f"annotations at {path}: it cannot be written")


def stored(text: str) -> bytes:
    """Return text as SQLite keeps it, lone surrogates and all; to be written as `CAST(? AS TEXT)`."""
    return text.encode("utf-8", "surrogatepass")


def record_of(row: Sequence[Any]) -> Record:
    """Return the record in a row, whatever damage has made of its columns."""
    said = Record._make([*(value if isinstance(value, str) else str(value) for value in row[:9]), row[9], True])
    return said if row[10] == checksum(said) else said._replace(intact=False)


def row_of(record: Record) -> tuple[Any, ...]:
    """Return the columns of a record."""
    identifier, document, time, step, kind, payload, anchor, session, author, seq, _ = record
    texts = (stored(kind), stored(payload), stored(anchor), session, stored(author))
    return (identifier, document, time, step, *texts, seq, checksum(record))


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
