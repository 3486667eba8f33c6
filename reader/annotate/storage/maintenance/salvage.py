"""Read what can still be read from a damaged store, row by row, and write it to another store."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import field
from pathlib import Path
from typing import Any, Final, TypeAlias

from reader.annotate.log.records import checksum, new_id
from reader.annotate.storage.database import COLUMNS, connect, encode_text, insert_row, record_from_row
from reader.annotate.storage.schema import KEYS_PER_DOCUMENT
from reader.structures.lazy_dataclass import dataclass

_Row: TypeAlias = tuple[Any, ...]

_TABLES: Final = {
    "documents": "digest, title, length, position, first_opened, last_opened",
    "sources": "document, source, file_digest, last_seen",
    "texts": "document, text",
}
_MAX_DOCUMENTS: Final = 100
"""Documents whose logs are looked for if damage hides which documents there are."""
_MAX_MISSES: Final = 1000
"""Probing stops after this many consecutive keys without a row; a damaged page holds a few dozen rows."""


@dataclass(slots=True)
class SalvagedRows:
    """The rows that could be read from a store."""

    tables: dict[str, list[_Row]] = field(default_factory=dict)
    log: list[_Row] = field(default_factory=list)
    """The rows of the log, in the order of the documents' logs."""


def read_damaged_file(path: Path, first_page: bytes) -> SalvagedRows:
    """Return what can be read from a damaged file. The file is changed, so pass a copy.

    Without the first page, which says where everything is, SQLite reads nothing of a file. That page is almost the
    same in every store, so the file is read a second time with the first page of a new store in place of its own.

    Args:
        path: The copy of the damaged file.
        first_page: The first page of a new store.
    """
    rows = _read_damaged(path)
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        pages = -(-file.tell() // len(first_page))
        file.truncate(pages * len(first_page))
        file.seek(0)
        file.write(first_page[:28] + pages.to_bytes(4, "big") + bytes(8) + first_page[40:])
    second_reading = _read_damaged(path)
    intact = {(row[0], row[1]) for row in rows.log if record_from_row(row).intact}
    repaired = {(row[0], row[1]): row for row in second_reading.log if record_from_row(row).intact}
    rows.log = [row for row in rows.log if (row[0], row[1]) in intact or (row[0], row[1]) not in repaired]
    rows.log += [row for key, row in repaired.items() if key not in intact]
    rows.log.sort(key=lambda row: (str(row[1]), _integer(row[9])))
    for table, table_rows in second_reading.tables.items():
        rows.tables[table] += [row for row in table_rows if str(row[1]).startswith("sha256:")]
    return rows


def _read_damaged(path: Path) -> SalvagedRows:
    with closing(connect(path, patience=0)) as source:
        with suppress(sqlite3.Error):
            source.execute("PRAGMA writable_schema = ON")  # makes SQLite tolerate more damage
        return read_all_rows(source)


def read_all_rows(source: sqlite3.Connection) -> SalvagedRows:
    """Return every row that SQLite can still read. Damage does not raise an error."""
    rows = SalvagedRows()
    for table, columns in _TABLES.items():
        rows.tables[table] = _read_rows(source, f"SELECT rowid, {columns} FROM {table}", "rowid", probe_from=(1,))
    rows.log = _read_log(source)
    return rows


def write_missing_rows(rows: SalvagedRows, target: sqlite3.Connection) -> int:
    """Write the rows that `target` does not have yet, in one transaction; return the number of records among them.

    A record keeps its id and is appended to its document's log.

    Raises:
        sqlite3.Error: The rows cannot be written; none are.
    """
    target.execute("BEGIN IMMEDIATE")
    try:
        _write_tables(rows, target)
        count = _write_log(rows.log, target)
        target.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            target.execute("ROLLBACK")
        raise
    return count


def _write_tables(rows: SalvagedRows, target: sqlite3.Connection) -> None:
    for _, digest, title, length, position, first, last in rows.tables["documents"]:
        target.execute(
            "INSERT INTO documents (digest, title, length, position, first_opened, last_opened)"
            " VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (_text_bytes(digest), _text_bytes(title), _integer(length), _integer(position), str(first), str(last)),
        )
    for _, document, source, file_digest, last_seen in rows.tables["sources"]:
        _ensure_document(target, document)
        target.execute(
            "INSERT INTO sources VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?) ON CONFLICT DO NOTHING",
            (_text_bytes(document), _text_bytes(source), str(file_digest), str(last_seen)),
        )
    for _, document, text in rows.tables["texts"]:
        if isinstance(text, bytes):
            _ensure_document(target, document)
            target.execute(
                "INSERT INTO texts VALUES (CAST(? AS TEXT), ?) ON CONFLICT DO NOTHING", (_text_bytes(document), text)
            )


def _write_log(rows: Iterable[_Row], target: sqlite3.Connection) -> int:
    records = [(row, record_from_row(row)) for row in rows]
    intact_ids = {record.id for _, record in records if record.intact}
    last_keys: dict[str, int] = {}  # by document
    count = 0
    for row, record in records:
        is_present = target.execute(
            "SELECT 1 FROM log WHERE id = CAST(? AS TEXT)", (_text_bytes(record.id),)
        ).fetchone()
        if record.intact and is_present:
            continue
        if not record.intact and (is_present or record.id in intact_ids):
            record = record._replace(id=f"{record.id}-{new_id()}")  # damage gave it the id of another record
        document = record.document
        if document not in last_keys:
            last_keys[document] = _last_key(target, document)
        last_keys[document] += 1
        crc = checksum(record) if record.intact else _integer(row[10])  # a damaged record stays recognizable
        insert_row(target, record, last_keys[document], crc)
        count += 1
    return count


def _last_key(target: sqlite3.Connection, document: str) -> int:
    """Return the key of a document's last record, or the key before its first one."""
    _ensure_document(target, document)
    rows = target.execute("SELECT number FROM documents WHERE digest = CAST(? AS TEXT)", (_text_bytes(document),))
    base = int(rows.fetchone()[0]) * KEYS_PER_DOCUMENT
    rows = target.execute("SELECT max(place) FROM log WHERE place > ? AND place < ?", (base, base + KEYS_PER_DOCUMENT))
    return rows.fetchone()[0] or base


def _ensure_document(target: sqlite3.Connection, digest: Any) -> None:
    target.execute(
        "INSERT INTO documents (digest) VALUES (CAST(? AS TEXT)) ON CONFLICT DO NOTHING", (_text_bytes(digest),)
    )


def _read_log(source: sqlite3.Connection) -> list[_Row]:
    digests: dict[int, Any] = dict(
        _read_rows(source, "SELECT number, digest FROM documents NOT INDEXED", "rowid", probe_from=(1,))
    )
    # Ordering by id reads the keys from an index, which may be undamaged.
    keys = _read_rows(source, "SELECT place FROM log", "id", probe_from=())
    bases = {number * KEYS_PER_DOCUMENT for number in digests}
    bases |= {row[0] // KEYS_PER_DOCUMENT * KEYS_PER_DOCUMENT for row in keys}
    if not digests or not keys:  # documents are numbered from 1
        bases |= {number * KEYS_PER_DOCUMENT for number in range(1, _MAX_DOCUMENTS + 1)}
    first_keys = [base + 1 for base in sorted(bases)]
    rows = _read_rows(source, f"SELECT place, {COLUMNS} FROM log", "place", probe_from=first_keys)
    return [_with_document(row[1:], digests.get(row[0] // KEYS_PER_DOCUMENT)) for row in rows]


def _with_document(row: _Row, digest: Any) -> _Row:
    """Return a damaged record with the document that its key refers to, in case its digest is what was damaged."""
    if digest is None or record_from_row(row).intact:
        return row
    return (row[0], digest, *row[2:])


def _read_rows(source: sqlite3.Connection, select: str, key: str, probe_from: Iterable[int]) -> list[_Row]:
    """Return the rows in the order of their first column, including those between damaged parts.

    The rows are read forward up to the first damage, then backward up to the last. After that they are looked up one
    by one, starting at each key in `probe_from`.
    """
    rows: dict[_Row, _Row] = {}  # by key and next column: damage may have given two rows the same key

    def add(row: _Row) -> None:
        if isinstance(row[0], int):
            rows.setdefault(row[:2], row)

    def read_until_damage(sql: str, *values: int) -> bool:
        return _read_until_damage(source, sql, values, add)

    if not read_until_damage(f"{select} ORDER BY {key}"):
        read_until_damage(f"{select} ORDER BY {key} DESC")
        keys_read = {row[0] for row in rows.values()}
        for first_key in probe_from:
            candidate, misses = first_key, 0
            while misses < _MAX_MISSES:
                count = len(rows)
                # Also a key that was read: damage may have given it to another row as well.
                read_until_damage(f"{select} WHERE {key} = ?", candidate)
                misses = 0 if candidate in keys_read or len(rows) > count else misses + 1
                candidate += 1
    return sorted(rows.values(), key=lambda row: row[0])


def _read_until_damage(
    source: sqlite3.Connection, sql: str, values: tuple[Any, ...], add: Callable[[_Row], None]
) -> bool:
    """Pass each row to `add`; return True at the end of the rows, False when damage stops the reading."""
    try:
        for row in source.execute(sql, values):
            add(row)
    except (sqlite3.Error, OverflowError, ValueError):
        return False
    return True


def _text_bytes(value: Any) -> bytes:
    return encode_text(value if isinstance(value, str) else str(value))


def _integer(value: Any) -> int:
    return value if isinstance(value, int) else 0
