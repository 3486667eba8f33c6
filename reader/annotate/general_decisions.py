"""General decisions: names that are the same, different, known or dismissed in every document.

They are in the same store as all other decisions, in the log of the general document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.annotate.decisions import Decision, MentionRemoved
from reader.annotate.decisions.decision_codec import MalformedRecordError, decode_decision, encode_decision
from reader.annotate.effects.personal_names import personal_list
from reader.annotate.general_document import GENERAL_DOCUMENT
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.annotate.log.decision_history import History
    from reader.annotate.storage.store import Store
    from reader.recognize import Mention

SCHEMA: Final = 1
"""The version of the exported list."""


class GeneralEntry(NamedTuple):
    """One line of the list of general decisions."""

    step: str
    """The id of the step that the decision belongs to."""
    decision: Decision


def general_forms(
    decisions: Iterable[Decision], text: str, mentions_between: Callable[[int, int], Sequence[Mention]]
) -> tuple[Decision, ...]:
    """Return the general decisions that make a step hold in every document; none if it is about one document only.

    Marking, retagging or confirming a mention makes its name known. Removing a mention dismisses its name, unless
    another mention still covers the span: then the user resized a mention or removed a nested one, which means nothing
    for other documents.

    Args:
        decisions: The decisions of the step.
        text: The text of the document.
        mentions_between: Returns the mentions that overlap `start:end` after the step.
    """
    return tuple(
        dict.fromkeys(
            general
            for decision in decisions
            if not (isinstance(decision, MentionRemoved) and mentions_between(decision.start, decision.end))
            for general in decision.general_form(text)
        )
    )


def toggle_general_step(store: Store, general: History, step: str, decisions: Sequence[Decision]) -> History:
    """Make a step of a document hold in every document, or in its document only if it holds in every one.

    Args:
        store: Where decisions are kept.
        general: The history of the general document.
        step: The id of the step, which the general step shares.
        decisions: The general forms of its decisions.

    Returns:
        The new history of the general document.
    """
    if any(general_step.id == step for general_step in general.steps):
        return store.undo(GENERAL_DOCUMENT, step)[1]
    if any(undone.id == step for undone in general.undone):
        return store.redo(GENERAL_DOCUMENT, step)[1]
    return store.append(GENERAL_DOCUMENT, decisions, step)


def follow_general_steps(store: Store, general: History, before: History, after: History) -> History:
    """Undo or redo the general steps that belong to steps of a document that were undone or redone.

    Args:
        store: Where decisions are kept.
        general: The history of the general document.
        before: The history of the document before.
        after: The history of the document now.

    Returns:
        The new history of the general document.
    """
    old_steps, new_steps = ({step.id for step in history.steps} for history in (before, after))
    history = general
    for step in general.steps:
        if step.id in old_steps - new_steps:
            _, history = store.undo(GENERAL_DOCUMENT, step.id)
    for step in history.undone:
        if step.id in new_steps - old_steps:
            _, history = store.redo(GENERAL_DOCUMENT, step.id)
    return history


def list_entries(history: History) -> list[GeneralEntry]:
    """Return the general decisions in the order in which they were made, without those that later ones overrule.

    Args:
        history: The history of the general document.
    """
    overruled = personal_list(history.decisions).overruled
    entries = [GeneralEntry(step.id, decision) for step in history.steps for decision in step.decisions]
    return [entry for index, entry in enumerate(entries) if index not in overruled]


def remove_entries(store: Store, entries: Iterable[GeneralEntry]) -> History:
    """Remove entries from the list. The other decisions of their steps stay."""
    removed_entries = set(entries)
    for step in store.history(GENERAL_DOCUMENT).steps:
        removed = [decision for decision in step.decisions if GeneralEntry(step.id, decision) in removed_entries]
        if removed:
            store.undo(GENERAL_DOCUMENT, step.id)
            store.append(GENERAL_DOCUMENT, [decision for decision in step.decisions if decision not in removed])
    return store.history(GENERAL_DOCUMENT)


def add_decisions(store: Store, decisions: Iterable[Decision]) -> int:
    """Add the decisions that are not in the list yet, as one step. Return how many there were."""
    listed = {entry.decision for entry in list_entries(store.history(GENERAL_DOCUMENT))}
    new_decisions = [decision for decision in dict.fromkeys(decisions) if decision not in listed]
    store.append(GENERAL_DOCUMENT, new_decisions)
    return len(new_decisions)


def entries_to_json(entries: Iterable[GeneralEntry]) -> str:
    """Return the list as JSON text, which `decisions_from_json` reads."""
    objects = []
    for entry in entries:
        kind, payload = encode_decision(entry.decision)
        objects.append({"kind": kind, **json.loads(payload)})
    return json.dumps({"schema": SCHEMA, "names": objects}, ensure_ascii=True, indent=1) + "\n"


def decisions_from_json(text: str) -> list[Decision]:
    """Return the decisions of an exported list.

    Raises:
        MalformedRecordError: The text is not such a list. The message gives the reason in a few words.
    """
    try:
        exported: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedRecordError("not JSON") from None
    if (
        not isinstance(exported, dict)
        or exported.get("schema") != SCHEMA
        or not isinstance(exported.get("names"), list)
    ):
        raise MalformedRecordError(f"not a list of names of schema {SCHEMA}")
    return [_parse_entry(number, value) for number, value in enumerate(exported["names"], 1)]


def _parse_entry(number: int, value: Any) -> Decision:
    try:
        if not isinstance(value, dict):
            raise MalformedRecordError("not an object")
        decision = decode_decision(str(value.get("kind")), json.dumps(value))
        if not decision.is_general:
            raise MalformedRecordError("applies in one document only")
    except MalformedRecordError as error:
        raise MalformedRecordError(f"entry {number}: {error}") from None
    return decision
