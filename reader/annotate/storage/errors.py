"""What can be wrong with the store; each message is one clear line for the user."""

from __future__ import annotations

import sqlite3
from typing import Final


class StoreError(Exception):
    """The store cannot do what was asked; nothing is claimed saved."""


class StoreLockedError(StoreError):
    """Another program kept the store locked for longer than the time-out."""


class StoreDamagedError(StoreError):
    """What is in the file is not what was written."""


class StoreReadOnlyError(StoreError):
    """The file or its directory cannot be written."""


class StoreFullError(StoreError):
    """No space is left."""


class StoreNewerError(StoreReadOnlyError):
    """A later version of the program wrote the store; this one only reads it."""


class StoreForeignError(StoreReadOnlyError):
    """The file is a database of some other program; it is left alone."""


_KINDS: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_BUSY: (StoreLockedError, "another program keeps it locked"),
    sqlite3.SQLITE_LOCKED: (StoreLockedError, "another program keeps it locked"),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, "the file is damaged"),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, "the file is damaged"),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, "it cannot be written"),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "no permission"),
    sqlite3.SQLITE_AUTH: (StoreReadOnlyError, "no permission"),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnlyError, "it cannot be opened"),
    sqlite3.SQLITE_FULL: (StoreFullError, "the disk is full"),
    sqlite3.SQLITE_IOERR: (StoreError, "the disk reports an error"),
}


def store_error(error: Exception, path: object) -> StoreError:
    """Return what an error of SQLite or of the operating system means for the store at `path`."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        import errno

        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
        kind = StoreFullError if full else StoreReadOnlyError if denied else StoreError
        return kind(f"annotations at {path}: {error.strerror or 'the disk reports an error'}")
    code = getattr(error, "sqlite_errorcode", None)
    kind, reason = _KINDS.get((code or 0) & 0xFF, (StoreError, " ".join(str(error).split())))
    return kind(f"annotations at {path}: {reason}")
