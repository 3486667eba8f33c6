"""The errors of the store. Every message is a single line for the user."""

from __future__ import annotations

import sqlite3
from typing import Final


class StoreError(Exception):
    """The store could not do what it was asked to do. Nothing counts as saved."""


class StoreLockedError(StoreError):
    """Another program has kept the store locked for longer than the timeout."""


class StoreDamagedError(StoreError):
    """The file does not contain what was written to it."""


class StoreReadOnlyError(StoreError):
    """The file or its directory is not writable."""


class StoreFullError(StoreError):
    """The disk is full."""


class StoreNewerError(StoreReadOnlyError):
    """A newer version of the program wrote the store; this version can only read it."""


class StoreForeignError(StoreReadOnlyError):
    """The file is another program's database. It is left unchanged."""


_ERRORS_BY_CODE: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_BUSY: (StoreLockedError, "another program has locked the file"),
    sqlite3.SQLITE_LOCKED: (StoreLockedError, "another program has locked the file"),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, "the file is damaged"),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, "the file is damaged"),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, "the file is not writable"),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "permission denied"),
    sqlite3.SQLITE_AUTH: (StoreReadOnlyError, "permission denied"),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnlyError, "the file cannot be opened"),
    sqlite3.SQLITE_FULL: (StoreFullError, "the disk is full"),
    sqlite3.SQLITE_IOERR: (StoreError, "the disk reported an error"),
}


def store_error(error: Exception, path: object) -> StoreError:
    """Return the store error for an error of SQLite or the operating system about the store at `path`."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        import errno

        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
        error_class = StoreFullError if full else StoreReadOnlyError if denied else StoreError
        return error_class(f"annotations at {path}: {error.strerror or 'the disk reported an error'}")
    code = getattr(error, "sqlite_errorcode", None)
    error_class, reason = _ERRORS_BY_CODE.get((code or 0) & 0xFF, (StoreError, " ".join(str(error).split())))
    return error_class(f"annotations at {path}: {reason}")
