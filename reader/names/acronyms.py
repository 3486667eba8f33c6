"""Acronyms: whether the letters of a short form are the initials of a long form."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.names.normal import normal
from reader.names.tables import stop_words
from reader.structures.lazy_pattern import lazy_pattern

_WORDS: Final = lazy_pattern(r"[^\W_]+(?:'[^\W_]+)?|&")
_SHORT: Final = lazy_pattern(
    r"[A-Z][A-Za-z&]*[A-Z][a-z]{0,3}|[A-Z]{2,}s?|(?:[A-Z]\.){2,}[A-Z]?|[A-Z]\d{1,2}|[A-Z]{2,6}\d{1,3}"
)
_NUMBER: Final = lazy_pattern(r"(?<=[A-Z]{2})\d+$")

EXACT: Final = 1.0
WITH_STOP_WORDS: Final = 0.97
NEARLY_EXACT: Final = 0.9
SYLLABLES: Final = 0.85
INNER: Final = 0.6
_SHORTEST: Final = 2
_LONGEST: Final = 12
"""The length of the shortest and the longest acronym (code points)."""


def is_acronym(text: str) -> bool:
    """Return whether a name looks like an acronym.

    It has 2 to 12 characters, at least half of them capitals: "NATO", "U.N.", "DoD", "G20", "COVID19".
    """
    bare = normal(text)
    if not _SHORTEST <= len(bare) <= _LONGEST or _SHORT.fullmatch(bare) is None:
        return False
    return sum(map(str.isupper, bare)) * 2 >= len(bare)


@lru_cache(maxsize=1 << 15)
def acronym_score(short: str, long: str) -> float:
    """Return how well `short` matches the initials of `long`, from 0 to 1. Case counts.

    - `EXACT`: one letter per word, stop words skipped.
    - `WITH_STOP_WORDS`: the same, stop words included ("DoD").
    - `NEARLY_EXACT`: stop words skipped, and one of the words is in lower case or `short` ends in a plural "s".
    - `SYLLABLES`: the beginnings of words ("CENTCOM").
    - `INNER`: letters from inside words ("ISIS" of "Islamic State"), too weak to count alone.
    """
    letters = normal(short).replace(".", "")
    words = _WORDS.findall(normal(long).replace(".", ""))
    number = _NUMBER.search(letters)
    if number is not None and len(words) > 2 and words[-1] == number[0]:
        letters, words = letters[: number.start()], words[:-1]
    if not is_acronym(short) or len(words) < 2 or not letters or letters in words:
        return 0.0
    stops = stop_words()
    content_words = [word for word in words if word not in stops]
    if len(content_words) >= 2 and letters == "".join(word[0] for word in content_words if word[0].isalnum()):
        return EXACT if all(word[0].isupper() or word[0].isdigit() for word in content_words) else NEARLY_EXACT
    initials = "".join(word[0] for word in words)
    if letters.upper() == initials.upper() and letters[0] == initials[0]:
        return WITH_STOP_WORDS
    if letters.rstrip("s") != letters and letters[:-1] == "".join(word[0] for word in content_words):
        return NEARLY_EXACT
    if len(letters) >= 3 and _match_beginnings(letters.upper(), [word.upper() for word in content_words]):
        return SYLLABLES
    return INNER if len(letters) >= 3 and _match_inner_letters(letters.upper(), words, stops) else 0.0


def _match_beginnings(letters: str, words: list[str]) -> bool:
    """Return whether the letters are the beginnings of all words in order, 1 to 5 letters of each."""
    match_ends = {0}
    for word in words:
        next_ends = set()
        for start in match_ends:
            for size in range(1, min(5, len(word), len(letters) - start) + 1):
                if letters[start + size - 1] != word[size - 1]:
                    break
                next_ends.add(start + size)
        match_ends = next_ends
    return len(letters) in match_ends


def _match_inner_letters(letters: str, words: list[str], stops: frozenset[str]) -> bool:
    """Return whether the words contain the letters in order, among them the initial of every word but stop words."""
    match_ends = {0}
    for word in words:
        upper = word.upper()
        next_ends: set[int] = set(match_ends) if word in stops else set()
        for start in match_ends:
            if start >= len(letters) or upper[0] != letters[start]:
                continue
            end = start + 1
            next_ends.add(end)
            for char in upper[1:]:
                if end < len(letters) and char == letters[end]:
                    end += 1
                    next_ends.add(end)
        match_ends = next_ends
    return len(letters) in match_ends
