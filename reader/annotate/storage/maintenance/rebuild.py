"""Replace a damaged store with one that contains what can still be read from it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from reader.annotate.storage.database import connect
from reader.annotate.storage.maintenance.backups import merge_backups
from reader.annotate.storage.maintenance.migration import migrate
from reader.annotate.storage.maintenance.salvage import read_damaged_file, write_missing_rows
from reader.annotate.storage.store_files import (
    add_suffix,
    create_private_file,
    move_database,
    sync_directory,
    unused_path,
)


def rebuild(path: Path, patience: float) -> str:
    """Move a damaged store aside and put what can be read from it in its place; return a message for the user.

    The salvaged store gets its own name before the damaged one is moved. If this is interrupted at any point, the next
    call continues from there.
    """
    salvaged = add_suffix(path, ".salvaged")
    from_backups = _salvage(path, salvaged, patience) if not salvaged.exists() else 0
    damaged = unused_path(path, "damaged")
    if path.exists():
        move_database(path, damaged)
    salvaged.rename(path)
    sync_directory(path.parent)
    with closing(connect(path, patience=patience, read_only=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM log").fetchone()
    outcome = f"{count} record{'' if count == 1 else 's'} recovered" if count else "no record could be recovered"
    if from_backups:
        outcome += f", {from_backups} of them only from backups"
    return f"The annotations file was damaged: {outcome}. The damaged file is kept as {damaged}"


def _salvage(path: Path, salvaged: Path, patience: float) -> int:
    """Write what can be read from a damaged store and its backups; return how many records only the backups had."""
    work = add_suffix(path, ".salvaging")
    work.unlink(missing_ok=True)
    add_suffix(work, "-journal").unlink(missing_ok=True)
    create_private_file(work)
    with closing(connect(work, patience=patience)) as target:
        target.execute("PRAGMA synchronous = FULL")
        migrate(work, target, 0)
        (page_size,) = target.execute("PRAGMA page_size").fetchone()
        # SQLite would write to the file that it opens, so it gets a copy.
        with tempfile.TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            for suffix in ("", "-wal", "-journal"):
                if add_suffix(path, suffix).exists():
                    shutil.copyfile(add_suffix(path, suffix), add_suffix(copy, suffix))
            rows = read_damaged_file(copy, work.read_bytes()[:page_size])
        write_missing_rows(rows, target)
        from_backups = merge_backups(path, target)
    work.rename(salvaged)
    return from_backups
