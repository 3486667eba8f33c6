"""The files of collections in the data directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reader.collection.storage.collection_storage import CollectionError
from reader.directories import data_dir
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

DEFAULT_NAME: Final = "default"
"""The collection that commands use if none is named."""
_FOLDER: Final = "collections"
_SUFFIX: Final = ".sqlite"
_LOGS: Final = ("-wal", "-shm")
"""The ends of the names of the files in which SQLite writes ahead."""
_NAME: Final = lazy_pattern(r"[\w][\w.-]{0,63}")


def index_path(name: str) -> Path:
    """Return the path of a collection's index.

    Raises:
        CollectionError: The name cannot be one of a file.
    """
    if not _NAME.fullmatch(name):
        quoted = repr(one_line(name, 70))
        raise CollectionError(f"{quoted} cannot be the name of a collection: use letters, digits, - and _")
    return data_dir() / _FOLDER / f"{name}{_SUFFIX}"


def collection_names() -> list[str]:
    """Return the names of the collections that have an index, sorted."""
    try:
        return sorted(path.stem for path in (data_dir() / _FOLDER).glob(f"*{_SUFFIX}"))
    except OSError:
        return []


def remove_index(path: Path) -> None:
    """Delete an index and its log, if they exist.

    Raises:
        CollectionError: They cannot be deleted.
    """
    with _errors(path):
        _unlink(path, ("", *_LOGS))


def replace_index(path: Path, new_path: Path) -> None:
    """Put a new index, which is closed, in the place of another one.

    Raises:
        CollectionError: The other one cannot be replaced.
    """
    with _errors(path):
        _unlink(path, _LOGS)  # first, since SQLite would take them for those of the new file
        new_path.replace(path)


def _unlink(path: Path, suffixes: Iterable[str]) -> None:
    for suffix in suffixes:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CollectionError(f"collection at {path}: cannot be replaced: {error.strerror or error}") from error
