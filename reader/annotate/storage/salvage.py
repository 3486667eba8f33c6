"""Reading what can still be read out of a store, row by row, and writing it into another."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from reader.annotate.records import checksum, new_id
from reader.annotate.storage.database import COLUMNS, connect, insert, record_of, stored
from reader.annotate.storage.schema import RECORDS

_Row: TypeAlias = tuple[Any, ...]

_TABLES: Final = {
    "documents": "digest, title, length, position, first_opened, last_opened",
    "sources": "document, source, file_digest, last_seen",
    "texts": "document, text",
}
_GIVE_UP: Final = 1000
"""Probing ends when so many numbers in a row lead nowhere; a damaged page holds some dozens."""


@dataclass(slots=True)
class Contents:
    """The rows of a store, as far as they could be read."""

    tables: dict[str, list[_Row]] = field(default_factory=dict)
    log: list[_Row] = field(default_factory=list)
    """In the order of the documents' logs."""


def read_file(path: Path, first_page: bytes) -> Contents:
    """Return what can be read out of a damaged file, which is altered: work on a copy.

    Without its first page, which says where everything is, SQLite reads nothing of a file. That page is much the same
    in every store, so the file is read once more with the first page of a new one in place of its own.
    """
    contents = _read_damaged(path)
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        pages = -(-file.tell() // len(first_page))
        file.truncate(pages * len(first_page))
        file.seek(0)
        file.write(first_page[:28] + pages.to_bytes(4, "big") + bytes(8) + first_page[40:])
    again = _read_damaged(path)
    known = {(row[0], row[1]) for row in contents.log if record_of(row).intact}
    contents.log += [row for row in again.log if record_of(row).intact and (row[0], row[1]) not in known]
    contents.log.sort(key=lambda row: (str(row[1]), _number(row[9])))
    for table, rows in again.tables.items():
        contents.tables[table] += [row for row in rows if str(row[1]).startswith("sha256:")]
    return contents


def _read_damaged(path: Path) -> Contents:
    with closing(connect(path, patience=0)) as source:
        with suppress(sqlite3.Error):
            source.execute("PRAGMA writable_schema = ON")  # SQLite then puts up with more
        return read_all(source)


def read_all(source: sqlite3.Connection) -> Contents:
    """Return every row that SQLite can still read; damage is no error here."""
    contents = Contents()
    for table, columns in _TABLES.items():
        contents.tables[table] = _rows(source, f"SELECT rowid, {columns} FROM {table}", "rowid", probe=(1,))
    contents.log = _log(source)
    return contents


def write_missing(contents: Contents, target: sqlite3.Connection) -> int:
    """Write what `target` does not have yet, in one transaction; return how many records that were.

    A record keeps its id and goes to the end of its document's log.

    Raises:
        sqlite3.Error: it cannot be written; then nothing was.
    """
    target.execute("BEGIN IMMEDIATE")
    try:
        _write_tables(contents, target)
        count = _write_log(contents.log, target)
        target.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            target.execute("ROLLBACK")
        raise
    return count


def _write_tables(contents: Contents, target: sqlite3.Connection) -> None:
    for _, digest, title, length, position, first, last in contents.tables["documents"]:
        target.execute(
            "INSERT INTO documents (digest, title, length, position, first_opened, last_opened)"
            " VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (_bytes(digest), _bytes(title), _number(length), _number(position), str(first), str(last)),
        )
    for _, document, source, file_digest, seen in contents.tables["sources"]:
        _ensure_document(target, document)
        target.execute(
            "INSERT INTO sources VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?) ON CONFLICT DO NOTHING",
            (_bytes(document), _bytes(source), str(file_digest), str(seen)),
        )
    for _, document, text in contents.tables["texts"]:
        if isinstance(text, bytes):
            _ensure_document(target, document)
            target.execute(
                "INSERT INTO texts VALUES (CAST(? AS TEXT), ?) ON CONFLICT DO NOTHING", (_bytes(document), text)
            )


def _write_log(rows: Iterable[_Row], target: sqlite3.Connection) -> int:
    last: dict[str, int] = {}
    count = 0
    for row in rows:
        record = record_of(row)
        if target.execute("SELECT 1 FROM log WHERE id = CAST(? AS TEXT)", (_bytes(record.id),)).fetchone():
            if record.intact:
                continue
            record = record._replace(id=f"{record.id}-{new_id()}")  # damage has given it another one's id
        document = record.document
        if document not in last:
            last[document] = _last_place(target, document)
        last[document] += 1
        crc = checksum(record) if record.intact else _number(row[10])  # what was damaged stays recognizable as such
        insert(target, record, last[document], crc)
        count += 1
    return count


def _last_place(target: sqlite3.Connection, document: str) -> int:
    _ensure_document(target, document)
    found = target.execute("SELECT number FROM documents WHERE digest = CAST(? AS TEXT)", (_bytes(document),))
    first = int(found.fetchone()[0]) * RECORDS
    found = target.execute("SELECT max(place) FROM log WHERE place > ? AND place < ?", (first, first + RECORDS))
    return found.fetchone()[0] or first


def _ensure_document(target: sqlite3.Connection, digest: Any) -> None:
    target.execute("INSERT INTO documents (digest) VALUES (CAST(? AS TEXT)) ON CONFLICT DO NOTHING", (_bytes(digest),))


def _log(source: sqlite3.Connection) -> list[_Row]:
    select = f"SELECT place, {COLUMNS} FROM log"
    digests: dict[int, Any] = dict(
        _rows(source, "SELECT number, digest FROM documents NOT INDEXED", "rowid", probe=(1,))
    )
    places = _rows(source, "SELECT place FROM log", "id", probe=())  # out of an index, which may be whole
    firsts = {number * RECORDS for number in digests} | {row[0] // RECORDS * RECORDS for row in places}
    rows = _rows(source, select, "place", probe=[first + 1 for first in sorted(firsts)])
    return [_filed(row[1:], digests.get(row[0] // RECORDS)) for row in rows]


def _filed(row: _Row, digest: Any) -> _Row:
    """Return a damaged record under the document that its place says, which may be what was damaged."""
    if digest is None or record_of(row).intact:
        return row
    return (row[0], digest, *row[2:])


def _rows(source: sqlite3.Connection, select: str, key: str, probe: Iterable[int]) -> list[_Row]:
    """Return the rows in the order of their first column, which damage between them does not hide from each other.

    They are read forwards until there is damage, then backwards; then looked up one by one, from each key in `probe`
    on.
    """
    found: dict[_Row, _Row] = {}  # by key and what follows it: damage may have given two rows one key

    def keep(row: _Row) -> None:
        if isinstance(row[0], int):
            found.setdefault(row[:2], row)

    def drain(sql: str, *values: int) -> bool:
        return _drain(source, sql, values, keep)

    if not drain(f"{select} ORDER BY {key}"):
        drain(f"{select} ORDER BY {key} DESC")
        known = {row[0] for row in found.values()}
        for first in probe:
            wanted, misses = first, 0
            while misses < _GIVE_UP:
                before = len(found)
                if wanted not in known:
                    drain(f"{select} WHERE {key} = ?", wanted)
                misses = 0 if wanted in known or len(found) > before else misses + 1
                wanted += 1
    return sorted(found.values(), key=lambda row: row[0])


def _drain(source: sqlite3.Connection, sql: str, values: tuple[Any, ...], keep: Any) -> bool:
    """Keep row after row until the end (True) or damage (False)."""
    try:
        for row in source.execute(sql, values):
            keep(row)
    except (sqlite3.Error, OverflowError, ValueError):
        return False
    return True


def _bytes(value: Any) -> bytes:
    return stored(value if isinstance(value, str) else str(value))


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
