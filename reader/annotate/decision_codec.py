"""Decisions as the log keeps them: a kind and a JSON object of fields.

The rule that keeps logs readable across versions: a field that an older version may safely overlook can be added to
a kind; anything that changes what a record means gets a kind of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityConfirmed,
    EntityDismissed,
    EntityNoted,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    EntityTagged,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    NameKnown,
    NamesDifferent,
    NamesSame,
    OrphanDismissed,
    PlaceNoted,
    PlaceTagged,
)
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name

_Reader: TypeAlias = Callable[[Any], Any]


class MalformedRecordError(ValueError):
    """A record that this version cannot read; the message says in a few words why."""


def encode(decision: Decision) -> tuple[str, str]:
    """Return the kind of a decision and its fields as a JSON object.

    Raises:
        MalformedRecordError: the decision could not be read back, an empty span or a blank name for example.
    """
    kind = _KIND_OF[type(decision)]
    payload = json.dumps({name: getattr(decision, name) for name in _KINDS[kind][1]}, separators=(",", ":"))
    decode(kind, payload)
    return kind, payload


def decode(kind: str, payload: str) -> Decision:
    """Return the decision that a record holds. Fields that this version does not know are overlooked.

    Raises:
        MalformedRecordError: the kind is unknown, or a field is missing or of the wrong form.
    """
    if kind not in _KINDS:
        raise MalformedRecordError(f"unknown kind {kind!r}")
    make, readers = _KINDS[kind]
    try:
        fields = json.loads(payload)
    except (ValueError, RecursionError):
        raise MalformedRecordError("not JSON") from None
    if not isinstance(fields, dict):
        raise MalformedRecordError("not an object")
    values = {}
    for name, read in readers.items():
        if name in _OPTIONAL and name not in fields:
            continue
        try:
            values[name] = read(fields[name])
        except (KeyError, TypeError, ValueError):
            raise MalformedRecordError(f"field {name!r}") from None
    if "start" in values and values["start"] >= values["end"]:
        raise MalformedRecordError("empty span")
    return make(**values)


def wrapped(kind: str, payload: str) -> str:
    """Return the fields of a record of kind "orphaned" about a decision."""
    return json.dumps({"decision": kind, "fields": json.loads(payload)}, separators=(",", ":"))


def unwrapped(payload: str) -> tuple[str, str]:
    """Return the kind and the fields of the decision in a record of kind "orphaned".

    Raises:
        MalformedRecordError: There is none in it.
    """
    try:
        fields = json.loads(payload)
        return _string(fields["decision"]), json.dumps(fields["fields"], separators=(",", ":"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise MalformedRecordError("not an orphan") from None


def _offset(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise ValueError(value)
    return value


def _share(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _filled(value: Any) -> str:
    if not _string(value).strip():
        raise ValueError(value)
    return str(value)


def _name(value: Any) -> Name:
    text, label = value
    return Name(_filled(text), _string(label))


def _known(value: Any) -> Name:
    name = _name(value)
    if not name.label.strip() or WORD.search(name.text) is None:
        raise ValueError(value)
    return Name(surface(name.text), name.label)


def _names(value: Any) -> tuple[Name, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(value)
    return tuple(_name(name) for name in value)


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_filled(word) for word in value)


_SPAN: Final[dict[str, _Reader]] = {"start": _offset, "end": _offset}

_KINDS: Final[dict[str, tuple[Callable[..., Decision], dict[str, _Reader]]]] = {
    "mention-added": (MentionAdded, {**_SPAN, "label": _filled}),
    "mention-overlaid": (MentionOverlaid, {**_SPAN, "label": _filled}),
    "mention-removed": (MentionRemoved, _SPAN),
    "mention-retagged": (MentionRetagged, {**_SPAN, "label": _filled}),
    "mention-confirmed": (MentionConfirmed, {**_SPAN, "label": _filled}),
    "mention-moved": (MentionMoved, {**_SPAN, "to": _name}),
    "names-same": (NamesSame, {"names": _names, "preferred": _string}),
    "names-different": (NamesDifferent, {"left": _names, "right": _names, "against": _share}),
    "entity-renamed": (EntityRenamed, {"names": _names, "name": _filled}),
    "entity-retagged": (EntityRetagged, {"names": _names, "label": _filled}),
    "entity-confirmed": (EntityConfirmed, {"names": _names}),
    "entity-dismissed": (EntityDismissed, {"names": _names}),
    "entity-restored": (EntityRestored, {"names": _names}),
    "entity-starred": (EntityStarred, {"names": _names, "starred": _truth}),
    "name-known": (NameKnown, {"name": _known}),
    "orphan-dismissed": (OrphanDismissed, {"orphan": _filled}),
    "place-noted": (PlaceNoted, {**_SPAN, "text": _string}),
    "entity-noted": (EntityNoted, {"names": _names, "text": _string}),
    "document-noted": (DocumentNoted, {"text": _string}),
    "place-tagged": (PlaceTagged, {**_SPAN, "added": _words, "removed": _words}),
    "entity-tagged": (EntityTagged, {"names": _names, "added": _words, "removed": _words}),
    "document-tagged": (DocumentTagged, {"added": _words, "removed": _words}),
}

_OPTIONAL: Final = frozenset({"against"})
"""Fields that came later: a record without one means what it meant then."""

_KIND_OF: Final = {make: kind for kind, (make, _) in _KINDS.items()}
