"""Copies of the store: made daily, before a migration and on demand; put back; drawn on after damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from reader.annotate.general_document import EVERYWHERE
from reader.annotate.storage import schema
from reader.annotate.storage.database import connect, record_of, verify
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreLockedError,
    StoreNewerError,
    store_error,
)
from reader.annotate.storage.salvage import read_all, write_missing
from reader.annotate.storage.store_files import beside, create, locked, set_aside, sync_directory, unused

KEPT: Final = 7
"""Daily backups that are kept."""

_STALE: Final = 3600
"""Seconds after which a copy that is not finished never will be."""


class Contents(NamedTuple):
    """How much is in a store."""

    records: int
    documents: int
    """Those that something was decided about; what holds in every article is about none."""

    def __str__(self) -> str:
        return f"{_count(self.records, 'record')} about {_count(self.documents, 'article')}"


class Restored(NamedTuple):
    """What was put back, and where what stood there before is now."""

    contents: Contents
    aside: Path | None


def copy_store(path: Path, target: Path) -> Contents:
    """Copy the store at `path`, as of its last commit, to a file that is not there yet; others may go on writing.

    Raises:
        OSError: It cannot be copied, or the target exists.
        sqlite3.Error: Likewise.
        StoreError: The copy is not sound.
    """
    if target.exists():
        raise FileExistsError(17, "there is a file already", str(target))
    work = beside(target, f".copying-{os.getpid()}")
    work.unlink(missing_ok=True)
    try:
        create(work)
        with closing(connect(path, patience=5, read_only=True)) as source, closing(connect(work, patience=0)) as copy:
            source.backup(copy)
            copy.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, which can be read from where nothing can be written
        found = examined(work)
        work.rename(target)
    except BaseException:
        work.unlink(missing_ok=True)
        raise
    sync_directory(target.parent)
    return found


def daily_backups(path: Path) -> list[Path]:
    """Return the daily backups of the store at `path`, the latest first."""
    return sorted(path.parent.glob(f"{path.name}.daily-" + "[0-9]" * 8), reverse=True)


def back_up_daily(path: Path) -> Path | None:
    """Make today's backup of the store at `path` and let go of the oldest; None if it is there or cannot be made."""
    target = beside(path, f".daily-{datetime.now(UTC):%Y%m%d}")
    with suppress(OSError, sqlite3.Error, StoreError):
        if target.exists():
            return None
        for left in path.parent.glob(f"{path.name}.daily-*.copying-*"):
            if left.stat().st_mtime < time.time() - _STALE:
                left.unlink()
        copy_store(path, target)
        _let_go(daily_backups(path))
        return target
    return None


def _let_go(backups: list[Path]) -> None:
    """Remove those that are too many, but never the one that holds most."""
    if len(backups) > KEPT:
        most = max(backups, key=_records)
        for old in backups[KEPT:]:
            if old != most:
                old.unlink()


def _records(path: Path) -> int:
    try:
        return examined(path).records
    except StoreError:
        return -1


def examined(path: Path) -> Contents:
    """Return what is in a store after looking at every page of it. Its file is not changed.

    Raises:
        StoreError: It is no store, is damaged, or a newer version wrote it.
    """
    try:
        with _private_copy(path) as copy, closing(connect(copy, patience=5)) as connection:
            version = verify(copy, connection)
            if not version:
                raise StoreForeignError(str(path))
            if version > schema.current_version():
                raise StoreNewerError(f"{path}: written by a newer version of reader")
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise StoreDamagedError(f"{path}: the file is damaged")
            (records,) = connection.execute("SELECT count(*) FROM log").fetchone()
            articles = "SELECT count(DISTINCT document) FROM log WHERE document <> ?"
            return Contents(records, *connection.execute(articles, (EVERYWHERE.digest,)).fetchone())
    except StoreForeignError:
        raise StoreForeignError(f"{path}: this is no file of annotations") from None
    except (StoreDamagedError, sqlite3.DatabaseError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise StoreForeignError(f"{path}: this is no file of annotations") from None
        raise StoreDamagedError(f"{path}: the file is damaged") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None


@contextmanager
def _private_copy(path: Path) -> Iterator[Path]:
    """Yield the file if SQLite leaves it alone when it is only read, otherwise a copy with its write-ahead log."""
    if not any(beside(path, ending).exists() for ending in ("-wal", "-journal")):
        with path.open("rb") as file:
            header = file.read(20)
        if header[18:20] == b"\x01\x01":
            yield path
            return
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        copy = Path(folder) / "annotations.db"
        for ending in ("", "-wal", "-journal"):
            if beside(path, ending).exists():
                shutil.copyfile(beside(path, ending), beside(copy, ending))
        yield copy


def restore(source: Path, path: Path, *, patience: float = 2.0) -> Restored:
    """Put a copy of the store at `source` in the place of the one at `path`, which is kept beside it.

    Raises:
        StoreError: The copy is no sound store, another window has the present one open, or it cannot be written;
            nothing has changed.
    """
    if path.exists() and source.exists() and path.samefile(source):
        raise StoreError(f"{source}: this is the file in use")
    contents = examined(source)
    work = beside(path, ".restoring")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path, alone=True, patience=patience):
            work.unlink(missing_ok=True)
            create(work)
            with (
                _private_copy(source) as copy,
                closing(connect(copy, patience=5)) as old,
                closing(connect(work, patience=0)) as new,
            ):
                old.backup(new)
                new.execute("PRAGMA journal_mode = DELETE")
            aside = _exchange(path, work)
    except (OSError, sqlite3.Error) as error:
        work.unlink(missing_ok=True)
        raise store_error(error, path) from error
    return Restored(contents, aside)


def _exchange(path: Path, work: Path) -> Path | None:
    """Put a file in the place of the store; at no moment is there none."""
    if not path.exists():
        work.rename(path)
        sync_directory(path.parent)
        return None
    aside = unused(path, "before-restore")
    if _single(path):
        os.link(path, aside)
        sync_directory(path.parent)
        work.replace(path)
        beside(path, "-shm").unlink(missing_ok=True)
    else:
        set_aside(path, aside)
        work.rename(path)
    sync_directory(path.parent)
    return aside


def _single(path: Path) -> bool:
    """Bring what is in the write-ahead log into the file; return whether all is in one file now.

    Raises:
        StoreLockedError: Another window has it open.
    """
    try:
        with closing(connect(path, patience=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if isinstance(known := store_error(error, path), StoreLockedError):
            raise StoreLockedError(f"annotations at {path}: close the other windows of reader first") from known
    return not beside(path, "-wal").exists() and not beside(path, "-journal").exists()


def merge_backups(path: Path, target: sqlite3.Connection) -> int:
    """Take from the daily backups what is not in a store that was damaged; return how many records that were.

    Raises:
        sqlite3.Error: They cannot be written.
    """
    count = 0
    for backup in daily_backups(path):
        try:
            with _private_copy(backup) as copy, closing(connect(copy, patience=1)) as source:
                verify(copy, source)
                contents = read_all(source)
        except (OSError, sqlite3.Error, StoreError):
            continue
        contents.log = [row for row in contents.log if record_of(row).intact]
        count += write_missing(contents, target)
    return count


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
