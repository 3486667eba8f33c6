"""What decisions add up to besides mentions and links: what is dismissed, what is starred, what changed last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.annotate.anchors import placed
from reader.annotate.decisions import (
    Decision,
    EntityConfirmed,
    EntityDismissed,
    EntityNoted,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    EntityTagged,
    MentionMoved,
    NameKnown,
    NamesDifferent,
    NamesSame,
)
from reader.resolve import Name


def dismissed(decisions: Iterable[Decision]) -> tuple[Name, ...]:
    """Return the names that are no entities, in the order in which they were dismissed."""
    found: dict[Name, None] = {}
    for decision in decisions:
        if isinstance(decision, EntityDismissed):
            found |= dict.fromkeys(decision.names)
        elif isinstance(decision, EntityRestored):
            for name in decision.names:
                found.pop(name, None)
    return tuple(found)


def starred(decisions: Iterable[Decision]) -> frozenset[Name]:
    """Return the names whose entities are starred."""
    found: set[Name] = set()
    for decision in decisions:
        if isinstance(decision, EntityStarred):
            found = found | set(decision.names) if decision.starred else found - set(decision.names)
        elif isinstance(decision, EntityRetagged):
            found |= {Name(name.text, decision.label) for name in decision.names if name in found}
    return frozenset(found)


def last_changes(decisions: Iterable[Decision], name_at: Callable[[int, int], Name | None]) -> dict[Name, int]:
    """Return which decision was the last about each name, counted from 1.

    Args:
        decisions: In the order in which they were made.
        name_at: Which name a decision about `start:end` is about; None where none stands there.
    """
    found: dict[Name, int] = {}
    for number, decision in enumerate(decisions, 1):
        for name in _names(decision, name_at):
            found[name] = number
    return found


def names_about(decision: Decision) -> tuple[Name, ...]:
    """Return the names that a decision is about, as it says them; none for one about a place or the document."""
    return tuple(_names(decision, lambda _start, _end: None))


def _names(decision: Decision, name_at: Callable[[int, int], Name | None]) -> Iterable[Name]:
    match decision:
        case NamesSame(names) | EntityRenamed(names) | EntityDismissed(names) | EntityRestored(names):
            return names
        case EntityConfirmed(names):
            return names
        case EntityStarred(names) | EntityNoted(names) | EntityTagged(names):
            return names
        case EntityRetagged(names, label):
            return (*names, *(Name(name.text, label) for name in names))
        case NamesDifferent(left, right):
            return (*left, *right)
        case MentionMoved(_, _, to) | NameKnown(to):
            return (to,)
    if not placed(decision):
        return ()
    here = name_at(decision.start, decision.end)
    return () if here is None else (here,)
