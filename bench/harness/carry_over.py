"""Decisions on generated documents, and where they are after the documents were edited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.harness.edited_texts import EditedText, edited_text
from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.document import Document

_CONTEXT = 24
"""Code points before or after a quote that tell it apart from its repetitions."""


@dataclass(slots=True)
class CarryOverResult:
    """What became of the decisions on edited documents."""

    documents: int = 0
    decisions: int = 0
    surviving: int = 0
    """Decisions whose own mention is still in the text, even if in a reworded sentence."""
    clear: int = 0
    """Surviving decisions that the old text before or after them tells apart from every repetition in the new text."""
    followed: int = 0
    """Surviving decisions that were carried over to their own mention."""
    clear_followed: int = 0
    wrong: int = 0
    """Decisions that were carried over to anything but their own mention."""
    orphans: int = 0
    unaccounted: int = 0
    """Decisions that are neither in effect nor listed as orphans."""


def run(count: int, folder: Path, first_seed: int = 0) -> CarryOverResult:
    """Mark every name of `count` documents, edit the documents, and open them again from the same path."""
    result = CarryOverResult()
    for seed in range(first_seed, first_seed + count):
        text = edited_text(seed)
        path = folder / f"annotations-{seed}.db"
        old, new = (Document(version, (), "", "article.txt") for version in (text.old, text.new))
        if old.digest == new.digest:
            continue
        with Store.open(path) as store:
            store.append(old, [MentionAdded(*span, f"L{number}") for number, span in text.old_spans.items()])
        with Store.open(path) as store:
            history = store.history(new)
        in_effect = {decision.label: decision for decision in history.decisions if isinstance(decision, MentionAdded)}
        _count(text, in_effect, result)
        result.orphans += len(history.orphans)
        result.unaccounted += len(text.old_spans) - len(history.orphans) - len(history.decisions)
    return result


def _count(text: EditedText, in_effect: dict[str, MentionAdded], result: CarryOverResult) -> None:
    result.documents += 1
    for number, old_span in text.old_spans.items():
        result.decisions += 1
        decision, new_span = in_effect.get(f"L{number}"), text.new_spans.get(number)
        result.wrong += decision is not None and (decision.start, decision.end) != new_span
        if new_span is None:
            continue
        followed = decision is not None and (decision.start, decision.end) == new_span
        result.surviving += 1
        result.followed += followed
        if _is_clear(text, old_span):
            result.clear += 1
            result.clear_followed += followed


def _is_clear(text: EditedText, span: tuple[int, int]) -> bool:
    """Return whether the quote with the text before it, or after it, occurs exactly once in either text."""
    start, end = span
    with_prefix, with_suffix = text.old[max(0, start - _CONTEXT) : end], text.old[start : end + _CONTEXT]
    return any(text.old.count(part) == text.new.count(part) == 1 for part in (with_prefix, with_suffix))
