"""Report the errors of commands, each in one line."""

from __future__ import annotations

import errno
import sys

_OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})


class CommandError(Exception):
    """A command failed because of its source or data. The message is one line for the user."""


class UsageError(CommandError):
    """The arguments of a command do not belong together. The exit code is that of wrong usage."""


def error_line(error: BaseException) -> str | None:
    """Return one line without control characters for an expected error, or None for a bug in the program."""
    from reader.document import DocumentError
    from reader.document.sanitize import one_line
    from reader.recognize.protocol import RecognizerError

    expected: tuple[type[BaseException], ...] = (DocumentError, RecognizerError, CommandError)
    if "reader.annotate" in sys.modules:
        from reader.annotate import StoreError

        expected += (StoreError,)
    if isinstance(error, expected):
        return one_line(str(error))
    if isinstance(error, ImportError):
        return one_line(f"the installation is incomplete: {str(error).splitlines()[0]} (see `reader doctor`)")
    if isinstance(error, OSError) and error.errno in _OUTPUT_ERRORS:
        return f"cannot write the output: {error.strerror}"
    return None


def print_error(message: str) -> None:
    """Print one line on stderr, without control characters, after flushing stdout."""
    from reader.document.sanitize import one_line

    sys.stdout.flush()
    print(f"reader: {one_line(message)}", file=sys.stderr)
