"""Summaries of decisions: the dismissed names, the starred names, and the last decision about each name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.annotate.decisions import (
    BookmarkSet,
    Decision,
    EntityDismissed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    SpanDecision,
)
from reader.resolve import Name


def dismissed_names(decisions: Iterable[Decision]) -> tuple[Name, ...]:
    """Return the dismissed names, in the order in which they were dismissed."""
    dismissed: dict[Name, None] = {}
    for decision in decisions:
        if isinstance(decision, EntityDismissed):
            dismissed |= dict.fromkeys(decision.names)
        elif isinstance(decision, EntityRestored):
            for name in decision.names:
                dismissed.pop(name, None)
    return tuple(dismissed)


def starred_names(decisions: Iterable[Decision]) -> frozenset[Name]:
    """Return the names of the starred entities."""
    starred: set[Name] = set()
    for decision in decisions:
        if isinstance(decision, EntityStarred):
            starred = starred | set(decision.names) if decision.starred else starred - set(decision.names)
        elif isinstance(decision, EntityRetagged):
            starred |= {Name(name.text, decision.label) for name in decision.names if name in starred}
    return frozenset(starred)


def last_changes(decisions: Iterable[Decision], name_at: Callable[[int, int], Name | None]) -> dict[Name, int]:
    """Return the number of the last decision about each name, counted from 1.

    Args:
        decisions: The decisions, in the order in which they were made.
        name_at: Returns the name of the mention at `start:end`; None if there is no mention.
    """
    numbers: dict[Name, int] = {}
    for number, decision in enumerate(decisions, 1):
        names = decision.names_about()
        if not names and isinstance(decision, SpanDecision) and not isinstance(decision, BookmarkSet):
            name = name_at(decision.start, decision.end)
            names = () if name is None else (name,)
        for name in names:
            numbers[name] = number
    return numbers
