"""Open the index of a collection by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.collection.storage.collection_storage import CollectionDamagedError, CollectionError, CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.index_files import (
    DEFAULT_NAME,
    collection_names,
    index_path,
    remove_index,
    replace_index,
)
from reader.collection.storage.piped_texts import PIPED_SQL, PipedText, keep_piped_texts, piped_texts
from reader.collection.storage.stored_paths import indexed_paths, keep_indexed_paths, path_of
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.collection.storage.databases.postgres_index import PostgresIndex

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
    from reader.collection.storage.databases.postgres_index import PostgresIndex

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
    damaged = f"collection at {path}: {_UNKNOWN}"
    try:
        index = SqliteIndex.open(path, create=True)
    except CollectionDamagedError:
        contents = _readable_contents(path).kept(sources, damaged)
        return _replaced(path, contents), list(sources or contents.paths)
    try:
        with index.lock():
            try:
                contents = _contents(index).kept(sources, NOTHING_INDEXED)
            except CollectionDamagedError:
                contents = _readable_contents(path).kept(sources, damaged)
            index.close()
            return _replaced(path, contents), list(sources or contents.paths)
    finally:
        index.close()


class _Contents(NamedTuple):
    """What a new index takes over from the one that it replaces."""

    paths: Sequence[str] = ()
    """What was indexed."""
    piped: Sequence[PipedText] = ()
    """The texts from standard input."""

    def kept(self, sources: Sequence[str], message: str) -> _Contents:
        """Return what the new index keeps: not what was indexed if the user names something else.

        Args:
            sources: What the user named.
            message: What is wrong if nothing is known.

        Raises:
            CollectionError: The user named nothing, and nothing is kept.
        """
        if not (sources or self.paths or self.piped):
            raise CollectionError(message)
        return self._replace(paths=()) if sources else self

    def write(self, index: CollectionStorage) -> None:
        """Write it all to a new index."""
        with index.transaction():
            keep_indexed_paths(index, self.paths)
        keep_piped_texts(index, self.piped)


def _contents(index: CollectionStorage) -> _Contents:
    return _Contents(indexed_paths(index), piped_texts(index))


def _replaced(path: Path, contents: _Contents) -> SqliteIndex:
    """Put a new index in the place of another one, which stays until the new one has what only it had."""
    new_path = path.with_name(f"{path.name}.new")
    remove_index(new_path)
    with closing(SqliteIndex.open(new_path, create=True)) as index:
        contents.write(index)
    replace_index(path, new_path)
    return SqliteIndex.open(path)


def _readable_contents(path: Path) -> _Contents:
    """Return the contents of a file that an older version wrote, or that is damaged elsewhere."""
    paths = [path_of(row[0]) for row in _readable_rows(path, "SELECT path FROM roots ORDER BY path")]
    return _Contents(paths, [PipedText(*row) for row in _readable_rows(path, PIPED_SQL)])


def _readable_rows(path: Path, sql: str) -> list[Any]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # reads a file whose end is missing, too
            return connection.execute(sql).fetchall()
    except sqlite3.Error:
        return []


def _rebuilt_postgres_index(name: str, sources: Sequence[str], database: str) -> tuple[CollectionStorage, list[str]]:
    from reader.collection.storage.databases.postgres_index import PostgresIndex

    contents = None
    try:
        index = _postgres_index(database, name, create=True)
    except CollectionDamagedError:
        contents = _Contents(
            PostgresIndex.readable(database, name, indexed_paths), PostgresIndex.readable(database, name, piped_texts)
        ).kept(sources, f"collection {name}: {_UNKNOWN}")
        index = PostgresIndex.connect(database, name)
    try:
        with index.lock(), index.transaction():
            contents = contents or _contents(index).kept(sources, NOTHING_INDEXED)
            index.reset()
            contents.write(index)
    except BaseException:
        index.close()
        raise
    return index, list(sources or contents.paths)
