"""Writes files and folders atomically."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_writer(path: Path, label: str = "") -> Iterator[BinaryIO]:
    """Open a temporary file that replaces `path` when the block ends without an exception.

    The file is flushed to disk before it replaces the old one, and keeps its permissions. Pipes and devices are written
    to directly.

    Args:
        path: The file.
        label: What ends the name of the temporary file, if no other process uses it. A temporary file of that name,
            which the process left when it was killed, is removed. By default, the name is a new one.

    Raises:
        OSError: The file cannot be written.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        with target.open("wb") as out:
            yield out
        return
    handle, temporary = _temporary_file(target, label)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_permissions(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def atomic_folder(path: Path, label: str = "") -> Iterator[Path]:
    """Yield a temporary folder beside `path` that gets this name when the block ends without an exception.

    So an export that is interrupted leaves no folder behind, and can be run again.

    Args:
        path: The folder.
        label: What ends the name of the temporary folder; see `atomic_writer`.

    Raises:
        FileExistsError: There is something at the path that is not an empty folder.
        OSError: The folder cannot be written.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise FileExistsError(f"{path} is not an empty folder")
    temporary = _temporary_folder(target, label)
    try:
        yield temporary
        temporary.chmod(_permissions_of_folder(target))
        temporary.replace(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _temporary_file(target: Path, label: str) -> tuple[int, Path]:
    """Create an empty file beside the target. Return its descriptor and path."""
    if not label:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_prefix(target))
        return handle, Path(name)
    temporary = target.parent / f"{_prefix(target)}{label}"
    temporary.unlink(missing_ok=True)
    return os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), temporary


def _temporary_folder(target: Path, label: str) -> Path:
    """Create an empty folder beside the target."""
    if not label:
        return Path(tempfile.mkdtemp(dir=target.parent, prefix=_prefix(target)))
    temporary = target.parent / f"{_prefix(target)}{label}"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(mode=0o700)
    return temporary


def _prefix(target: Path) -> str:
    return f".{target.name[:40]}-"


def _permissions_of_folder(target: Path) -> int:
    """Return the mode of the folder to be replaced, or the default mode of new folders."""
    return _permissions(target) if target.exists() else _permissions(target) | 0o111 & ~_mask()


def _permissions(target: Path) -> int:
    """Return the mode of the file to be replaced, or the default mode of new files."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
