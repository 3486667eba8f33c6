"""Decisions as the log stores them: a kind, and the fields of its dataclass as a JSON object.

One rule keeps logs readable across versions: a field that an older version may safely ignore can be added to a kind
(declare it with `metadata={"optional": True}`; with `"sparse": True`, its default is not written). A change in the
meaning of a record needs a new kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, Final, TypeAlias, get_type_hints

from reader.annotate.decisions import (
    KINDS,
    BookmarkLetter,
    Decision,
    Filled,
    Offset,
    Score,
    SearchableName,
    SpanDecision,
)
from reader.annotate.decisions.appearances import Appearance
from reader.annotate.decisions.bookmark_decisions import is_bookmark_letter
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name
from reader.structures.named_tuple import NamedTuple

_Parser: TypeAlias = Callable[[Any], Any]
"""Returns the value of a field from its JSON value; raises TypeError or ValueError if it is invalid."""


class MalformedRecordError(ValueError):
    """A record that this version cannot read. The message gives the reason in a few words."""


class _Field(NamedTuple):
    name: str
    parse: _Parser
    is_optional: bool


def encode_decision(decision: Decision) -> tuple[str, str]:
    """Return the kind of a decision and its fields as a JSON object.

    Raises:
        MalformedRecordError: The decision could not be read back, for example because of an empty span or a blank name.
    """
    sparse = {item.name: item.default for item in fields(decision) if item.metadata.get("sparse", False)}
    values = {field.name: getattr(decision, field.name) for field in _fields_of(decision.kind)}
    values = {name: value for name, value in values.items() if name not in sparse or value != sparse[name]}
    payload = json.dumps(values, separators=(",", ":"))
    decode_decision(decision.kind, payload)
    return decision.kind, payload


def decode_decision(kind: str, payload: str) -> Decision:
    """Return the decision in a record. Fields that this version does not know are ignored.

    Raises:
        MalformedRecordError: The kind is unknown, or a field is missing or invalid.
    """
    if kind not in KINDS:
        raise MalformedRecordError(f"unknown kind {kind!r}")
    decision_class = KINDS[kind]
    try:
        stored_values = json.loads(payload)
    except (ValueError, RecursionError):
        raise MalformedRecordError("not JSON") from None
    if not isinstance(stored_values, dict):
        raise MalformedRecordError("not an object")
    values = {}
    for field in _fields_of(kind):
        if field.is_optional and field.name not in stored_values:
            continue
        try:
            values[field.name] = field.parse(stored_values[field.name])
        except (KeyError, TypeError, ValueError):
            raise MalformedRecordError(f"field {field.name!r}") from None
    if issubclass(decision_class, SpanDecision) and values["start"] >= values["end"]:
        raise MalformedRecordError("empty span")
    build: Callable[..., Decision] = decision_class
    return build(**values)


def wrap_orphan(kind: str, payload: str) -> str:
    """Return the fields of a record of kind "orphaned" for a decision of this kind with these fields."""
    return json.dumps({"decision": kind, "fields": json.loads(payload)}, separators=(",", ":"))


def unwrap_orphan(payload: str) -> tuple[str, str]:
    """Return the kind and the fields of the decision in a record of kind "orphaned".

    Raises:
        MalformedRecordError: The record does not contain a decision.
    """
    try:
        values = json.loads(payload)
        return _parse_string(values["decision"]), json.dumps(values["fields"], separators=(",", ":"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise MalformedRecordError("not an orphan") from None


@cache
def _fields_of(kind: str) -> tuple[_Field, ...]:
    decision_class = KINDS[kind]
    types = get_type_hints(decision_class, include_extras=True)
    return tuple(
        _Field(field.name, _PARSERS[types[field.name]], field.metadata.get("optional", False))
        for field in fields(decision_class)
    )


def _parse_offset(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise ValueError(value)
    return value


def _parse_score(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


def _parse_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _parse_string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _parse_filled(value: Any) -> str:
    if not _parse_string(value).strip():
        raise ValueError(value)
    return str(value)


def _parse_bookmark_letter(value: Any) -> str:
    letter = _parse_string(value)
    if not is_bookmark_letter(letter):
        raise ValueError(value)
    return letter


def _parse_name(value: Any) -> Name:
    text, label = value
    return Name(_parse_filled(text), _parse_string(label))


def _parse_searchable_name(value: Any) -> Name:
    name = _parse_name(value)
    if not name.label.strip() or WORD.search(name.text) is None:
        raise ValueError(value)
    return Name(surface(name.text), name.label)


def _parse_names(value: Any) -> tuple[Name, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(value)
    return tuple(_parse_name(name) for name in value)


def _parse_appearances(value: Any) -> tuple[Appearance, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(value)
    return tuple(
        Appearance(_parse_filled(document), _parse_string(title), _parse_name(name)) for document, title, name in value
    )


def _parse_tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_parse_filled(tag) for tag in value)


_PARSERS: Final[dict[Any, _Parser]] = {
    Offset: _parse_offset,
    Score: _parse_score,
    bool: _parse_bool,
    str: _parse_string,
    Filled: _parse_filled,
    BookmarkLetter: _parse_bookmark_letter,
    Name: _parse_name,
    SearchableName: _parse_searchable_name,
    tuple[Name, ...]: _parse_names,
    tuple[Appearance, ...]: _parse_appearances,
    tuple[Filled, ...]: _parse_tags,
}
"""The parser for each type of field in `decisions`."""
