"""Initials: whether a short form may stand for a long one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.names.normal import normal
from reader.names.tables import stop_words

_WORDS: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?|&")
_SHORT: Final = re.compile(
    r"[A-Z][A-Za-z&]*[A-Z][a-z]{0,3}|[A-Z]{2,}s?|(?:[A-Z]\.){2,}[A-Z]?|[A-Z]\d{1,2}|[A-Z]{2,6}\d{1,3}"
)
_NUMBER: Final = re.compile(r"(?<=[A-Z]{2})\d+$")

EXACT: Final = 1.0
WITH_STOP_WORDS: Final = 0.97
SYLLABLES: Final = 0.85
INNER: Final = 0.6


def is_acronym(text: str) -> bool:
    """Say whether a name looks like initials: two to ten letters in capitals, dots and small stop letters allowed."""
    bare = normal(text)
    return 2 <= len(bare) <= 12 and _SHORT.fullmatch(bare) is not None and sum(map(str.isupper, bare)) * 2 >= len(bare)


@lru_cache(maxsize=1 << 15)
def acronym_score(short: str, long: str) -> float:
    """Return how well `short` is the initials of `long`, 0 to 1; case-sensitive.

    1.0 is one letter a word, stop words skipped; 0.97 the same with stop words ("DoD"); 0.85 beginnings of words
    ("CENTCOM"); 0.6 letters from inside words ("ISIS" of "Islamic State"), too little to stand alone.
    """
    letters = normal(short).replace(".", "")
    words = _WORDS.findall(normal(long).replace(".", ""))
    number = _NUMBER.search(letters)
    if number is not None and len(words) > 2 and words[-1] == number[0]:
        letters, words = letters[: number.start()], words[:-1]
    if not is_acronym(short) or len(words) < 2 or not letters or letters in words:
        return 0.0
    stops = stop_words()
    kept = [word for word in words if word not in stops]
    if len(kept) >= 2 and letters == "".join(word[0] for word in kept if word[0].isalnum()):
        return EXACT if all(word[0].isupper() or word[0].isdigit() for word in kept) else 0.9
    initials = "".join(word[0] for word in words)
    if letters.upper() == initials.upper() and letters[0] == initials[0]:
        return WITH_STOP_WORDS
    if letters.rstrip("s") != letters and letters[:-1] == "".join(word[0] for word in kept):
        return 0.9
    if len(letters) >= 3 and _syllables(letters.upper(), [word.upper() for word in kept]):
        return SYLLABLES
    return INNER if len(letters) >= 3 and _inner(letters.upper(), words, stops) else 0.0


def _syllables(letters: str, words: list[str]) -> bool:
    """Say whether the letters are made of beginnings of all words, in order, none longer than five letters."""
    reach = {0}
    for word in words:
        ahead = set()
        for place in reach:
            for size in range(1, min(5, len(word), len(letters) - place) + 1):
                if letters[place + size - 1] != word[size - 1]:
                    break
                ahead.add(place + size)
        reach = ahead
    return len(letters) in reach


def _inner(letters: str, words: list[str], stops: frozenset[str]) -> bool:
    """Say whether the letters stand in order in the words, with the initial of every word that is no stop word."""
    reach = {0}
    for word in words:
        upper = word.upper()
        ahead: set[int] = set(reach) if word in stops else set()
        for place in reach:
            if place >= len(letters) or upper[0] != letters[place]:
                continue
            taken = place + 1
            ahead.add(taken)
            for char in upper[1:]:
                if taken < len(letters) and char == letters[taken]:
                    taken += 1
                    ahead.add(taken)
        reach = ahead
    return len(letters) in reach
