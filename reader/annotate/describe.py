"""Decisions in words, one line each, for the status line and the list of what was done."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from typing import Final

from reader.annotate.decision_history import History, Step
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
from reader.resolve import Name

_LONGEST: Final = 40


def describe(decision: Decision, text: str, quote: str = "") -> str:
    """Return what a decision did, in the past tense: “merged “IS” with “Islamic State””.

    Args:
        decision: What was decided.
        text: The text that its offsets point into.
        quote: What stood at its place, where that is known: the text may have changed since.
    """
    match decision:
        case MentionAdded(start, end, label) | MentionOverlaid(start, end, label):
            return f"marked {_quoted(quote or text[start:end])} as {label}"
        case MentionRemoved(start, end):
            return f"removed {_quoted(quote or text[start:end])}"
        case MentionRetagged(start, end, label):
            return f"retagged {_quoted(quote or text[start:end])} as {label}"
        case MentionMoved(start, end, to):
            return f"moved {_quoted(quote or text[start:end])} to {_quoted(to.text)}"
        case MentionConfirmed(start, end, label):
            return f"confirmed {_quoted(quote or text[start:end])} as {label}"
        case EntityConfirmed(names):
            return f"confirmed every {_list(names)}"
        case NamesSame(names, preferred):
            return _merged(names, preferred)
        case NamesDifferent(left, right):
            return f"kept {_list(left)} apart from {_list(right)}"
        case EntityRenamed(names, name):
            return _renamed(names, name)
        case EntityRetagged(names, label):
            return f"retagged every {_list(names)} as {label}"
        case EntityDismissed(names):
            return f"dismissed {_list(names)}"
        case EntityRestored(names):
            return f"brought back {_list(names)}"
        case EntityStarred(names, starred):
            return f"{'starred' if starred else 'took the star from'} {_quoted(names[0].text)}"
        case NameKnown(name):
            return f"marked every {_quoted(name.text)} as {name.label}"
        case OrphanDismissed():
            return "dismissed a decision that had lost its place"
        case PlaceNoted(start, end, note):
            return _noted(_quoted(quote or text[start:end]), note)
        case EntityNoted(names, note):
            return _noted(_quoted(names[0].text), note)
        case DocumentNoted(note):
            return _noted("the article", note)
        case PlaceTagged(start, end, added, removed):
            return _tagged(_quoted(quote or text[start:end]), added, removed)
        case EntityTagged(names, added, removed):
            return _tagged(_quoted(names[0].text), added, removed)
        case DocumentTagged(added, removed):
            return _tagged("the article", added, removed)


def describe_step(step: Step, text: str) -> str:
    """Return what one action of the user did: its first decision, and how many more there were."""
    if not step.decisions:
        return "something that this version cannot read"
    first = describe(step.decisions[0], text, step.quotes[0] if step.quotes else "")
    match step.decisions:
        case [MentionAdded() | MentionOverlaid() as new, MentionRemoved() as old, *_]:
            after, before = (*step.quotes[:2], "", "")[:2]
            before, after = before or text[old.start : old.end], after or text[new.start : new.end]
            return f"resized {_quoted(before)} to {_quoted(after)}"
    deeds = sum(not isinstance(each, OrphanDismissed) for each in step.decisions)
    if 0 < deeds < len(step.decisions):  # what had lost its place was decided at another one
        first = f"attached again: {first}"
    more = (deeds or len(step.decisions)) - 1
    return f"{first} and {more} more" if more else first


def describe_state(step: Step, standing: Container[str], undone: Container[str]) -> str:
    """Return what else is to be said of a step: that it was taken back, that it was made on an earlier text.

    Args:
        step: The step.
        standing: The ids of the steps that hold.
        undone: The ids of the steps that redo can bring back; others were taken back before something else was decided.
    """
    gone = "" if step.id in standing else "undone" if step.id in undone else "undone for good"
    return ", ".join(filter(None, (gone, "from an earlier text" if step.carried else "")))


def local_time(time: str) -> str:
    """Return the time of a record in the user's own time zone."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return _harmless(time)


def describe_arrival(history: History) -> str:
    """Return what became of the decisions about an earlier text, in one line."""
    followed = sum(len(step.applied) for step in history.steps if step.carried)
    lost = len(history.orphans)
    line = f"{followed:,} decision{'' if followed == 1 else 's'} followed the changed text"
    return f"{line}, {lost:,} lost {'its' if lost == 1 else 'their'} place" if lost else line


def _renamed(names: Sequence[Name], called: str) -> str:
    before = next((name.text for name in names if name.text != called), "")
    return f"renamed {_quoted(before)} to {_quoted(called)}" if before else f"called {_quoted(called)} by its own name"


def _merged(names: Sequence[Name], preferred: str) -> str:
    called = f" as {_quoted(preferred)}" if preferred and preferred != names[-1].text else ""
    if len(names) == 1:
        return f"merged {_quoted(names[0].text)}{called}"
    if [name.text for name in names] == [names[0].text] * 2:
        one, other = (f"{_quoted(name.text)} ({name.label})" for name in names)
        return f"merged {one} with {other}{called}"
    return f"merged {_quoted(names[0].text)} with {_list(names[1:])}{called}"


def _noted(what: str, note: str) -> str:
    return f"noted on {what}: {_quoted(note)}" if note else f"took away the note on {what}"


def _tagged(what: str, added: Sequence[str], removed: Sequence[str]) -> str:
    on, off = ([_harmless(f"#{tag}") for tag in tags] for tags in (added, removed))
    if not on:
        return f"took {', '.join(off)} from {what}" if off else f"left the tags of {what} as they were"
    return f"tagged {what} {', '.join(on)}" + (f", no longer {', '.join(off)}" if off else "")


def _list(names: Sequence[Name]) -> str:
    quoted = [_quoted(name.text) for name in names]
    if len(quoted) > 3:
        return f"{quoted[0]}, {quoted[1]} and {len(quoted) - 2} more"
    if len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return quoted[0]


def _quoted(name: str) -> str:
    return f"“{_harmless(name)}”"


def _harmless(words: str) -> str:
    """Return words on one line, cut where they are many, that steer no terminal."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(words.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
