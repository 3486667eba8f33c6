"""The mentions of one document under its decisions, brought up to date decision by decision."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotate.apply import MentionEdits
from reader.annotate.decisions import Decision
from reader.annotate.found import Found
from reader.recognize import Mention


class MentionsUnder:
    """What is found, with what was decided about it. A decision more costs what it touches, and a list made anew."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = Found(text, ())
        self._applied: tuple[Decision, ...] = ()
        self._edits = MentionEdits(text, ())

    def of(self, found: Sequence[Mention], decisions: tuple[Decision, ...]) -> list[Mention]:
        """Return the mentions that stand after the decisions, in order of place."""
        known = len(self._applied)
        if found is not self._found.mentions:
            self._found, known = Found(self._text, found), -1
        if known < 0 or decisions[:known] != self._applied:
            self._edits, known = MentionEdits(self._text, found, self._found), 0
        for decision in decisions[known:]:
            self._edits.apply(decision)
        self._applied = decisions
        return self._edits.mentions()

    @property
    def count_of_user(self) -> int:
        """How many of them are the user's."""
        return self._edits.count_of_user()

    @property
    def longest(self) -> int:
        """No mention is longer (code points)."""
        return max(self._found.longest, self._edits.longest)
