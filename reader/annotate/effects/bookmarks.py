"""The bookmarks of a document: the last one that was set for each letter. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotate.decisions import BookmarkRemoved, BookmarkSet
from reader.annotate.log.decision_history import Step


def collect_bookmarks(steps: Iterable[Step]) -> dict[str, int]:
    """Return the offset of each bookmark, in code points, by its letter. Letters come in alphabetical order.

    If the last bookmark of a letter is an orphan, the letter has none: an earlier one was replaced.

    Args:
        steps: The steps in force.
    """
    offsets: dict[str, int] = {}
    for step in steps:
        for decision in step.decisions:
            if isinstance(decision, BookmarkSet) and decision in step.applied:
                offsets[decision.letter] = decision.start
            elif isinstance(decision, BookmarkSet | BookmarkRemoved):
                offsets.pop(decision.letter, None)
    return dict(sorted(offsets.items()))
