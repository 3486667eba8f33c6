"""Bringing a store up to date, a copy of it kept."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from reader.annotate.storage import schema
from reader.annotate.storage.store_files import unused


def migrate(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Give a store of an earlier version the present schema; it stays as it was where that fails.

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
    """Copy the store, as of its last commit, to a file beside it."""
    from reader.annotate.storage.backups import copy_store

    kept = unused(path, f"version-{version}")
    copy_store(path, kept)
    return kept
