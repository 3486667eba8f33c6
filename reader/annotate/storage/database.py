"""One open SQLite file: connections, transactions, reading and writing rows. Errors are raised as `StoreError`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from reader.annotate.log.records import Record, checksum
from reader.annotate.storage import schema
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreNewerError,
    StoreReadOnlyError,
    store_error,
)
from reader.annotate.storage.store_files import add_suffix, file_identity

ALWAYS_CHECKED: Final = 4 << 20
"""Bytes. A file up to this size is checked whenever it is opened (a few milliseconds)."""

CHECKED_IF_UNCLEAN: Final = 64 << 20
"""Bytes. A file up to this size is checked if it was not closed cleanly or another program has it open."""

_VERSION_LIMIT: Final = 1000
"""No schema version will ever reach this number: a header that contains it is damaged."""

COLUMNS: Final = "id, document, time, step, kind, payload, anchor, session, author, place, crc"

_FIRST_RECORD_OF_OTHER_DOCUMENT: Final = (
    "SELECT 1 FROM documents d NOT INDEXED JOIN log l"
    f" ON l.place = d.number * {schema.KEYS_PER_DOCUMENT} + 1 WHERE l.document <> d.digest"
)


class Database:
    """An open store file. Not safe for use by several threads at once."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: StoreError | None = None) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        """Why the file can only be read; None if it is writable."""
        self._identity = file_identity(path)

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error):
            self.connection.close()

    def is_at_path(self) -> bool:
        """Return whether the open file is still the one at its path."""
        return self._identity == file_identity(self.path)

    def data_version(self) -> int:
        """Return a number that changes whenever another connection has written."""
        with self._errors():
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock. On exit, either everything that was written is on disk, or nothing is.

        Raises:
            StoreError: Nothing is on disk (after an I/O error, perhaps everything).
        """
        if self.read_only is not None:
            raise self.read_only
        with self._errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_newer_version()
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def records(self, document: str, after: int = 0) -> list[Record]:
        """Return the records of the document with this digest whose numbers are greater than `after`.

        Raises:
            StoreDamagedError: A record is missing.
        """
        base = self._base_key(document)
        if not base:
            return []
        last = self.last_number(document)
        with self._errors():
            rows = self.connection.execute(
                f"SELECT {COLUMNS} FROM log WHERE place > ? AND place <= ? ORDER BY place",
                (base + after, base + last),
            ).fetchall()
        if [row[9] for row in rows] != list(range(base + after + 1, base + last + 1)):
            raise damaged_error(self.path)
        return [record_from_row(row) for row in rows]

    def last_number(self, document: str) -> int:
        """Return the number of a document's last record; 0 if it has none."""
        base = self._base_key(document)
        with self._errors():
            (last_key,) = self.connection.execute(
                "SELECT max(place) FROM log WHERE place > ? AND place < ?", (base, base + schema.KEYS_PER_DOCUMENT)
            ).fetchone()
        return last_key - base if base and isinstance(last_key, int) else 0

    def _base_key(self, document: str) -> int:
        """Return the key just before those of a document's records; 0 if the store does not have the document."""
        with self._errors():
            # Bypass the index, which might be damaged: there are few documents.
            rows = self.connection.execute("SELECT number FROM documents NOT INDEXED WHERE digest = ?", (document,))
            row = rows.fetchone()
        return row[0] * schema.KEYS_PER_DOCUMENT if row else 0

    def has_record(self, identifier: str) -> bool:
        """Return whether a record with this id is in the log."""
        with self._errors():
            return self.connection.execute("SELECT 1 FROM log WHERE id = ?", (identifier,)).fetchone() is not None

    def insert(self, records: Sequence[Record]) -> None:
        """Write numbered records of one registered document. Call it within a transaction."""
        base = self._base_key(records[0].document)
        if not base:
            raise damaged_error(self.path)
        with self._errors():
            for record in records:
                insert_row(self.connection, record, base + record.seq, checksum(record))

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement on the tables other than the log and return its rows. Pass text as `encode_text` bytes."""
        with self._errors():
            return self.connection.execute(sql, values).fetchall()

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file, one line each. Reads the whole file, which is slow for a large one."""
        with self._errors():
            statements = self.connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            faults = []
            if {row[0] for row in statements} != schema.expected_statements():
                faults.append("the tables are not those that this program creates")
            faults += [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [
                f"{row[0]}: a row refers to a row that does not exist"
                for row in self.connection.execute("PRAGMA foreign_key_check")
            ]
            counts = self.connection.execute(
                f"SELECT count(*), max(place) % {schema.KEYS_PER_DOCUMENT} FROM log"
                f" GROUP BY place / {schema.KEYS_PER_DOCUMENT}"
            ).fetchall()
        return (*faults, *(_missing_records(last - count) for count, last in counts if count != last))

    def _refuse_newer_version(self) -> None:
        if self.connection.execute("PRAGMA user_version").fetchone()[0] > schema.current_version():
            self.read_only = newer_version_error(self.path)
            raise self.read_only

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._store_error(error) from error

    def _store_error(self, error: sqlite3.Error) -> StoreError:
        if self.read_only is None:
            return current_version_error(error, self.path)
        return store_error(error, self.path)


class _Connection(sqlite3.Connection):
    """A connection that raises only SQLite errors: the message about a damaged schema may not be valid UTF-8."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError:
            error = sqlite3.DatabaseError("the schema is damaged")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error from None


def connect(path: Path, *, patience: float, read_only: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Return a connection to the file at `path` that waits up to `patience` seconds for a lock.

    Raises:
        sqlite3.Error: The file cannot be opened.
    """
    mode = "ro" if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(
        uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    connection.text_factory = _decode_text
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Make every commit reach the disk before it returns: with a write-ahead log, or else a rollback journal."""
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")


def verify(path: Path, connection: sqlite3.Connection) -> int:
    """Return the schema version of a file, after checking that it is a store and, where that is cheap, undamaged.

    Raises:
        StoreForeignError: It is another program's database.
        StoreDamagedError: It is damaged.
        sqlite3.Error: It cannot be read.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    has_our_tables = tables >= {"documents", "log"}
    if (application or tables) and application != schema.APPLICATION_ID and not has_our_tables:
        raise StoreForeignError(f"annotations at {path}: the file belongs to another program")
    has_our_header = application == schema.APPLICATION_ID and 0 < version < _VERSION_LIMIT
    if has_our_tables != has_our_header:
        raise damaged_error(path)
    readable = has_our_tables and version <= schema.current_version()
    if readable and connection.execute(_FIRST_RECORD_OF_OTHER_DOCUMENT).fetchone() is not None:
        raise damaged_error(path)
    size = path.stat().st_size
    unclean = _file_size(add_suffix(path, "-wal")) > 0
    if (size <= ALWAYS_CHECKED or (unclean and size <= CHECKED_IF_UNCLEAN)) and (
        connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
    ):
        raise damaged_error(path)
    return int(version)


def newer_version_error(path: Path) -> StoreNewerError:
    """Return the error for a store that a newer version of the program wrote."""
    return StoreNewerError(f"annotations at {path}: written by a newer version of reader; opened read-only")


def current_version_error(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the store error for an SQLite error in a store of the current schema version.

    The program's statements are correct. If SQLite does not understand one, the tables or columns have lost their
    names, which is damage.
    """
    wrong_names = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return damaged_error(path) if wrong_names else store_error(error, path)


def damaged_error(path: Path) -> StoreDamagedError:
    """Return the error for a store that does not contain what was written to it."""
    return StoreDamagedError(f"annotations at {path}: the file is damaged")


def not_writable_error(path: Path) -> StoreReadOnlyError:
    """Return the error for a store that cannot be written."""
    return StoreReadOnlyError(f"annotations at {path}: the file is not writable")


def encode_text(text: str) -> bytes:
    """Return text as bytes for SQLite, including lone surrogates. Write it with `CAST(? AS TEXT)`."""
    return text.encode("utf-8", "surrogatepass")


def record_from_row(row: Sequence[Any]) -> Record:
    """Return the record in a row of the log, even if damage has changed its columns."""
    texts = (value if isinstance(value, str) else str(value) for value in row[:9])
    record = Record._make([*texts, row[9] % schema.KEYS_PER_DOCUMENT, True])
    return record if row[10] == checksum(record) else record._replace(intact=False)


def insert_row(connection: sqlite3.Connection, record: Record, key: int, crc: int) -> None:
    """Write one record to the log under `key`.

    Raises:
        sqlite3.Error: It cannot be written.
    """
    texts = ", ".join(["CAST(? AS TEXT)"] * 9)
    values = (*(encode_text(value) for value in record[:9]), key, crc)
    connection.execute(f"INSERT INTO log ({COLUMNS}) VALUES ({texts}, ?, ?)", values)


def _decode_text(data: bytes) -> str:
    # One damaged text must not hide the rows after it.
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _file_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _missing_records(count: int) -> str:
    return f"{count} record{' is' if count == 1 else 's are'} missing"
