"""What tells whether a file has changed since it was read."""

from __future__ import annotations

from pathlib import Path

from reader.structures.named_tuple import NamedTuple


class FileState(NamedTuple):
    """What tells whether a file has changed."""

    mtime: int
    """Nanoseconds."""
    size: int
    """Bytes."""


def file_state(path: str) -> FileState | None:
    """Return what tells whether a file has changed; None for what is no file."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return FileState(status.st_mtime_ns, status.st_size)
