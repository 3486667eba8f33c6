"""The log of a document as plain values, and back: every decision, undo and redo, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from reader.exchange.format import ExchangeError

if TYPE_CHECKING:
    from reader.annotate.records import Record

_TEXTS: Final = ("id", "time", "step", "kind", "session", "author")


def record_objects(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Return records as plain values, in their order."""
    return [
        {
            "id": record.id,
            "time": record.time,
            "step": record.step,
            "kind": record.kind,
            "fields": _value(record.payload),
            "anchor": _value(record.anchor) if record.anchor else None,
            "session": record.session,
            "author": record.author,
        }
        for record in records
    ]


def records_from_objects(values: Any, digest: str) -> tuple[Record, ...]:
    """Return the records that plain values say, for the log of the document with this digest.

    Raises:
        ExchangeError: They are none.
    """
    if not isinstance(values, list):
        raise ExchangeError("“decisions” is not a list")
    return tuple(_record(value, digest) for value in values)


def _record(value: Any, digest: str) -> Record:
    from reader.annotate.records import Record

    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in _TEXTS):
        raise ExchangeError("a decision is not complete")
    said = {name: value[name] for name in _TEXTS}
    if not said["id"] or not said["step"]:
        raise ExchangeError("a decision has no id")
    anchor = value.get("anchor")
    return Record(
        **said,
        document=digest,
        payload=_json(value.get("fields", {})),
        anchor="" if anchor is None else _json(anchor),
    )


def _value(text: str) -> Any:
    """Return what a JSON text says; the text itself where it would not come out again to the letter."""
    try:
        value = json.loads(text)
        return text if isinstance(value, str) or _json(value) != text else value
    except (ValueError, RecursionError):
        return text


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
