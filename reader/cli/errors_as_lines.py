"""Errors as one clear line."""

from __future__ import annotations

import errno
import sys


def explain(error: BaseException) -> str | None:
    """Return one harmless line for an error that is the data's or the machine's fault, None for one that is ours."""
    from reader.document import DocumentError
    from reader.document.sanitize import one_line
    from reader.recognize.protocol import RecognizerError

    known: tuple[type[BaseException], ...] = (DocumentError, RecognizerError, FaultError)
    if "reader.annotate" in sys.modules:
        from reader.annotate import StoreError

        known += (StoreError,)
    if isinstance(error, known):
        return one_line(str(error))
    if isinstance(error, ImportError):
        return one_line(f"the installation lacks a part: {str(error).splitlines()[0]} (`reader doctor` tells more)")
    if isinstance(error, OSError) and error.errno in _OUTPUT_FAULTS:
        return f"cannot write the output: {error.strerror}"
    return None


def complain(message: str) -> None:
    """Print one line on stderr, free of control characters, after what stdout still holds."""
    from reader.document.sanitize import one_line

    sys.stdout.flush()
    print(f"reader: {one_line(message)}", file=sys.stderr)


class FaultError(Exception):
    """The source or data is at fault; the message is one line for the user."""


_OUTPUT_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
