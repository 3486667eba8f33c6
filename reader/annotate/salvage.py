"""Reading what can still be read out of a store, row by row, and writing it into another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from reader.annotate.database import record_of, row_of, stored
from reader.annotate.records import new_id

_Row: TypeAlias = tuple[Any, ...]

_TABLES: Final = {
    "documents": "digest, title, length, position, first_opened, last_opened",
    "sources": "document, source, file_digest, last_seen",
    "texts": "document, text",
}
_RECORD: Final = "id, document, time, step, kind, payload, anchor, session, author, seq, crc"
_GIVE_UP: Final = 1000
"""Probing ends when so many numbers in a row lead nowhere; a damaged page holds some dozens."""


@dataclass(slots=True)
class Contents:
    """The rows of a store, as far as they could be read."""

    tables: dict[str, list[_Row]] = field(default_factory=dict)
    log: list[_Row] = field(default_factory=list)
    """In the order of the documents' logs."""


def read_all(source: sqlite3.Connection) -> Contents:
    """Return every row that SQLite can still read; damage is no error here."""
    contents = Contents()
    for table, columns in _TABLES.items():
        contents.tables[table] = _scan(source, f"SELECT rowid, {columns} FROM {table}", "rowid")
    contents.log = _log(source, [row[1] for row in contents.tables["documents"]])
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
            "INSERT INTO documents VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?) ON CONFLICT DO NOTHING",
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
            _ensure_document(target, document)
            found = target.execute("SELECT max(seq) FROM log WHERE document = CAST(? AS TEXT)", (_bytes(document),))
            last[document] = found.fetchone()[0] or 0
        last[document] += 1
        columns = row_of(record._replace(seq=last[document]))
        crc = columns[-1] if record.intact else _number(row[10])  # what was damaged stays recognizable as such
        texts = ", ".join(["CAST(? AS TEXT)"] * 9)
        target.execute(
            f"INSERT INTO log ({_RECORD}) VALUES ({texts}, ?, ?)",
            (*(_bytes(value) for value in record[:9]), last[document], crc),
        )
        count += 1
    return count


def _ensure_document(target: sqlite3.Connection, digest: Any) -> None:
    target.execute("INSERT INTO documents (digest) VALUES (CAST(? AS TEXT)) ON CONFLICT DO NOTHING", (_bytes(digest),))


def _log(source: sqlite3.Connection, documents: Iterable[Any]) -> list[_Row]:
    select = f"SELECT document, seq, {_RECORD} FROM log"
    found: dict[tuple[Any, Any], _Row] = {}

    def drain(sql: str, *values: Any) -> bool:
        return _drain(source, sql, values, lambda row: found.setdefault((row[0], row[1]), row[2:]))

    if not drain(f"{select} ORDER BY document, seq"):
        drain(f"{select} ORDER BY document DESC, seq DESC")
        keys: dict[tuple[Any, Any], None] = {}
        for direction in ("", " DESC"):
            _drain(
                source, f"SELECT document, seq FROM log ORDER BY id{direction}", (), lambda row: keys.setdefault(row)
            )
        for document, seq in keys:
            if (document, seq) not in found:
                drain(f"{select} WHERE document = ? AND seq = ?", document, seq)
        for document in dict.fromkeys([*documents, *(key[0] for key in found), *(key[0] for key in keys)]):
            seq = misses = 0
            while misses < _GIVE_UP:
                seq += 1
                if (document, seq) not in found:
                    drain(f"{select} WHERE document = ? AND seq = ?", document, seq)
                misses = 0 if (document, seq) in found else misses + 1
    return [found[key] for key in sorted(found, key=lambda key: (str(key[0]), _number(key[1])))]


def _scan(source: sqlite3.Connection, select: str, key: str) -> list[_Row]:
    found: dict[Any, _Row] = {}

    def drain(sql: str, *values: Any) -> bool:
        return _drain(source, sql, values, lambda row: found.setdefault(row[0], row))

    if not drain(f"{select} ORDER BY {key}"):
        drain(f"{select} ORDER BY {key} DESC")
        number = misses = 0
        while misses < _GIVE_UP:
            number += 1
            if number not in found:
                drain(f"{select} WHERE {key} = ?", number)
            misses = 0 if number in found else misses + 1
    return [found[number] for number in sorted(found)]


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
