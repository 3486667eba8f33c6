"""Lines in headline case, as a recognizer makes more of them: "Peace Talks in Geneva Collapse" as a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import Final

from reader.names import common_words, fold
from reader.names.matcher import words
from reader.names.tables import given_names, heads
from reader.recognize.rules.gazetteer import gazetteer

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TITLED: Final = re.compile(r"[A-Z][a-z]+(?:['’]s)?")
_PAIR: Final = re.compile(r"\b([A-Z][^\W\d_]*(?:['’][^\W\d_]+)*)(?= ([A-Z][^\W\d_]*(?:['’][^\W\d_]+)*))")
_FEWEST: Final = 4
"""Words of a headline."""
_MOST: Final = 30
_LONGEST: Final = 240
"""Code points."""
_SHORT: Final = words(
    """a about above after against among an and as at before behind below between but by de en for from in into nor of
    off on onto or out over per than the to under up upon v via vs with within without"""
)
"""What headlines write small, too; any other small word makes it a sentence."""
_LETTERS: Final = 4
"""What a word must have to tell a headline: short ones have capitals for many reasons."""
_LONGEST_WAY: Final = 3
"""Words from the end of a name to what is one without doubt."""
_SHARE: Final = 0.3
"""Of the words, how many must have a capital that a sentence would hardly give them: else it is a list of names."""


def in_headline_case(stretch: str) -> bool:
    """Say whether a stretch, its line breaks as spaces, may be a line in which all but short words have capitals."""
    if len(stretch) > _LONGEST:
        return False
    found = _WORD.findall(stretch)
    return _FEWEST <= len(found) <= _MOST and not any(word.islower() and word not in _SHORT for word in found)


def as_sentence(stretch: str, pairs: Collection[str], small: Collection[str]) -> str:
    """Return a line in headline case as it would stand in a sentence; same length, same offsets.

    Small become the words that are hardly ever names, unless they are part of one: of a name that the tables know, of
    two words that the article's prose writes with capitals, too, behind a given name, or before "Bank" and the like.

    Args:
        stretch: The line.
        pairs: "First Second": words with capitals that follow one another in the prose.
        small: The words that are hardly ever names.
    """
    matches = list(_WORD.finditer(stretch))
    found = [match[0] for match in matches]
    raised = {number for number, word in enumerate(found) if _TITLED.fullmatch(word) and word.lower() in small}
    if sum(len(found[number]) >= _LETTERS for number in raised - {0}) < max(2, _SHARE * len(found)):
        return stretch
    kept = {0} | _known(found) | _paired(found, pairs) | _headed(found, raised)
    pieces, last = [], 0
    for number, match in enumerate(matches):
        word = match[0].lower() if number in raised - kept else match[0]
        pieces += [stretch[last : match.start()], word]
        last = match.end()
    return "".join(pieces) + stretch[last:]


def _paired(found: list[str], pairs: Collection[str]) -> set[int]:
    """Return which words stand beside one with which they stand in the prose, or behind a given name."""
    kept = set()
    given = given_names()
    for number, (first, second) in enumerate(pairwise(found)):
        behind_given = fold(first) in given and first not in common_words() and second[:1].isupper()
        if f"{first} {second}" in pairs or behind_given:
            kept |= {number, number + 1}
    return kept


def _headed(found: list[str], raised: Collection[int]) -> set[int]:
    """Return which words lead from a name to a word that ends those of organizations: "Dhaka Stock Exchange"."""
    kept: set[int] = set()
    for number in raised:
        if found[number].casefold() in heads():
            start = number
            while start in raised and number - start < _LONGEST_WAY:
                start -= 1
            if start >= 0 and start not in raised and found[start][:1].isupper():
                kept |= set(range(start, number + 1))
    return kept


def _known(found: list[str]) -> set[int]:
    """Return which words are part of a name that the tables know."""
    kept = set()
    forms = _long_names()
    for start in range(len(found)):
        for length in forms.get(found[start], ()):
            if " ".join(found[start : start + length]) in gazetteer():
                kept |= set(range(start, start + length))
    return kept


@cache
def _long_names() -> dict[str, tuple[int, ...]]:
    """Return the first words of names of several → of how many."""
    lengths: dict[str, set[int]] = {}
    for form in gazetteer():
        parts = _WORD.findall(form)
        if len(parts) > 1:
            lengths.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(numbers)) for first, numbers in lengths.items()}


def pairs_in(prose: str) -> frozenset[str]:
    """Return the words with capitals that follow one another in a text, two by two."""
    return frozenset(f"{match[1]} {match[2]}" for match in _PAIR.finditer(prose))
