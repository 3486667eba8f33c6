"""What stands around a place in the text, and what that says about a name there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from reader.document.sentences import starts_sentence
from reader.names import common_words, country_of, titles
from reader.names.matcher import words
from reader.recognize.mention import Mention
from reader.structures.intervals import DisjointSpans

_LOWER_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_CAPITAL_EXPECTED: Final = re.compile(r"(?:[:;•*][\"”’'»)\]]*|\n)[\s\"“‘'«(\[—–-]*$")
"""Capitals are common here although no sentence starts: after a colon, a semicolon, a bullet or a line break."""
_LOOK_BACK: Final = 12
_NEXT_CAPITAL: Final = re.compile(r" ([A-Z][a-z][^\W_]*)")
_LAST_CAPITAL: Final = re.compile(r"(?<![^\W_])([A-Z][a-z][^\W_]*) $")
_LONGEST_WORD: Final = 24
_DIRECTIONS: Final = words("North South East West Northern Southern Eastern Western Central Upper Lower Greater In The")
_PREPOSITION: Final = re.compile(r"\b(?:in|near|at|outside|inside|around|across|throughout|toward|towards) $")
_LONGEST_PREPOSITION: Final = 12
_REGION_AFTER: Final = re.compile(r", (?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,2}")
_ACTING: Final = re.compile(
    r" (?:said|says|told|has|had|was|is|did|also|who|and|wrote|went|came|took|made|met|[a-z]{3,}ed)\b"
)


class Context:
    """Answers questions about places in one text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = frozenset(mention.start for mention in mentions)
        self._ends = frozenset(mention.end for mention in mentions)
        self._marked = DisjointSpans((mention.start, mention.end) for mention in mentions)

    def free(self, start: int, end: int) -> bool:
        """Say whether the recognizer marked nothing there."""
        return self._marked.free(start, end)

    def is_word(self, form: str) -> bool:
        """Say whether a name is also a word: by the tables, or because the text has it in small letters too."""
        return form in common_words() or form.lower() in self._lower_words

    def starts_sentence(self, start: int) -> bool:
        """Say whether a capital would stand there anyway."""
        return (
            starts_sentence(self._text, start)
            or _CAPITAL_EXPECTED.search(self._text, max(0, start - _LOOK_BACK), start) is not None
        )

    def only_begins_sentence(self, form: str, start: int) -> bool:
        """Say whether a word of the text may be marked only because its sentence begins with it."""
        return (
            form.isalpha()
            and not form.isupper()
            and form.lower() in self._lower_words
            and self.starts_sentence(start)
            and form not in self._inner
        )

    def acts(self, end: int) -> bool:
        """Say whether a verb or the like follows: "May said", not "May 4" nor "May in Paris"."""
        return _ACTING.match(self._text, end) is not None

    def in_place(self, start: int, end: int) -> bool:
        """Say whether what stands here can hardly be but a place: "in Washington", "Lima, Peru"."""
        if _PREPOSITION.search(self._text, max(0, start - _LONGEST_PREPOSITION), start):
            return True
        after = _REGION_AFTER.match(self._text, end)
        return after is not None and country_of(after[0][2:].rstrip(".’'-")) is not None

    def in_longer_name(self, start: int, end: int) -> bool:
        """Say whether a place is part of a name that nobody found: "Kigali Amendment", "Food Standards Australia"."""
        form = self._text[start:end]
        if form.isupper() or "." in form:  # "US Senator"
            return False
        after = _NEXT_CAPITAL.match(self._text, end)
        if after is not None and after[1].casefold() not in titles() and after.start(1) not in self._starts:
            return True
        before = _LAST_CAPITAL.search(self._text, max(0, start - _LONGEST_WORD), start)
        return (
            before is not None
            and before[1] not in _DIRECTIONS
            and not self.starts_sentence(before.start(1))
            and before.end(1) not in self._ends
        )

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        """The words that the text has in small letters."""
        return frozenset(word for word in _LOWER_WORD.findall(self._text) if word.islower())

    @cached_property
    def _inner(self) -> frozenset[str]:
        """The surfaces that the recognizer marked inside a sentence."""
        return frozenset(
            self._text[mention.start : mention.end]
            for mention in self._mentions
            if not self.starts_sentence(mention.start)
        )
