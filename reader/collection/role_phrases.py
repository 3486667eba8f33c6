"""Phrases that say what somebody is: "who works as a potter", "was named head coach of Tarn", "stays on as mayor"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from reader.names import tables
from reader.structures.lazy_pattern import lazy_pattern

EMPTY_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "the and for from with his her its their our who was were has had been being are this that into out over under"
        " man woman boy girl person people men women year years old year-old aged age native resident member one two"
        " three first last former late then now once also young local new currently based",
    )
)
"""Words that describe nobody."""
OFFICES: Final = frozenset(
    re.findall(
        r"\S+", "boss chair chief deputy founder head leader owner spokesperson representative successor predecessor"
    )
)
"""What somebody is whom a lead introduces: "Its head, Ada Quill"."""
_BEFORE_ROLE: Final = lazy_pattern(
    r"(?:,\s+who)?((?:\s+[a-z'’-]+){0,6}?)\s+(?:as|(?:named|appointed|elected|re-elected)(?:\s+as)?)\s+"
    r"(?:(?:an?|the|its|his|her|their)\s+)?"
)
_OBJECTS: Final = frozenset(
    re.findall(r"\S+", "a an the his her its their our this that these those him them it us me you")
)
"""Words that begin what somebody calls something else: "called the man a potter"."""
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
NO_MODIFIERS: Final = frozenset(
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
    if match is None or not _OBJECTS.isdisjoint(match[1].split()):
        return None
    return match.end() if starts_with_occupation(text[match.end() : match.end() + 60]) else None


def starts_with_occupation(phrase: str) -> bool:
    """Return whether a phrase begins with an occupation, with nothing before it but words that describe it."""
    occupations = tables.occupations()
    words = phrase.split()
    for word, next_word in zip_longest(words[:_MOST_WORDS], words[1 : _MOST_WORDS + 1], fillvalue=""):
        bare = word.rstrip(".,;:!?)")
        if bare.casefold() in occupations and (bare != word or _ends_before(next_word)):
            return True
        if bare != word or bare in NO_MODIFIERS or not _LOWER_CASE.fullmatch(bare) or bare.endswith("ed"):
            return False
    return False


def _ends_before(word: str) -> bool:
    """Return whether a phrase that names an occupation ends before a word: "potter of", but not "potter school"."""
    bare = word.rstrip(".,;:!?)").removesuffix("'s").removesuffix("’s")
    return not _LOWER_CASE.fullmatch(bare) or bare in NO_MODIFIERS or bare.endswith(("ed", "ing"))


def is_telling(occupation: str) -> bool:
    """Return whether "the potter" after a name can hardly mean anybody but its bearer."""
    return tables.occupations()[occupation] <= _TELLING_FIELDS and occupation not in _OFTEN_OTHERS
