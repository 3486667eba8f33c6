"""Whether the annotations are sound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from reader.cli.doctor.check import Check, Status, in_words
from reader.directories import data_dir

if TYPE_CHECKING:
    from reader.annotate import Store

_ALL: Final = 1_000_000


def repair() -> Iterator[Check]:
    """Mend the store where it is damaged, and yield what was done."""
    from reader.annotate import Store, StoreError

    store = Store.open()
    try:
        store.repair()
        yield from (Check(Status.OK, "repair", notice) for notice in store.notices)
        if not store.notices:
            yield Check(Status.OK, "repair", "the annotations are sound: nothing to mend")
    except StoreError as error:
        yield Check(Status.FAIL, "repair", str(error), "close other programs that use it, then try again")
    finally:
        store.close()


def store_checks() -> Iterator[Check]:
    """Yield what a thorough check of the store finds, and how much is in it. Does not make one where there is none."""
    from reader.annotate import Store
    from reader.annotate.storage.errors import StoreNewerError, StoreReadOnlyError

    store = Store.open()
    try:
        yield from (Check(Status.WARN, "store", notice, "nothing else to do") for notice in store.notices)
        error = store.error
        if isinstance(error, StoreNewerError):
            yield Check(Status.FAIL, "store", str(error), "install the newer version of reader again")
        elif not store.readable:
            yield Check(Status.FAIL, "store", store.problem, "close other programs that use it, then try again")
        elif isinstance(error, StoreReadOnlyError):
            yield Check(Status.FAIL, "store", store.problem, "change its permissions, or set READER_DATA_DIR")
        faults = store.check()
        for fault in faults:
            yield Check(Status.FAIL, "store", fault, "reader doctor --repair")
        if error is None and not faults:
            yield Check(Status.OK, "store", _contents(store))
            yield _backups()
    finally:
        store.close()


def _backups() -> Check:
    from reader.annotate.storage.backups import daily_backups
    from reader.annotate.storage.store import FILE

    found = daily_backups(data_dir() / FILE)
    day = found[0].name[-8:] if found else ""
    last = f"; the last of {day[:4]}-{day[4:6]}-{day[6:]}" if found else ""
    return Check(Status.OK, "backups", f"{_count(len(found), 'daily backup')}{last}" if found else "none needed yet")


def _contents(store: Store) -> str:
    from reader.annotate.storage.database import connect
    from reader.annotate.storage.store import FILE

    path = data_dir() / FILE
    if not path.exists():
        return "nothing kept yet"
    with closing(connect(path, patience=1.0, read_only=True)) as connection:
        (records,) = connection.execute("SELECT count(*) FROM log").fetchone()
    articles = len(store.recent(_ALL))
    return f"sound; {_count(articles, 'article')}, {_count(records, 'record')}, {in_words(path.stat().st_size)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
