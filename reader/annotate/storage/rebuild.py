"""Replacing a store that is damaged by what can be read of it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from reader.annotate.storage.backups import merge_backups
from reader.annotate.storage.database import connect
from reader.annotate.storage.migration import migrate
from reader.annotate.storage.salvage import read_file, write_missing
from reader.annotate.storage.store_files import beside, create, set_aside, sync_directory, unused


def renew(path: Path, patience: float) -> str:
    """Set a damaged store aside, whole, and put what can be read of it in its place; return what to tell the user.

    What is salvaged gets its name before the damaged file loses it, so whatever interrupts this, the next call goes
    on from there.
    """
    salvaged = beside(path, ".salvaged")
    backed_up = _salvage(path, salvaged, patience) if not salvaged.exists() else 0
    aside = unused(path, "damaged")
    if path.exists():
        set_aside(path, aside)
    salvaged.rename(path)
    sync_directory(path.parent)
    with closing(connect(path, patience=patience, read_only=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM log").fetchone()
    saved = f"{count} record{'' if count == 1 else 's'} saved out of it" if count else "nothing could be read out of it"
    if backed_up:
        saved += f" and of the backups, {backed_up} of them only there"
    return f"The file of annotations was damaged: {saved}. It is kept as {aside}"


def _salvage(path: Path, salvaged: Path, patience: float) -> int:
    """Write what can be read of a damaged store, and what only its backups hold; return how many records those are."""
    work = beside(path, ".salvaging")
    work.unlink(missing_ok=True)
    beside(work, "-journal").unlink(missing_ok=True)
    create(work)
    with closing(connect(work, patience=patience)) as target:
        target.execute("PRAGMA synchronous = FULL")
        migrate(work, target, 0)
        (page_size,) = target.execute("PRAGMA page_size").fetchone()
        # SQLite would write into what it opens, so it is given a copy.
        with tempfile.TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            for ending in ("", "-wal", "-journal"):
                if beside(path, ending).exists():
                    shutil.copyfile(beside(path, ending), beside(copy, ending))
            contents = read_file(copy, work.read_bytes()[:page_size])
        write_missing(contents, target)
        backed_up = merge_backups(path, target)
    work.rename(salvaged)
    return backed_up
