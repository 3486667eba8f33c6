"""A store that is cut, flipped and blanked at random, and what is left of it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed, MentionAdded
from reader.annotate.records import Record, checksum
from reader.annotate.storage.backups import daily_backups
from reader.document import Document
from reader.resolve import Name

_TEXT = "The North Sea Board (NSB) met Ada Quill. Quill left the NSB; Ada Quill said the Board was no Board. "
DOCUMENTS = tuple(Document(_TEXT * (number + 1), (), "", f"{number}.txt") for number in range(3))
_PAGE = 4096


@dataclass(slots=True)
class Outcome:
    """What became of some damaged stores."""

    stores: int = 0
    raised: int = 0
    """Stores at which anything was raised."""
    readable: int = 0
    """Healthy records that SQLite itself could still find in them."""
    lost: int = 0
    """Those of them that were not there afterwards."""
    unusable: int = 0
    """Stores into which nothing could be written afterwards."""


def run(count: int, folder: Path, seed: int = 0) -> Outcome:
    """Damage `count` copies of a store, and open and use each."""
    whole = folder / "whole.db"
    _fill(whole)
    before = dict(_records(whole))
    chance = random.Random(seed)
    outcome = Outcome()
    for number in range(count):
        path = folder / str(number) / "annotations.db"
        path.parent.mkdir()
        data = bytearray(whole.read_bytes())
        (_truncate, _flip, _zero)[number % 3](data, chance)
        path.write_bytes(data)
        readable = {key for key, record in _records(path) if before.get(key) == record}
        outcome.stores += 1
        outcome.readable += len(readable)
        try:
            left = _use(path, outcome)
        except Exception:
            outcome.raised += 1
            continue
        outcome.lost += len(readable - left)
        shutil.rmtree(path.parent)
    return outcome


def _use(path: Path, outcome: Outcome) -> set[str]:
    """Open a store, decide something, and return the ids of the records in it."""
    with Store.open(path) as store:
        store.recent()
        for document in DOCUMENTS:
            store.history(document)
            store.append(document, [MentionAdded(4, 19, "ORG")])
        outcome.unusable += not store.saved
    with Store.open(path) as store:
        return {record.id for document in DOCUMENTS for record in store.records(document)}


def _fill(path: Path) -> None:
    with Store.open(path) as store:
        for number in range(60):
            for document in DOCUMENTS:
                renamed = EntityRenamed((Name("NSB", "ORG"),), f"name {number}")
                store.append(document, [MentionAdded(4, 19, "ORG"), renamed])
        for document in DOCUMENTS:
            store.undo(document)
            store.remember(document, 7)
    for backup in daily_backups(path):  # which would hide what was lost
        backup.unlink()


def _records(path: Path) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield every healthy record that SQLite finds, looking for each by itself."""
    columns = "id, document, time, step, kind, payload, anchor, session, author, crc"
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA writable_schema = ON")
        for document in range(1, len(DOCUMENTS) + 1):
            for number in range(1, 125):
                with suppress(sqlite3.Error):
                    query = f"SELECT {columns} FROM log WHERE place = ?"
                    for row in connection.execute(query, ((document << 32) + number,)):
                        with suppress(TypeError, AttributeError):
                            if row[9] == checksum(Record(*row[:9])):
                                yield row[0], row[:9]
    copy.unlink()


def _truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _zero(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 4)):
        page = chance.randrange(len(data) // _PAGE) * _PAGE
        data[page : page + _PAGE] = bytes(_PAGE)
