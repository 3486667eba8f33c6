"""The files of the store: create them privately, lock them, and set damaged ones aside."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

SQLITE_SUFFIXES: Final = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps next to a database. They belong to the database of that name, so they are
moved before it."""


def add_suffix(path: Path, suffix: str) -> Path:
    """Return the path of a file next to `path`, with `suffix` added to its whole name."""
    return path.with_name(path.name + suffix)


def create_private_file(path: Path) -> None:
    """Create an empty file that only its owner can read, and its directory likewise if it does not exist.

    Raises:
        OSError: The file cannot be created.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Force new and changed names in a directory to disk, on platforms that support it."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_writable(path: Path) -> bool:
    """Return whether a file at `path` could be created or written, without trying."""
    if path.exists() and not os.access(path, os.W_OK):
        return False
    directory = path.parent
    while not directory.exists() and directory != directory.parent:
        directory = directory.parent
    return directory.is_dir() and os.access(directory, os.W_OK | os.X_OK)


def file_identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of the file at `path`, which a replacement does not share; None without a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def unused_path(path: Path, purpose: str) -> Path:
    """Return a path next to `path` at which no file exists: its name, the purpose and the time."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    candidate = add_suffix(path, f".{purpose}-{stamp}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = add_suffix(path, f".{purpose}-{stamp}-{number}")
    return candidate


def move_database(path: Path, target: Path) -> None:
    """Rename a database together with the files that SQLite keeps next to it.

    Raises:
        OSError: A file cannot be renamed.
    """
    for suffix in (*SQLITE_SUFFIXES, ""):
        if add_suffix(path, suffix).exists():
            add_suffix(path, suffix).rename(add_suffix(target, suffix))
    sync_directory(path.parent)


@contextmanager
def store_lock(path: Path, *, exclusive: bool, patience: float) -> Iterator[None]:
    """Hold the store's lock file while the store is opened; `exclusive` while its files are created or moved.

    If the platform or the file system has no such locks, or nobody releases the lock within `patience` seconds,
    continue without it: SQLite's own locks still guard every record.
    """
    handle = None
    with suppress(OSError, ImportError):
        import fcntl

        handle = os.open(add_suffix(path, ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        operation = (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, operation)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.01)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)
