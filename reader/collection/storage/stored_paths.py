"""Paths as databases keep them. The names of files can be any bytes, the text in a database cannot."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from reader.collection.storage.collection_storage import CollectionStorage

_ESCAPED_BYTES: Final = lazy_pattern(r"(?:\\x[89a-f][0-9a-f])+")


def storable(path: str) -> str:
    """Return a path in a form that databases can keep, with escapes for bytes that are no text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\0")


def storable_values(values: Sequence[Any]) -> list[Any]:
    """Return the values of a statement, the texts as databases can keep them."""
    return [storable(value) if isinstance(value, str) else value for value in values]


def indexed_paths(storage: CollectionStorage) -> list[str]:
    """Return the files, folders, patterns and URLs that were indexed, sorted.

    Raises:
        CollectionError: The index cannot be read.
    """
    return [path_of(row[0]) for row in storage.rows("SELECT path FROM roots ORDER BY path")]


def keep_indexed_paths(storage: CollectionStorage, paths: Iterable[str]) -> None:
    """Write which files, folders, patterns and URLs are indexed."""
    storage.execute_many(
        "INSERT INTO roots (path) VALUES (?) ON CONFLICT (path) DO NOTHING", [(storable(path),) for path in paths]
    )


def path_of(stored: str) -> str:
    """Return the path that a database keeps in the form of `storable`; what is no path as it is."""
    if "\\x" not in stored or os.path.lexists(stored):
        return stored
    path = _ESCAPED_BYTES.sub(lambda match: _bytes_as_path(match[0]), stored)
    return path if os.path.lexists(path) or os.path.lexists(path.partition("::")[0]) else stored


def _bytes_as_path(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("\\x", "")).decode("utf-8", "surrogateescape")
