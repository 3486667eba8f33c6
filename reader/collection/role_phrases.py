"""Phrases that say what somebody is: "who works as a potter", "was named head coach of Tarn", "stays on as mayor"."""

from __future__ import annotations

import re
from typing import Final

from reader.names import tables
from reader.structures.lazy_pattern import lazy_pattern

_BEFORE_ROLE: Final = lazy_pattern(
    r"(?:,\s+who\s|\s)[^.,;:!?()“”\"\n]{0,60}?"
    r"(?:(?<=\s)as|\s(?:named|appointed|elected|re-elected)(?:\s+as)?)\s+(?:(?:an?|the|its|his|her|their)\s+)?"
)
_MOST_WORDS: Final = 3
"""Words of which one must be an occupation: "assistant finance director"."""
_LOWER_CASE: Final = lazy_pattern(r"[a-z][a-z'’-]*")
_TELLING_FIELDS: Final = frozenset(
    {"sport", "stage and screen", "music", "art", "writing", "science", "trades", "land and sea"}
)
_OFTEN_OTHERS: Final = frozenset(
    re.findall(
        r"\S+",
        "coach manager referee umpire driver guard captain player director producer presenter model engineer researcher"
        " critic publisher developer champion rider runner center builder cleaner cook hunter",
    )
)
"""Occupations in which somebody else may be meant, whom the text does not name."""
_NO_MODIFIERS: Final = frozenset(
    re.findall(
        r"\S+",
        "a about after against among an and as at before behind but by for from has he her his if in into is it"
        " its like near nor not of off on or our out over said says she than that the their then they this to"
        " told under was were when where which while who whom whose with without",
    )
)
"""Words that do not stand before an occupation in a description."""


def role_after(text: str, offset: int, limit: int) -> int | None:
    """Return the offset at which a phrase says what somebody is whose name ends at an offset, or None.

    Args:
        text: The text.
        offset: The end of the name.
        limit: The offset of the next person's name.
    """
    match = _BEFORE_ROLE.match(text, offset, min(limit, len(text)))
    if match is None or not starts_with_occupation(text[match.end() : match.end() + 60]):
        return None
    return match.end()


def starts_with_occupation(phrase: str) -> bool:
    """Return whether one of the first words of a phrase is an occupation, behind nothing but words that describe it."""
    occupations = tables.occupations()
    for word in phrase.split()[:_MOST_WORDS]:
        bare = word.rstrip(".,;:!?)")
        if bare.casefold() in occupations:
            return True
        if bare != word or bare in _NO_MODIFIERS or not _LOWER_CASE.fullmatch(bare) or bare.endswith("ed"):
            return False
    return False


def is_telling(occupation: str) -> bool:
    """Return whether "the potter" after a name can hardly mean anybody but its bearer."""
    return tables.occupations()[occupation] <= _TELLING_FIELDS and occupation not in _OFTEN_OTHERS
