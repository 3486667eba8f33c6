"""Stores that are truncated, have bits flipped or pages zeroed at random, and what is recovered from them."""

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
from reader.annotate.log.records import Record, checksum
from reader.annotate.storage.maintenance.backups import daily_backups
from reader.document import Document
from reader.resolve import Name

_TEXT = "The North Sea Board (NSB) met Ada Quill. Quill left the NSB; Ada Quill said the Board was no Board. "
DOCUMENTS = tuple(Document(_TEXT * (number + 1), (), "", f"{number}.txt") for number in range(3))
_PAGE = 4096
"""The size of a page in bytes."""


@dataclass(slots=True)
class DamageResult:
    """What was recovered from damaged stores."""

    stores: int = 0
    raised: int = 0
    """Stores that raised an exception."""
    readable: int = 0
    """Undamaged records that SQLite itself could still find in the stores."""
    lost: int = 0
    """Readable records that were not in the store afterwards."""
    not_writable: int = 0
    """Stores that could not be written afterwards."""


def run(count: int, folder: Path, seed: int = 0) -> DamageResult:
    """Damage `count` copies of a store, and open and use each."""
    intact = folder / "whole.db"
    _fill(intact)
    original = dict(_records(intact))
    rng = random.Random(seed)
    result = DamageResult()
    for number in range(count):
        path = folder / str(number) / "annotations.db"
        path.parent.mkdir()
        data = bytearray(intact.read_bytes())
        (_truncate, _flip, _zero)[number % 3](data, rng)
        path.write_bytes(data)
        readable = {id_ for id_, record in _records(path) if original.get(id_) == record}
        result.stores += 1
        result.readable += len(readable)
        try:
            recovered = _use(path, result)
        except Exception:
            result.raised += 1
            continue
        result.lost += len(readable - recovered)
        shutil.rmtree(path.parent)
    return result


def _use(path: Path, result: DamageResult) -> set[str]:
    """Open a store, make decisions, and return the ids of the records in it."""
    with Store.open(path) as store:
        store.recent()
        for document in DOCUMENTS:
            store.history(document)
            store.append(document, [MentionAdded(4, 19, "ORG")])
        result.not_writable += not store.saved
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
    for backup in daily_backups(path):  # the store would recover lost records from it
        backup.unlink()


def _records(path: Path) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the id and fields of every undamaged record that SQLite finds, looking up each one separately."""
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


def _truncate(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 30)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _zero(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 4)):
        page = rng.randrange(len(data) // _PAGE) * _PAGE
        data[page : page + _PAGE] = bytes(_PAGE)
