"""Reads JSON and JSON lines: one member per record."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from reader.document.encoding import Decoded, decode
from reader.document.loaders.records.record_container import MAX_RECORDS, Record, RecordContainer
from reader.document.raw_source import RawSource

_MAX_DEPTH: Final = 6
"""How deep fields are looked for in a record, and lists of records in a file."""
_SAMPLE: Final = 1_000
_MAX_OBJECTS: Final = 2_000_000
"""Lists and objects in a file; each takes some 100 bytes of memory."""
_VALUE: Final = "value"
"""The name of the only field of a record that is a text."""


def open_container(raw: RawSource) -> RecordContainer:
    """Return the records: the lines of JSON lines, or the longest list of objects in a JSON file, or its one value.

    Raises:
        DocumentError: The file is not valid JSON, or there is no field of the name that the user chose.
    """
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    text = decoded.text
    if text.count("{") + text.count("[") > _MAX_OBJECTS:
        raise raw.error(f"JSON of more than {_MAX_OBJECTS:,} lists and objects; divide the file")
    try:
        value = json.loads(text)
    except RecursionError:
        raise raw.error("JSON that is nested too deeply") from None
    except ValueError as error:
        return _lines(raw, decoded, error)
    values = _records_in(value)
    if len(values) == 1:  # all fields of a file, perhaps a million
        return RecordContainer(raw, partial(iter, [_flatten(values[0])]), decoded.encoding, decoded.notice)
    return RecordContainer(raw, partial(_flatten_all, values), decoded.encoding, decoded.notice)


def _lines(raw: RawSource, decoded: Decoded, error: ValueError) -> RecordContainer:
    """Return the records of JSON lines. Lines that are damaged are counted in a notice.

    Raises:
        DocumentError: No two lines are valid.
    """
    lines, notice = [line for line in decoded.text.split("\n") if line.strip()], decoded.notice
    if len(lines) > MAX_RECORDS:
        raise raw.error(f"more than {MAX_RECORDS:,} records; divide the file")
    valid, damaged = 0, 0
    for line in lines:
        is_valid = next(_parsed((line,)), None) is not None
        valid, damaged = valid + is_valid, damaged + (not is_valid)
    if not valid or damaged > valid:
        position = f" in line {error.lineno:,}" if isinstance(error, json.JSONDecodeError) else ""
        raise raw.error(f"not valid JSON{position}")
    if damaged:
        count = "1 line that is" if damaged == 1 else f"{damaged:,} lines that are"
        notice = "; ".join(filter(None, (notice, f"left out: {count} not valid JSON")))
    return RecordContainer(raw, lambda: map(_flatten, _parsed(lines)), decoded.encoding, notice)


def _parsed(lines: list[str] | tuple[str, ...]) -> Iterator[Any]:
    """Yield the values of the lines that are valid JSON, except null."""
    for line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if value is not None:
            yield value


def _records_in(value: Any) -> list[Any]:
    """Return the records of a parsed file: its longest list, unless the file as a whole has more text."""
    best: list[Any] = []
    pending = deque([(value, 0)])
    while pending:
        current, depth = pending.popleft()
        records = _as_records(current)
        if len(records) > len(best):
            best = records
        if isinstance(current, dict) and depth < _MAX_DEPTH:
            pending += [(inner, depth + 1) for inner in current.values() if isinstance(inner, (dict, list))]
    if len(best) > MAX_RECORDS:
        return best
    if best and not (isinstance(value, dict) and _text_size([value]) > _text_size(best)):
        return best
    return [value]


def _as_records(value: Any) -> list[Any]:
    """Return a list of objects or texts, also the values of an object that are objects with the same fields."""
    if isinstance(value, list):
        return value if value and isinstance(value[0], (dict, str)) else []
    if isinstance(value, dict) and len(value) > 1:
        records = list(value.values())
        if all(isinstance(record, dict) and record.keys() == records[0].keys() for record in records[:_SAMPLE]):
            return [record for record in records if isinstance(record, dict)]
    return []


def _text_size(values: list[Any]) -> int:
    return sum(len(text) for value in values for text in _flatten(value).values() if " " in text)


def _flatten_all(values: list[Any]) -> Iterator[Record]:
    return map(_flatten, values)


def _flatten(value: Any) -> Record:
    """Return the texts in a value by their paths, such as "user.name". A list of texts is one text of paragraphs."""
    fields: dict[str, str] = {}
    pending = deque([("", value, 0)])
    while pending:
        path, current, depth = pending.popleft()
        if isinstance(current, dict):
            if depth < _MAX_DEPTH:
                pending += [(f"{path}.{key}" if path else key, inner, depth + 1) for key, inner in current.items()]
        elif isinstance(current, list):
            if texts := [item for item in current if isinstance(item, str)]:
                fields[path or _VALUE] = "\n\n".join(texts)
        elif isinstance(current, str):
            fields[path or _VALUE] = current
        elif current is not None:
            fields[path or _VALUE] = str(current)
    return fields
