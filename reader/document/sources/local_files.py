"""Reads the bytes of files and streams, and explains failures in one line."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from reader.document.document import DocumentError
from reader.document.sanitize import one_line

MAX_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of a source in bytes, about forty novels. Larger documents would exceed the memory budget."""


def read_file(path: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, pipe or device.

    Raises:
        DocumentError: The file does not exist, is a directory, is not readable, or has more than `limit` bytes.
    """
    if not path:
        raise DocumentError("the file name is empty")
    try:
        if (size := Path(path).stat().st_size) > limit and not Path(path).is_dir():
            too_large(path, size, limit)
        with Path(path).open("rb") as file:
            return read_stream(file, path, limit)
    except OSError as error:
        raise DocumentError(f"{one_line(path)}: {_reason(error)}") from error
    except ValueError as error:  # the path contains a NUL
        raise DocumentError(f"{one_line(path)}: not a file name") from error


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


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file"
        case IsADirectoryError():
            return "a directory, not a file"
        case PermissionError():
            return "no permission to read it"
        case _:
            return one_line(error.strerror or str(error))
