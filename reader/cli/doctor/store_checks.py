"""Check the annotations, and repair them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from reader.cli.doctor.check import Check, Status, format_size
from reader.directories import data_dir
from reader.display.counted import counted

if TYPE_CHECKING:
    from reader.annotate import Store

_NO_LIMIT: Final = 1_000_000


def repair() -> Iterator[Check]:
    """Repair a damaged store, and yield a line for each change."""
    from reader.annotate import Store, StoreError

    store = Store.open()
    try:
        store.repair()
        yield from (Check(Status.OK, "repair", notice) for notice in store.notices)
        if not store.notices:
            yield Check(Status.OK, "repair", "the annotations are intact: nothing to repair")
    except StoreError as error:
        yield Check(Status.FAIL, "repair", str(error), "close other programs that use it, then try again")
    finally:
        store.close()


def store_checks() -> Iterator[Check]:
    """Check the store thoroughly, and report its contents. Does not create a store."""
    from reader.annotate import Store
    from reader.annotate.storage.errors import StoreNewerError, StoreReadOnlyError

    store = Store.open()
    try:
        yield from (Check(Status.WARN, "store", notice, "no action needed") for notice in store.notices)
        error = store.error
        if isinstance(error, StoreNewerError):
            yield Check(Status.FAIL, "store", str(error), "install the newer version of reader again")
        elif not store.readable:
            yield Check(Status.FAIL, "store", store.problem, "close other programs that use it, then try again")
        elif isinstance(error, StoreReadOnlyError):
            yield Check(Status.FAIL, "store", store.problem, "change its permissions, or set READER_DATA_DIR")
        faults = store.check()
        for fault in faults:
            yield Check(Status.FAIL, "store", fault, "run `reader doctor --repair`")
        if error is None and not faults:
            yield Check(Status.OK, "store", _contents(store))
            yield _backups()
    finally:
        store.close()


def kept_pages_check() -> Check:
    """Check the pages that were fetched from the web and kept, byte for byte."""
    from reader.document.sources.kept_pages import DamagedPageError, kept_pages, read

    count = size = 0
    damaged = []
    for page in kept_pages():
        count += 1
        try:
            size += len(read(page))
        except DamagedPageError:
            damaged.append(page.url)
    if damaged:
        finding = f"{counted(len(damaged), 'kept page')} of {count} damaged: {damaged[0]}"
        return Check(Status.WARN, "fetched", finding, "opening it fetches it again")
    return Check(Status.OK, "fetched", f"{counted(count, 'page')} kept, {format_size(size)}" if count else "none yet")


def _backups() -> Check:
    from reader.annotate.storage.maintenance.backups import daily_backups
    from reader.annotate.storage.store import STORE_FILE

    backups = daily_backups(data_dir() / STORE_FILE)
    if not backups:
        return Check(Status.OK, "backups", "none yet")
    day = backups[0].name[-8:]
    finding = f"{counted(len(backups), 'daily backup')}; the latest from {day[:4]}-{day[4:6]}-{day[6:]}"
    return Check(Status.OK, "backups", finding)


def _contents(store: Store) -> str:
    from reader.annotate.storage.database import connect
    from reader.annotate.storage.store import STORE_FILE

    path = data_dir() / STORE_FILE
    if not path.exists():
        return "empty: no decisions yet"
    with closing(connect(path, patience=1.0, read_only=True)) as connection:
        (records,) = connection.execute("SELECT count(*) FROM log").fetchone()
    documents = counted(len(store.recent(_NO_LIMIT)), "document")
    return f"intact; {documents}, {counted(records, 'record')}, {format_size(path.stat().st_size)}"
