"""Opening a store: making it, having it brought up to date, having one that is damaged replaced."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from reader.annotate.storage import schema
from reader.annotate.storage.database import (
    Database,
    connect,
    damaged,
    make_durable,
    meaning,
    newer,
    unwritable,
    verify,
)
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreReadOnlyError,
    store_error,
)
from reader.annotate.storage.migration import migrate
from reader.annotate.storage.store_files import beside, create, locked, writable


def open_database(
    path: Path, *, make: bool, patience: float, distrust: bool = False
) -> tuple[Database | None, tuple[str, ...]]:
    """Return the store at `path` and what to tell the user; no store if there is none and none is to be made.

    Args:
        path: Where the store is.
        make: Whether to make a store where there is none.
        patience: Seconds to wait for whoever holds a lock.
        distrust: Whether something in the file was found to be wrong, so that all of it is to be checked.

    Raises:
        StoreError: it can neither be written nor read.
    """
    try:
        if not writable(path):
            return _read_only(path, unwritable(path), patience), ()
        if not path.exists() and not beside(path, ".salvaged").exists() and not make:
            return None, ()
        if path.exists() and not distrust:
            with suppress(StoreDamagedError), locked(path, alone=False, patience=patience):
                database = _up_to_date(path, patience)
                if database is not None:
                    return database, ()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path, alone=True, patience=patience):
            return _prepared(path, patience, distrust=distrust)
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, path) from error


def reopen(old: Database, *, patience: float) -> tuple[Database, tuple[str, ...]]:
    """Return the store that stands at the path of `old` now, `old` having been moved or removed while it was open.

    What was written to `old` is written to it, too.

    Raises:
        StoreError: it cannot be opened or written; `old` stays open.
    """
    from reader.annotate.storage.salvage import read_all, write_missing

    database, notices = open_database(old.path, make=True, patience=patience)
    assert database is not None  # it was to be made
    try:
        if database.read_only is None:
            write_missing(read_all(old.connection), database.connection)
    except sqlite3.Error as error:
        database.close()
        raise store_error(error, old.path) from error
    old.close()
    return database, (*notices, f"The file of annotations was replaced while it was open: {old.path}")


def _up_to_date(path: Path, patience: float) -> Database | None:
    """Return the store if it is sound and needs nothing, or comes from a newer version; None if it needs work."""
    connection, version = _verified(path, patience)
    if version == schema.current_version():
        make_durable(connection)
        return Database(path, connection)
    connection.close()
    if version > schema.current_version():
        return _read_only(path, newer(path), patience)
    return None


def _prepared(path: Path, patience: float, *, distrust: bool) -> tuple[Database, tuple[str, ...]]:
    notices: tuple[str, ...] = ()
    try:
        if path.exists():
            database = _up_to_date(path, patience)
            if database is not None:
                if distrust:
                    _check_all(database)
                return database, ()
        elif beside(path, ".salvaged").exists():
            notices = (_renewed(path, patience),)
        else:
            create(path)
    except StoreDamagedError:
        notices = (_renewed(path, patience),)
    connection, version = _verified(path, patience)
    make_durable(connection)
    try:
        migrate(path, connection, version)
    except (OSError, sqlite3.Error, StoreError) as error:
        connection.close()
        if not version:
            raise
        reason = f"annotations at {path}: not brought up to date ({error}); opened for reading only"
        return _read_only(path, StoreReadOnlyError(reason), patience), ()
    return Database(path, connection), notices


def _renewed(path: Path, patience: float) -> str:
    from reader.annotate.storage.rebuild import renew  # not for a store that is sound

    return renew(path, patience)


def _check_all(database: Database) -> None:
    if database.check():
        database.close()
        raise damaged(database.path)


def _verified(path: Path, patience: float) -> tuple[sqlite3.Connection, int]:
    connection = connect(path, patience=patience)
    try:
        return connection, verify(path, connection)
    except sqlite3.Error as error:
        connection.close()
        raise meaning(error, path) from error
    except StoreError:
        connection.close()
        raise


def _read_only(path: Path, reason: StoreError, patience: float) -> Database:
    if not path.exists():
        raise reason
    try:
        connection = connect(path, patience=patience, read_only=True)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # Without a place for its shared memory SQLite reads only a file that it is told nobody writes.
        if beside(path, "-wal").exists():
            raise
        connection = connect(path, patience=patience, read_only=True, immutable=True)
    try:
        verify(path, connection)
    except StoreForeignError:
        connection.close()
        raise
    except (sqlite3.Error, StoreDamagedError) as error:
        connection.close()
        raise StoreReadOnlyError(f"{reason}; it is damaged, too") from error
    return Database(path, connection, read_only=reason)
