"""A lock in the file system, which the system releases when the process that holds it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.collection.storage.collection_storage import CollectionBusyError, CollectionError


@contextmanager
def write_lock(path: Path, message: str) -> Iterator[None]:
    """Hold the lock of a file.

    Args:
        path: The file; it is created and stays.
        message: What to say if another process holds the lock.

    Raises:
        CollectionBusyError: Another process holds the lock.
        CollectionError: The file cannot be created.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CollectionError(f"cannot write {error.filename or path}: {error.strerror or error}") from error
    try:
        _acquire(descriptor, message)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, message: str) -> None:
    try:
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # on Windows
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CollectionBusyError(message) from error
