"""Decisions about bookmarks: positions in the text under a letter."""

from __future__ import annotations

from reader.annotate.decisions.decision import BookmarkLetter, Decision, SpanDecision, stored_as
from reader.annotate.decisions.phrases import quoted
from reader.structures.lazy_dataclass import dataclass


def is_bookmark_letter(key: str) -> bool:
    """Return whether a bookmark can have this letter: one letter or digit."""
    return len(key) == 1 and key.isalnum()


@stored_as("bookmark-set")
@dataclass(frozen=True, slots=True)
class BookmarkSet(SpanDecision):
    """The bookmark of a letter is at `start`; the word from there to `end` anchors it."""

    letter: BookmarkLetter

    def _describe(self, quote: str) -> str:
        return f"set bookmark {self.letter} at {quoted(quote)}"


@stored_as("bookmark-removed")
@dataclass(frozen=True, slots=True)
class BookmarkRemoved(Decision):
    """There is no bookmark of this letter any more."""

    letter: BookmarkLetter

    def _describe(self, quote: str) -> str:
        return f"removed bookmark {self.letter}"
