"""Converts the records of a log to JSON values and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from reader.exchange.format import ExchangeError

if TYPE_CHECKING:
    from reader.annotate.log.records import Record

_TEXT_FIELDS: Final = ("id", "time", "step", "kind", "session", "author")


def record_objects(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Return records as JSON objects, in order."""
    return [
        {
            "id": record.id,
            "time": record.time,
            "step": record.step,
            "kind": record.kind,
            "fields": _parsed(record.payload),
            "anchor": _parsed(record.anchor) if record.anchor else None,
            "session": record.session,
            "author": record.author,
        }
        for record in records
    ]


def records_from_objects(values: Any, digest: str) -> tuple[Record, ...]:
    """Return records for the log of the document with this digest from JSON objects.

    Raises:
        ExchangeError: The values are not valid records.
    """
    if not isinstance(values, list):
        raise ExchangeError("“decisions” is not a list")
    return tuple(_record(value, digest) for value in values)


def _record(value: Any, digest: str) -> Record:
    from reader.annotate.log.records import Record

    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in _TEXT_FIELDS):
        raise ExchangeError("a decision is incomplete")
    fields = {name: value[name] for name in _TEXT_FIELDS}
    if not fields["id"] or not fields["step"]:
        raise ExchangeError("a decision has no id")
    anchor = value.get("anchor")
    return Record(
        **fields,
        document=digest,
        payload=_serialized(value.get("fields", {})),
        anchor="" if anchor is None else _serialized(anchor),
    )


def _parsed(text: str) -> Any:
    """Parse a JSON text, or return it unparsed if serializing the value would not reproduce it exactly."""
    try:
        value = json.loads(text)
        return text if isinstance(value, str) or _serialized(value) != text else value
    except (ValueError, RecursionError):
        return text


def _serialized(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
