"""Lines in capitals: what names they hold when every word looks like one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reader.names import common_words
from reader.recognize.rules.gazetteer import Known, gazetteer
from reader.recognize.rules.headlines import as_sentence, pairs_in

_FROM: Final = 8
"""Letters that a line must have before it counts as written in capitals."""
_SHARE: Final = 0.9
"""… and this share of them must be capitals."""
_WORD: Final = re.compile(r"([^\W\d_]{2,})(?:['’](?:S|T|D|M|RE|VE|LL)(?![^\W_]))?")
_CAPITALS: Final = frozenset({"US"})
"""Names that are words in capitals too, but hardly ever in a headline."""
_SMALL_WORDS: Final = Path(__file__).parent.parent / "pipeline" / "small_words.txt"
_SHORTEST: Final = 4
"""Letters that a single word must have to be looked for as if its case said nothing."""


def in_capitals(stretch: str) -> bool:
    """Say whether a stretch of text is written in capitals."""
    if stretch[:40].upper() != stretch[:40]:
        return False
    letters = [char for char in stretch if char.isalpha()]
    return len(letters) >= _FROM and sum(map(str.isupper, letters)) >= _SHARE * len(letters)


class Casing:
    """How a document, and the language, write the words that stand in its lines in capitals."""

    def __init__(self, prose: Iterable[str] = (), small: Collection[str] | None = None) -> None:
        """Look at a document.

        Args:
            prose: What the document writes in small letters and capitals, as usual.
            small: The words that are hardly ever names; None means those that the bundled pipeline knows.
        """
        self._prose = tuple(prose)
        self._seen = frozenset(word for stretch in self._prose for word in _WORD.findall(stretch))
        self._small = small_words() if small is None else small

    def as_title(self, stretch: str) -> str:
        """Return a line in capitals as a headline: "IRAQI FORCES" as "Iraqi forces"; same length, same offsets.

        A recognizer that learnt from sentences makes more of it. Abbreviations that the tables know stay.
        """
        return _WORD.sub(
            lambda word: self._usual(word[1], word.start() == 0) + word[0][len(word[1]) :].lower(),
            stretch,
        )

    def as_sentence(self, stretch: str) -> str:
        """Return a line in headline case as a sentence: "Peace Talks Fail" as "Peace talks fail"; same length."""
        return as_sentence(stretch, self._pairs, self._small)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset().union(*map(pairs_in, self._prose))

    def _usual(self, word: str, first: bool) -> str:
        if word in _CAPITALS or (word in gazetteer() and word not in common_words()):
            return word
        small = word.lower()
        titled = word[0] + small[1:]
        if len(small) != len(word):
            return word
        if first or not (small in self._seen or (titled not in self._seen and small in self._small)):
            return titled
        return small


@cache
def small_words() -> frozenset[str]:
    """Return the words that are written in small letters nearly always, from the bundled pipeline's folder."""
    return frozenset(_SMALL_WORDS.read_text(encoding="utf-8").split())


def spelled_in_capitals(forms: Iterable[str]) -> dict[str, str]:
    """Return the capitals of some names → the names; short words are left out, too many others look like them."""
    return {form.upper(): form for form in forms if " " in form or (len(form) >= _SHORTEST and not form.isupper())}


@cache
def known_in_capitals() -> Mapping[str, Known]:
    """Return the capitals of the names that the tables are sure of → what the tables say."""
    table = gazetteer()
    sure = [form for form, known in table.items() if known.sure and form not in common_words()]
    abbreviations = {form: form for form in sure if form.isupper()}
    capitals = abbreviations | spelled_in_capitals(sure)
    return MappingProxyType({upper: table[form] for upper, form in capitals.items()})
