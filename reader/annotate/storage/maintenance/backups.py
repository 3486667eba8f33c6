"""Backups of the store: make them daily, before a migration or on demand; restore them; recover records from them."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reader.annotate.general_document import WITHOUT_TEXT
from reader.annotate.storage import schema
from reader.annotate.storage.database import connect, record_from_row, verify
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreLockedError,
    StoreNewerError,
    store_error,
)
from reader.annotate.storage.maintenance.salvage import read_all_rows, write_missing_rows
from reader.annotate.storage.store_files import (
    add_suffix,
    create_private_file,
    move_database,
    store_lock,
    sync_directory,
    unused_path,
)
from reader.structures.named_tuple import NamedTuple

DAILY_BACKUPS: Final = 7
"""The number of daily backups to keep."""

_FORMAT_VERSIONS: Final = 18
"""The offset of the two format versions in the header of an SQLite file (bytes)."""
_ABANDONED: Final = 3600
"""Seconds. An unfinished copy older than this will never be finished."""


class StoreSize(NamedTuple):
    """The size of a store."""

    records: int
    documents: int
    """Documents with decisions; the general document does not count."""

    def __str__(self) -> str:
        return f"{_count(self.records, 'record')} about {_count(self.documents, 'document')}"


class RestoreResult(NamedTuple):
    """The result of restoring a backup: what was restored, and the path of the replaced store."""

    size: StoreSize
    replaced: Path | None
    """The path of the replaced store; None if there was none."""


def copy_store(path: Path, target: Path) -> StoreSize:
    """Copy the store at `path`, as of its last commit, to a new file; other programs may write to it meanwhile.

    Raises:
        OSError: The store cannot be copied, or the target exists.
        sqlite3.Error: The store cannot be copied.
        StoreError: The copy is damaged.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, "the file already exists", str(target))
    work = add_suffix(target, f".copying-{os.getpid()}")
    work.unlink(missing_ok=True)
    try:
        create_private_file(work)
        with closing(connect(path, patience=5, read_only=True)) as source, closing(connect(work, patience=0)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # a single file, readable from a read-only directory
        size = check_copy(work)
        work.rename(target)
    except BaseException:
        work.unlink(missing_ok=True)
        raise
    sync_directory(target.parent)
    return size


def daily_backups(path: Path) -> list[Path]:
    """Return the daily backups of the store at `path`, latest first."""
    return sorted(path.parent.glob(f"{path.name}.daily-" + "[0-9]" * 8), reverse=True)


def back_up_daily(path: Path) -> Path | None:
    """Make today's backup of the store at `path` and delete the oldest one.

    Returns:
        The path of the backup; None if it already exists or cannot be made.
    """
    target = add_suffix(path, f".daily-{datetime.now(UTC):%Y%m%d}")
    with suppress(OSError, sqlite3.Error, StoreError):
        if target.exists():
            return None
        for unfinished in path.parent.glob(f"{path.name}.daily-*.copying-*"):
            if unfinished.stat().st_mtime < time.time() - _ABANDONED:
                unfinished.unlink()
        copy_store(path, target)
        _delete_old(daily_backups(path))
        return target
    return None


def _delete_old(backups: list[Path]) -> None:
    """Delete the backups beyond the number to keep, but never the one with the most records."""
    if len(backups) > DAILY_BACKUPS:
        largest = max(backups, key=_count_records)
        for backup in backups[DAILY_BACKUPS:]:
            if backup != largest:
                backup.unlink()


def _count_records(path: Path) -> int:
    try:
        return check_copy(path).records
    except StoreError:
        return -1


def check_copy(path: Path) -> StoreSize:
    """Check every page of a copy of a store and return how much is in it. The file is not changed.

    Raises:
        StoreError: The file is not a store, is damaged, or was written by a newer version.
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
            count_documents = "SELECT count(DISTINCT document) FROM log WHERE document NOT IN (?, ?)"
            return StoreSize(records, *connection.execute(count_documents, WITHOUT_TEXT).fetchone())
    except StoreForeignError:
        raise StoreForeignError(f"{path}: not an annotations file") from None
    except (StoreDamagedError, sqlite3.DatabaseError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise StoreForeignError(f"{path}: not an annotations file") from None
        raise StoreDamagedError(f"{path}: the file is damaged") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None


@contextmanager
def _private_copy(path: Path) -> Iterator[Path]:
    """Yield the file itself if SQLite can read it without changing it, otherwise a copy with its write-ahead log."""
    if not any(add_suffix(path, suffix).exists() for suffix in ("-wal", "-journal")):
        with path.open("rb") as file:
            file.seek(_FORMAT_VERSIONS)
            versions = file.read(2)
        if versions == b"\x01\x01":  # a rollback journal, not a write-ahead log
            yield path
            return
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        copy = Path(folder) / "annotations.db"
        for suffix in ("", "-wal", "-journal"):
            if add_suffix(path, suffix).exists():
                shutil.copyfile(add_suffix(path, suffix), add_suffix(copy, suffix))
        yield copy


def restore(source: Path, path: Path, *, patience: float = 2.0) -> RestoreResult:
    """Replace the store at `path` by the copy at `source`; the replaced store is kept next to it.

    Raises:
        StoreError: The copy is not an undamaged store, another window has the store open, or the store cannot be
            written. Nothing has changed.
    """
    if path.exists() and source.exists() and path.samefile(source):
        raise StoreError(f"{source}: this is the file in use")
    size = check_copy(source)
    work = add_suffix(path, ".restoring")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with store_lock(path, exclusive=True, patience=patience):
            work.unlink(missing_ok=True)
            create_private_file(work)
            with (
                _private_copy(source) as copy,
                closing(connect(copy, patience=5)) as backup,
                closing(connect(work, patience=0)) as restored,
            ):
                backup.backup(restored)
                restored.execute("PRAGMA journal_mode = DELETE")
            replaced = _replace(path, work)
    except (OSError, sqlite3.Error) as error:
        work.unlink(missing_ok=True)
        raise store_error(error, path) from error
    return RestoreResult(size, replaced)


def _replace(path: Path, work: Path) -> Path | None:
    """Move the file `work` to the path of the store, so that there is a store at any moment.

    Returns:
        The path of the replaced store; None if there was none.
    """
    if not path.exists():
        work.rename(path)
        sync_directory(path.parent)
        return None
    replaced = unused_path(path, "before-restore")
    if _merge_write_ahead_log(path):
        os.link(path, replaced)
        sync_directory(path.parent)
        work.replace(path)
        add_suffix(path, "-shm").unlink(missing_ok=True)
    else:
        move_database(path, replaced)
        work.rename(path)
    sync_directory(path.parent)
    return replaced


def _merge_write_ahead_log(path: Path) -> bool:
    """Write the contents of the write-ahead log to the store; return whether the store is a single file now.

    Raises:
        StoreLockedError: Another window has the store open.
    """
    try:
        with closing(connect(path, patience=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if isinstance(locked := store_error(error, path), StoreLockedError):
            raise StoreLockedError(f"annotations at {path}: close the other windows of reader first") from locked
    return not add_suffix(path, "-wal").exists() and not add_suffix(path, "-journal").exists()


def merge_backups(path: Path, target: sqlite3.Connection) -> int:
    """Add the records of the daily backups that a rebuilt store does not have; return their number.

    Raises:
        sqlite3.Error: The records cannot be written.
    """
    count = 0
    for backup in daily_backups(path):
        try:
            with _private_copy(backup) as copy, closing(connect(copy, patience=1)) as source:
                verify(copy, source)
                rows = read_all_rows(source)
        except (OSError, sqlite3.Error, StoreError):
            continue
        rows.log = [row for row in rows.log if record_from_row(row).intact]
        count += write_missing_rows(rows, target)
    return count


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
