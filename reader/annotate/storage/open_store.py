"""Open a store: create it if necessary, bring it up to date, rebuild it if it is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from reader.annotate.storage import schema
from reader.annotate.storage.database import (
    Database,
    connect,
    current_version_error,
    damaged_error,
    make_durable,
    newer_version_error,
    not_writable_error,
    verify,
)
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreReadOnlyError,
    store_error,
)
from reader.annotate.storage.maintenance.migration import migrate
from reader.annotate.storage.store_files import add_suffix, create_private_file, is_writable, store_lock


def open_database(
    path: Path, *, create: bool, patience: float, check_all: bool = False
) -> tuple[Database | None, tuple[str, ...]]:
    """Return the store at `path` and notices for the user; no store if there is none and `create` is false.

    Args:
        path: Where the store is.
        create: Whether to create a store if there is none.
        patience: Seconds to wait for a lock.
        check_all: Whether to check the whole file, because something in it was found to be wrong.

    Raises:
        StoreError: The store can neither be written nor read.
    """
    try:
        if not is_writable(path):
            return _open_read_only(path, not_writable_error(path), patience), ()
        if not path.exists() and not add_suffix(path, ".salvaged").exists() and not create:
            return None, ()
        if path.exists() and not check_all:
            with suppress(StoreDamagedError), store_lock(path, exclusive=False, patience=patience):
                database = _open_if_ready(path, patience)
                if database is not None:
                    return database, ()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with store_lock(path, exclusive=True, patience=patience):
            return _open_after_preparing(path, patience, check_all=check_all)
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, path) from error


def reopen(previous: Database, *, patience: float) -> tuple[Database, tuple[str, ...]]:
    """Return the store that is now at the path of `previous`, whose file was moved or removed while it was open.

    Everything that was written to `previous` is written to the new store as well.

    Raises:
        StoreError: The store cannot be opened or written; `previous` stays open.
    """
    from reader.annotate.storage.maintenance.salvage import read_all_rows, write_missing_rows

    database, notices = open_database(previous.path, create=True, patience=patience)
    assert database is not None  # `create` was set
    try:
        if database.read_only is None:
            write_missing_rows(read_all_rows(previous.connection), database.connection)
    except sqlite3.Error as error:
        database.close()
        raise store_error(error, previous.path) from error
    previous.close()
    return database, (*notices, f"The annotations file was replaced while it was open: {previous.path}")


def _open_if_ready(path: Path, patience: float) -> Database | None:
    """Return the store if it is undamaged and up to date or newer; None if it must be created or migrated."""
    connection, version = _connect_verified(path, patience)
    if version == schema.current_version():
        make_durable(connection)
        return Database(path, connection)
    connection.close()
    if version > schema.current_version():
        return _open_read_only(path, newer_version_error(path), patience)
    return None


def _open_after_preparing(path: Path, patience: float, *, check_all: bool) -> tuple[Database, tuple[str, ...]]:
    """Return the store after creating, rebuilding or migrating it as necessary, and notices for the user."""
    notices: tuple[str, ...] = ()
    try:
        if path.exists():
            database = _open_if_ready(path, patience)
            if database is not None:
                if check_all:
                    _check_all(database)
                return database, ()
        elif add_suffix(path, ".salvaged").exists():
            notices = (_rebuild(path, patience),)
        else:
            create_private_file(path)
    except StoreDamagedError:
        notices = (_rebuild(path, patience),)
    connection, version = _connect_verified(path, patience)
    make_durable(connection)
    try:
        migrate(path, connection, version)
    except (OSError, sqlite3.Error, StoreError) as error:
        connection.close()
        if not version:
            raise
        reason = f"annotations at {path}: could not be migrated to this version ({error}); opened read-only"
        return _open_read_only(path, StoreReadOnlyError(reason), patience), ()
    return Database(path, connection), notices


def _rebuild(path: Path, patience: float) -> str:
    from reader.annotate.storage.maintenance.rebuild import rebuild  # not needed for an undamaged store

    return rebuild(path, patience)


def _check_all(database: Database) -> None:
    if database.check():
        database.close()
        raise damaged_error(database.path)


def _connect_verified(path: Path, patience: float) -> tuple[sqlite3.Connection, int]:
    """Return a connection to a store that passed `verify`, and its schema version."""
    connection = connect(path, patience=patience)
    try:
        return connection, verify(path, connection)
    except sqlite3.Error as error:
        connection.close()
        raise current_version_error(error, path) from error
    except StoreError:
        connection.close()
        raise


def _open_read_only(path: Path, reason: StoreError, patience: float) -> Database:
    if not path.exists():
        raise reason
    try:
        connection = connect(path, patience=patience, read_only=True)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # If SQLite has no place for its shared memory, it only reads a file declared as immutable.
        if add_suffix(path, "-wal").exists():
            raise
        connection = connect(path, patience=patience, read_only=True, immutable=True)
    try:
        verify(path, connection)
    except StoreForeignError:
        connection.close()
        raise
    except (sqlite3.Error, StoreDamagedError) as error:
        connection.close()
        raise StoreReadOnlyError(f"{reason}; it is also damaged") from error
    return Database(path, connection, read_only=reason)
