"""Lines in capitals: what names they hold when every word looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from reader.names import common_words
from reader.recognize.gazetteer import Known, gazetteer

_FROM: Final = 8
"""Letters that a line must have before it counts as written in capitals."""
_SHARE: Final = 0.9
"""… and this share of them must be capitals."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SHORTEST: Final = 4
"""Letters that a single word must have to be looked for as if its case said nothing."""


def in_capitals(stretch: str) -> bool:
    """Say whether a stretch of text is written in capitals."""
    if stretch[:40].upper() != stretch[:40]:
        return False
    letters = [char for char in stretch if char.isalpha()]
    return len(letters) >= _FROM and sum(map(str.isupper, letters)) >= _SHARE * len(letters)


def as_title(stretch: str) -> str:
    """Return a line in capitals as a headline: "IRAQI FORCES" as "Iraqi Forces"; same length, same offsets.

    A recognizer that learnt from sentences makes more of it. Abbreviations that the tables know stay.
    """
    return _WORD.sub(lambda word: _titled(word[0]), stretch)


def _titled(word: str) -> str:
    if word in gazetteer() and word not in common_words():
        return word
    titled = word[0] + word[1:].lower()
    return titled if len(titled) == len(word) else word


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
