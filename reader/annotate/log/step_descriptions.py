"""Descriptions of steps, one line each, for the status bar, the history and the command line."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from reader.annotate.decisions import MentionAdded, MentionOverlaid, MentionRemoved, OrphanDismissed
from reader.annotate.decisions.phrases import printable, quoted
from reader.annotate.log.decision_history import History, Step


def describe_step(step: Step, text: str) -> str:
    """Describe a step: its first decision, and how many more it has."""
    if not step.decisions:
        return "a step that this version cannot read"
    description = step.decisions[0].describe(text, step.quotes[0] if step.quotes else "")
    match step.decisions:
        case [MentionAdded() | MentionOverlaid() as added, MentionRemoved() as removed, *_]:
            new_quote, old_quote = (*step.quotes[:2], "", "")[:2]
            old_form, new_form = old_quote or removed.quote_in(text), new_quote or added.quote_in(text)
            return f"resized {quoted(old_form)} to {quoted(new_form)}"
    count = sum(not isinstance(decision, OrphanDismissed) for decision in step.decisions)
    if 0 < count < len(step.decisions):  # an orphan was attached to another span
        description = f"reattached: {description}"
    more = (count or len(step.decisions)) - 1
    return f"{description} and {more} more" if more else description


def describe_state(step: Step, active: Container[str], undone: Container[str]) -> str:
    """Describe the state of a step: whether it was undone or carried over; "" for neither.

    Args:
        step: The step.
        active: The ids of the steps in force.
        undone: The ids of the steps that redo can bring back. A step in neither can no longer be redone, because
            something else was decided since.
    """
    state = "" if step.id in active else "undone" if step.id in undone else "undone for good"
    return ", ".join(filter(None, (state, "from an earlier text" if step.carried_over else "")))


def local_time(time: str) -> str:
    """Return the time of a record in the user's time zone."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return printable(time)


def describe_carried_over(history: History) -> str:
    """Return in one line how many decisions on an earlier text were carried over, and how many became orphans."""
    carried = sum(len(step.applied) for step in history.steps if step.carried_over)
    line = f"carried over {carried:,} decision{'' if carried == 1 else 's'} to the changed text"
    orphans = len(history.orphans)
    if not orphans:
        return line
    return f"{line}; {orphans:,} {'is now an orphan' if orphans == 1 else 'are now orphans'}"
