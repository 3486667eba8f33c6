"""Reads the bytes of files and streams, and explains failures in one line."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from reader.document.document import DocumentError
from reader.document.sanitize import one_line

MAX_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of a source in bytes, about forty novels. Larger documents would exceed the memory budget."""

WRITER_WAIT: Final = 10.0
"""Seconds to wait until somebody opens a named pipe for writing."""
_PIPE_BYTES: Final = 65_536


def read_file(path: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, pipe or device.

    Raises:
        DocumentError: The file does not exist, is a directory, is not readable, or has more than `limit` bytes; or it
            is a pipe that nothing writes to.
    """
    if not path:
        raise DocumentError("the file name is empty")
    try:
        status = Path(path).stat()
        if status.st_size > limit and not stat.S_ISDIR(status.st_mode):
            too_large(path, status.st_size, limit)
        if stat.S_ISSOCK(status.st_mode):
            raise DocumentError(f"{one_line(path)}: a socket, not a file")
        if stat.S_ISFIFO(status.st_mode) and "/pipe:[" not in os.path.realpath(path):
            return _read_pipe(path, limit)
        with Path(path).open("rb") as file:
            return read_stream(file, path, limit)
    except OSError as error:
        raise DocumentError(f"{one_line(path)}: {_reason(error, path)}") from error
    except ValueError as error:  # the path contains a NUL
        raise DocumentError(f"{one_line(path)}: not a file name") from error


def _read_pipe(path: str, limit: int) -> bytes:
    """Return what is written to a named pipe. Opened in the usual way, it would wait for a writer forever.

    Raises:
        DocumentError: Nobody opens it for writing, or more than `limit` bytes are written.
    """
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(pipe, "rb") as file:  # noqa: PTH123 - a descriptor
        start = _await_writer(pipe)
        if start is None:
            raise DocumentError(f"{one_line(path)}: a pipe that nothing writes to")
        os.set_blocking(pipe, True)
        data = start + read_stream(file, path, limit)
    if len(data) > limit:
        too_large(path, 0, limit)
    return data


def _await_writer(pipe: int) -> bytes | None:
    """Return the first bytes of a pipe; b"" if it is open for writing, but has none yet.

    None if nobody opens it for writing within `WRITER_WAIT` seconds.
    """
    deadline = time.monotonic() + WRITER_WAIT
    while time.monotonic() < deadline:
        try:
            if start := os.read(pipe, _PIPE_BYTES):
                return start
        except BlockingIOError:
            return b""
        time.sleep(0.05)
    return None


def read_stream(stream: BinaryIO, name: str, limit: int = MAX_BYTES) -> bytes:
    """Return the remaining bytes of a stream; error messages call it `name`.

    Raises:
        DocumentError: The stream has more than `limit` bytes.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        too_large(name, 0, limit)
    return data


def too_large(name: str, size: int, limit: int) -> NoReturn:
    """Raise an error for a source that exceeds `limit` bytes; `size` is 0 if unknown."""
    subject = f"{_megabytes(size)} is" if size else "it is"
    raise DocumentError(f"{one_line(name)}: {subject} too large; the limit is {_megabytes(limit)}")


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.3g} MB"


def _reason(error: OSError, path: str) -> str:
    match error:
        case FileNotFoundError() if os.path.islink(path):  # noqa: PTH114 - returns False for what is no file name
            return f"a link to {one_line(str(Path(path).readlink()))}, which does not exist"
        case FileNotFoundError() | NotADirectoryError():
            return "no such file"
        case OSError(errno=errno.ELOOP):
            return "a link that leads back to itself"
        case IsADirectoryError():
            return "a directory, not a file"
        case PermissionError():
            return "no permission to read it"
        case _:
            return one_line(error.strerror or str(error))
