"""Decisions that hold in every document: a personal list of names that are the same, different, or no names at all.

They are in the same log as all others, under a document of their own that has no text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.annotate.decision_codec import MalformedRecordError, decode, encode
from reader.annotate.decisions import (
    Decision,
    EntityConfirmed,
    EntityDismissed,
    EntityRetagged,
    MentionAdded,
    MentionConfirmed,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    NameKnown,
    NamesDifferent,
    NamesSame,
)
from reader.annotate.general_document import EVERYWHERE
from reader.annotate.personal_names import personal
from reader.names.matcher import WORD
from reader.names.normal import surface
from reader.resolve import Name

if TYPE_CHECKING:
    from reader.annotate.decision_history import History
    from reader.annotate.storage.store import Store
    from reader.recognize import Mention

SCHEMA: Final = 1
GENERAL: Final = (NamesSame, NamesDifferent, EntityDismissed, NameKnown)
"""Kinds of decisions that make sense apart from any text."""


class Entry(NamedTuple):
    """One line of the list."""

    step: str
    decision: Decision


def generally(
    decisions: Iterable[Decision], text: str, standing: Callable[[int, int], Sequence[Mention]]
) -> tuple[Decision, ...]:
    """Return what one step in an article comes to in every article; nothing where it is about this one alone.

    Whoever marks, retags or confirms a mention says what its name is, whoever removes one that it is no name; but not
    where another stands over it: it was resized, or a name within a name was given up, which says nothing of others.

    Args:
        decisions: Those of the step.
        text: The article's text.
        standing: Returns the mentions that overlap `start:end` after the step.
    """
    kept = (each for each in decisions if not (isinstance(each, MentionRemoved) and standing(each.start, each.end)))
    return tuple(dict.fromkeys(general for each in kept for general in _generally(each, text)))


def _generally(decision: Decision, text: str) -> tuple[Decision, ...]:
    match decision:
        case MentionAdded(start, end, label) | MentionOverlaid(start, end, label):
            names: tuple[Name, ...] = (Name(surface(text[start:end]), label),)
        case MentionRetagged(start, end, label) | MentionConfirmed(start, end, label):
            names = (Name(surface(text[start:end]), label),)
        case EntityConfirmed(borne):
            names = tuple(dict.fromkeys(Name(surface(name.text), name.label) for name in borne if name.label))
        case EntityRetagged(borne, label):
            names = tuple(dict.fromkeys(Name(surface(name.text), label) for name in borne))
        case MentionRemoved(start, end):
            return (EntityDismissed((Name(surface(text[start:end]), ""),)),)
        case _:
            return (decision,) if isinstance(decision, GENERAL) else ()
    return tuple(NameKnown(name) for name in names if WORD.search(name.text))


def entries(history: History) -> list[Entry]:
    """Return the list, in the order in which it grew, without what was overruled later on.

    Args:
        history: That of `EVERYWHERE`.
    """
    overruled = personal(history.decisions).overruled
    listed = [Entry(step.id, decision) for step in history.steps for decision in step.decisions]
    return [entry for number, entry in enumerate(listed) if number not in overruled]


def remove(store: Store, unwanted: Iterable[Entry]) -> History:
    """Take entries out of the list; the others of their steps stay."""
    gone = set(unwanted)
    for step in store.history(EVERYWHERE).steps:
        lost = [each for each in step.decisions if Entry(step.id, each) in gone]
        if lost:
            store.undo(EVERYWHERE, step.id)
            store.append(EVERYWHERE, [each for each in step.decisions if each not in lost])
    return store.history(EVERYWHERE)


def as_json(listed: Iterable[Entry]) -> str:
    """Return the list as text that `from_json` reads."""
    found = []
    for entry in listed:
        kind, payload = encode(entry.decision)
        found.append({"kind": kind, **json.loads(payload)})
    return json.dumps({"schema": SCHEMA, "names": found}, ensure_ascii=True, indent=1) + "\n"


def from_json(text: str) -> list[Decision]:
    """Return the decisions of an exported list.

    Raises:
        MalformedRecordError: It is no such list; the message says in a few words why.
    """
    try:
        listed: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedRecordError("not JSON") from None
    if not isinstance(listed, dict) or listed.get("schema") != SCHEMA or not isinstance(listed.get("names"), list):
        raise MalformedRecordError(f"not a list of names of schema {SCHEMA}")
    return [_decision(number, fields) for number, fields in enumerate(listed["names"], 1)]


def take_in(store: Store, decisions: Iterable[Decision]) -> int:
    """Add those decisions that are not in the list yet, as one step; return how many there were."""
    known = {entry.decision for entry in entries(store.history(EVERYWHERE))}
    fresh = [decision for decision in dict.fromkeys(decisions) if decision not in known]
    store.append(EVERYWHERE, fresh)
    return len(fresh)


def _decision(number: int, fields: Any) -> Decision:
    try:
        if not isinstance(fields, dict):
            raise MalformedRecordError("not an object")
        decision = decode(str(fields.get("kind")), json.dumps(fields))
        if not isinstance(decision, GENERAL):
            raise MalformedRecordError("not about names alone")
    except MalformedRecordError as error:
        raise MalformedRecordError(f"entry {number}: {error}") from None
    return decision
