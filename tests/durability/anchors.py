"""Decisions on generated articles, and where they are after the articles were edited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.document import Document
from tests.durability.edits import Edited, edited

_NEAR = 24
"""Code points on either side of a quote by which it is told from its repeats."""


@dataclass(slots=True)
class Outcome:
    """What became of some decisions."""

    articles: int = 0
    decisions: int = 0
    standing: int = 0
    """Those whose very mention is still in the text, be it in a reworded sentence."""
    clear: int = 0
    """Those of them that a stretch of old text before or after tells from every repeat in the new text."""
    followed: int = 0
    clear_followed: int = 0
    wrong: int = 0
    """Those that were attached to anything but their own mention."""
    orphans: int = 0
    unaccounted: int = 0
    """Those that are neither in effect nor listed as orphans."""


def run(articles: int, folder: Path, first: int = 0) -> Outcome:
    """Mark every name of some articles, edit the articles, and open them again from the same path."""
    outcome = Outcome()
    for seed in range(first, first + articles):
        article = edited(seed)
        path = folder / f"annotations-{seed}.db"
        old, new = (Document(text, (), "", "article.txt") for text in (article.old, article.new))
        if old.digest == new.digest:
            continue
        with Store.open(path) as store:
            store.append(old, [MentionAdded(*place, f"L{number}") for number, place in article.before.items()])
        with Store.open(path) as store:
            history = store.history(new)
        _count(article, {each.label: each for each in history.decisions if isinstance(each, MentionAdded)}, outcome)
        outcome.orphans += len(history.orphans)
        outcome.unaccounted += len(article.before) - len(history.orphans) - len(history.decisions)
    return outcome


def _count(article: Edited, placed: dict[str, MentionAdded], outcome: Outcome) -> None:
    outcome.articles += 1
    for number, place in article.before.items():
        outcome.decisions += 1
        found, truth = placed.get(f"L{number}"), article.after.get(number)
        outcome.wrong += found is not None and (found.start, found.end) != truth
        if truth is None:
            continue
        right = found is not None and (found.start, found.end) == truth
        outcome.standing += 1
        outcome.followed += right
        if _clear(article, place):
            outcome.clear += 1
            outcome.clear_followed += right


def _clear(article: Edited, place: tuple[int, int]) -> bool:
    """Tell whether the quote with what stood before it, or after it, is once in the old text and once in the new."""
    start, end = place
    before, after = article.old[max(0, start - _NEAR) : end], article.old[start : end + _NEAR]
    return any(article.old.count(part) == article.new.count(part) == 1 for part in (before, after))
