"""Open the index of a collection by name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.collection.storage.collection_storage import CollectionDamagedError, CollectionError, CollectionStorage
from reader.collection.storage.index_files import DEFAULT_NAME, collection_names, index_path, remove_index
from reader.collection.storage.sqlite_index import SqliteIndex

if TYPE_CHECKING:
    from reader.collection.storage.postgres_index import PostgresIndex


def open_index(name: str = DEFAULT_NAME, *, database: str = "", create: bool = False) -> CollectionStorage:
    """Open the index of a collection.

    Args:
        name: The name of the collection.
        database: The address of a PostgreSQL database; "" for a file in the data directory.
        create: Whether to create a missing one.

    Raises:
        CollectionError: It does not exist, is damaged, or cannot be opened.
    """
    path = index_path(name)
    if database:
        return _postgres_index(database, name, create=create)
    if not create and not path.exists():
        existing = ", ".join(collection_names())
        hint = f"your collections: {existing}" if existing else "make one with `reader index`"
        raise CollectionError(f"there is no collection {name}; {hint}")
    return SqliteIndex.open(path, create=create)


def _postgres_index(database: str, name: str, *, create: bool) -> PostgresIndex:
    from reader.collection.storage.postgres_index import PostgresIndex

    if not database.startswith(("postgresql://", "postgres://")):
        raise CollectionError("the address of a database begins with postgresql://")
    return PostgresIndex.open(database, name, create=create)


def rebuilt_index(name: str = DEFAULT_NAME, *, database: str = "") -> tuple[CollectionStorage, list[str]]:
    """Replace the index of a collection with an empty one. Return it and what was indexed before, as far as known.

    Raises:
        CollectionError: The file cannot be replaced, or another process writes it.
    """
    path = index_path(name)
    roots: list[str] = []
    if database:
        return _rebuilt_postgres_index(database, name)
    try:
        index = SqliteIndex.open(path, create=True)
    except CollectionDamagedError:
        roots = _readable_roots(path)
        remove_index(path)
        return SqliteIndex.open(path, create=True), roots
    try:
        with index.lock():
            try:
                roots = [row[0] for row in index.rows("SELECT path FROM roots ORDER BY path")]
            except CollectionDamagedError:
                roots = []
            index.close()
            remove_index(path)
    finally:
        index.close()
    return SqliteIndex.open(path, create=True), roots


def _readable_roots(path: Path) -> list[str]:
    """Return what was indexed into a file that an older version wrote, or that is damaged elsewhere."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return [root for (root,) in connection.execute("SELECT path FROM roots ORDER BY path")]
    except sqlite3.Error:
        return []


def _rebuilt_postgres_index(database: str, name: str) -> tuple[CollectionStorage, list[str]]:
    from reader.collection.storage.postgres_index import PostgresIndex

    roots: list[str] = []
    try:
        index = _postgres_index(database, name, create=True)
    except CollectionDamagedError:
        PostgresIndex.discard(database, name)
    else:
        with index.lock():
            roots = [row[0] for row in index.rows("SELECT path FROM roots ORDER BY path")]
            index.drop()
        index.close()
    return _postgres_index(database, name, create=True), roots
