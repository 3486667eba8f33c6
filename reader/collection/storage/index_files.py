"""The files of collections in the data directory."""

from __future__ import annotations

from contextlib import suppress
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
    try:
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).unlink()
    except OSError as error:
        raise CollectionError(f"collection at {path}: cannot be replaced: {error.strerror or error}") from error
