"""Readable records that damage elsewhere in the file must not hide."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.annotate.log.records import Record
from reader.annotate.storage.database import COLUMNS, connect
from reader.annotate.storage.maintenance.salvage import SalvagedRows, _read_rows, write_missing_rows
from reader.document import Document

DOCUMENT = Document("Ada Quill met the board.", (), "", "board.txt")


class DamagedTable:
    """A connection to a table of which only the rows before and after a damaged page are read in order."""

    def __init__(self, rows_before: list[tuple[Any, ...]], rows_after: list[tuple[Any, ...]], intact: dict[int, str]):
        self._rows_before, self._rows_after, self._intact = rows_before, rows_after, intact

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if values:
            if values[0] in self._intact:
                yield values[0], self._intact[values[0]]
            return
        yield from self._rows_after if sql.endswith("DESC") else self._rows_before
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_a_row_is_read_although_damage_gave_another_row_its_key() -> None:
    table = DamagedTable([(1, "a"), (3, "wrong")], [(5, "e")], {1: "a", 2: "b", 3: "c", 5: "e"})
    rows = _read_rows(cast(sqlite3.Connection, table), "SELECT place, id FROM log", "place", probe_from=(1,))
    assert {(1, "a"), (2, "b"), (3, "c"), (5, "e")} <= set(rows)


def test_an_intact_record_is_kept_although_a_damaged_one_with_its_id_comes_first(tmp_path: Path) -> None:
    with Store.open(tmp_path / "source.db") as store:
        store.append(DOCUMENT, [MentionAdded(0, 9, "PERSON")])
    with Store.open(tmp_path / "target.db") as store:
        store.append(Document("Another text.", (), "", "other.txt"), [MentionAdded(0, 7, "ORG")])
    source, target = (connect(tmp_path / name, patience=1) for name in ("source.db", "target.db"))
    intact = source.execute(f"SELECT {COLUMNS} FROM log").fetchone()
    payload = Record._fields.index("payload")
    damaged = (*intact[:payload], "?", *intact[payload + 1 :])
    rows = SalvagedRows({name: [] for name in ("documents", "sources", "texts")}, [damaged, intact])
    assert write_missing_rows(rows, target) == 2
    source.close()
    target.close()
    with Store.open(tmp_path / "target.db") as store:
        records = {record.id: record for record in store.records(DOCUMENT)}
    assert records[intact[0]].payload == intact[payload]
