"""Bring a store up to date after making a copy of it."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from reader.annotate.storage import schema
from reader.annotate.storage.store_files import unused_path


def migrate(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Migrate a store from schema version `version` to the current one. If that fails, the store is unchanged.

    Raises:
        StoreError: It cannot be copied.
        OSError, sqlite3.Error: It cannot be written.
    """
    if version >= schema.current_version():
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version:
            _back_up(path, version)
        schema.migrate(connection, version)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _back_up(path: Path, version: int) -> Path:
    """Copy the store, as of its last commit, to a file next to it; return the path of the copy."""
    from reader.annotate.storage.maintenance.backups import copy_store

    backup = unused_path(path, f"version-{version}")
    copy_store(path, backup)
    return backup
