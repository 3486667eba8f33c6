"""Check the text around a name for signs of what it is, or that it is not a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from reader.document.sentences import starts_sentence
from reader.names import common_words, country_of, titles
from reader.names.matcher import words
from reader.recognize.mention import Mention
from reader.structures.intervals import DisjointSpans
from reader.structures.lazy_pattern import lazy_pattern

_WORD: Final = lazy_pattern(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_CAPITAL_EXPECTED: Final = lazy_pattern(r"(?:[:;•*][\"”’'»)\]]*|\n)[\s\"“‘'«(\[—–-]*$")
"""Capitals are common here although no sentence starts: after a colon, a semicolon, a bullet or a line break."""
_CAPITAL_EXPECTED_LENGTH: Final = 12
"""Code points before an offset in which `_CAPITAL_EXPECTED` is looked for."""
_NEXT_CAPITALIZED: Final = lazy_pattern(r" ([A-Z][a-z][^\W_]*)")
_PREVIOUS_CAPITALIZED: Final = lazy_pattern(r"(?<![^\W_])([A-Z][a-z][^\W_]*) $")
_PREVIOUS_WORD_LENGTH: Final = 24
_DIRECTIONS: Final = words("North South East West Northern Southern Eastern Western Central Upper Lower Greater In The")
_PREPOSITION: Final = lazy_pattern(r"\b(?:in|near|at|outside|inside|around|across|throughout|toward|towards) $")
_PREPOSITION_LENGTH: Final = 12
_TRUST: Final = lazy_pattern(r"\b(?:confidence|trust|trusts|trusted|faith|belief|believes?|believed|disappointed) in $")
_TRUST_LENGTH: Final = 18
"""Code points before a name in which `_TRUST` is looked for."""
_REGION_AFTER: Final = lazy_pattern(r", (?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,2}")
_VERB_AFTER: Final = lazy_pattern(
    r" (?:said|says|told|has|had|was|is|did|also|who|and|wrote|went|came|took|made|met|[a-z]{3,}ed)\b"
)


class Surroundings:
    """Answers questions about the surroundings of spans in one text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = frozenset(mention.start for mention in mentions)
        self._ends = frozenset(mention.end for mention in mentions)
        self._marked = DisjointSpans((mention.start, mention.end) for mention in mentions)

    def is_unmarked(self, start: int, end: int) -> bool:
        """Return whether no mention by the recognizer overlaps `start:end`."""
        return self._marked.free(start, end)

    def has_in_lowercase(self, word: str) -> bool:
        """Return whether a word occurs in lower case in the text."""
        return word in self._lowercase_words

    def is_word(self, form: str) -> bool:
        """Return whether a surface form is also a word: the tables list it, or the text has it in lower case too."""
        return form in common_words() or form.lower() in self._lowercase_words

    def is_capital_expected(self, start: int) -> bool:
        """Return whether a word at this offset has a capital in any case, mostly because a sentence starts there."""
        return (
            starts_sentence(self._text, start)
            or _CAPITAL_EXPECTED.search(self._text, max(0, start - _CAPITAL_EXPECTED_LENGTH), start) is not None
        )

    def is_only_sentence_case(self, form: str, start: int) -> bool:
        """Return whether a form may be just a word of the text that is capitalized because it begins a sentence."""
        return (
            form.isalpha()
            and not form.isupper()
            and form.lower() in self._lowercase_words
            and self.is_capital_expected(start)
            and form not in self._marked_within_sentences
        )

    def precedes_verb(self, end: int) -> bool:
        """Return whether a verb or the like follows: in "May said", not in "May 4" or "May in Paris"."""
        return _VERB_AFTER.match(self._text, end) is not None

    def is_surely_place(self, start: int, end: int) -> bool:
        """Return whether the name at `start:end` can hardly be anything but a place: "in Washington", "Lima, Peru"."""
        if _PREPOSITION.search(self._text, max(0, start - _PREPOSITION_LENGTH), start):
            return _TRUST.search(self._text, max(0, start - _TRUST_LENGTH), start) is None
        region = _REGION_AFTER.match(self._text, end)
        return region is not None and country_of(region[0][2:].rstrip(".’'-")) is not None

    def is_in_longer_name(self, start: int, end: int) -> bool:
        """Return whether a place is part of a longer name that was not found.

        Examples are "Kigali Amendment" and "Food Standards Australia".
        """
        form = self._text[start:end]
        if form.isupper() or "." in form:  # "US Senator"
            return False
        next_word = _NEXT_CAPITALIZED.match(self._text, end)
        if next_word is not None and next_word[1].casefold() not in titles() and next_word.start(1) not in self._starts:
            return True
        previous_word = _PREVIOUS_CAPITALIZED.search(self._text, max(0, start - _PREVIOUS_WORD_LENGTH), start)
        return (
            previous_word is not None
            and previous_word[1] not in _DIRECTIONS
            and not self.is_capital_expected(previous_word.start(1))
            and previous_word.end(1) not in self._ends
        )

    @cached_property
    def _lowercase_words(self) -> frozenset[str]:
        """The words that occur in lower case in the text."""
        return frozenset(word for word in _WORD.findall(self._text) if word.islower())

    @cached_property
    def _marked_within_sentences(self) -> frozenset[str]:
        """The texts that the recognizer marked somewhere other than at the start of a sentence."""
        return frozenset(
            self._text[mention.start : mention.end]
            for mention in self._mentions
            if not self.is_capital_expected(mention.start)
        )
