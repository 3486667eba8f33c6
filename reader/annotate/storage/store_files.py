"""The files of the store: making them private, locking them, setting damaged ones aside."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; it belongs to the database of that name, so it is moved first."""


def beside(path: Path, ending: str) -> Path:
    """Return the path of a file that belongs to `path`."""
    return path.with_name(path.name + ending)


def create(path: Path) -> None:
    """Make an empty file that only its owner can read, and its directory likewise if there is none.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Put new and changed names in a directory on disk, where the platform can."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def writable(path: Path) -> bool:
    """Tell whether a file at `path` could be made or written, without trying."""
    if path.exists() and not os.access(path, os.W_OK):
        return False
    directory = path.parent
    while not directory.exists() and directory != directory.parent:
        directory = directory.parent
    return directory.is_dir() and os.access(directory, os.W_OK | os.X_OK)


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from any that takes its place; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def unused(path: Path, ending: str) -> Path:
    """Return a path beside `path` that nothing stands at: its name, the ending and the time."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    wanted = beside(path, f".{ending}-{stamp}")
    number = 1
    while wanted.exists():
        number += 1
        wanted = beside(path, f".{ending}-{stamp}-{number}")
    return wanted


def set_aside(path: Path, aside: Path) -> None:
    """Move a database with what stands beside it, whole.

    Raises:
        OSError: it cannot be moved.
    """
    for ending in (*BESIDE, ""):
        if beside(path, ending).exists():
            beside(path, ending).rename(beside(aside, ending))
    sync_directory(path.parent)


@contextmanager
def locked(path: Path, *, alone: bool, patience: float) -> Iterator[None]:
    """Hold the store's lock file while the store is opened, `alone` while its files are made or moved.

    Where the platform or the file system has no such locks, or nobody lets go within `patience` seconds, goes on
    without: SQLite's own locks still guard every record.
    """
    handle = None
    with suppress(OSError, ImportError):
        import fcntl

        handle = os.open(beside(path, ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        wanted = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, wanted)
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
