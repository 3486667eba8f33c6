"""Open the index of a collection by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.collection.storage.collection_storage import CollectionDamagedError, CollectionError, CollectionStorage
from reader.collection.storage.index_files import DEFAULT_NAME, collection_names, index_path, remove_index
from reader.collection.storage.sqlite_index import SqliteIndex
from reader.collection.storage.stored_paths import indexed_paths, path_of

if TYPE_CHECKING:
    from reader.collection.storage.postgres_index import PostgresIndex

NOTHING_INDEXED: Final = "nothing was indexed before; name files or folders"
_UNKNOWN: Final = (
    "it is damaged and no longer says what was indexed; name the files or folders after `reader index --rebuild`"
)


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


def rebuilt_index(
    name: str = DEFAULT_NAME, *, sources: Sequence[str] = (), database: str = ""
) -> tuple[CollectionStorage, list[str]]:
    """Replace the index of a collection with an empty one.

    Args:
        name: The name of the collection.
        sources: What is going to be indexed; none for what was indexed before.
        database: The address of a PostgreSQL database; "" for a file in the data directory.

    Returns:
        The index and what is to be indexed.

    Raises:
        CollectionError: The index cannot be replaced, another process writes it, or it does not say what was indexed
            before. It is as it was.
    """
    if database:
        return _rebuilt_postgres_index(name, sources, database)
    path = index_path(name)
    try:
        index = SqliteIndex.open(path, create=True)
    except CollectionDamagedError:
        paths = _known(sources or _readable_paths(path), f"collection at {path}: {_UNKNOWN}")
        remove_index(path)
        return SqliteIndex.open(path, create=True), paths
    try:
        with index.lock():
            try:
                paths = _known(sources or indexed_paths(index), NOTHING_INDEXED)
            except CollectionDamagedError:
                paths = _known(_readable_paths(path), f"collection at {path}: {_UNKNOWN}")
            index.close()
            remove_index(path)
    finally:
        index.close()
    return SqliteIndex.open(path, create=True), paths


def _known(paths: Sequence[str], message: str) -> list[str]:
    """Return what is to be indexed.

    Raises:
        CollectionError: It is not known. It has the message.
    """
    if not paths:
        raise CollectionError(message)
    return list(paths)


def _readable_paths(path: Path) -> list[str]:
    """Return what was indexed into a file that an older version wrote, or that is damaged elsewhere."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # reads a file whose end is missing, too
            return [path_of(stored) for (stored,) in connection.execute("SELECT path FROM roots ORDER BY path")]
    except sqlite3.Error:
        return []


def _rebuilt_postgres_index(name: str, sources: Sequence[str], database: str) -> tuple[CollectionStorage, list[str]]:
    from reader.collection.storage.postgres_index import PostgresIndex

    try:
        index = _postgres_index(database, name, create=True)
    except CollectionDamagedError:
        paths = _known(sources or PostgresIndex.readable_paths(database, name), f"collection {name}: {_UNKNOWN}")
        PostgresIndex.discard(database, name)
    else:
        try:
            with index.lock():
                paths = _known(sources or indexed_paths(index), NOTHING_INDEXED)
                index.drop()
        finally:
            index.close()
    return _postgres_index(database, name, create=True), paths
