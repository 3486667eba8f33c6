"""Convert lines in headline case to sentence case, in which the recognizer finds more names.

"Peace Talks in Geneva Collapse" becomes "Peace talks in Geneva collapse".
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import Final

from reader.names import common_words, fold
from reader.names.matcher import words
from reader.names.tables import given_names, heads
from reader.recognize.rules.gazetteer import gazetteer
from reader.structures.lazy_pattern import lazy_pattern

_WORD: Final = lazy_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TITLED: Final = lazy_pattern(r"[A-Z][a-z]+(?:['’]s)?")
_PAIR: Final = lazy_pattern(r"\b([A-Z][^\W\d_]*(?:['’][^\W\d_]+)*)(?= ([A-Z][^\W\d_]*(?:['’][^\W\d_]+)*))")
_MIN_WORDS: Final = 4
"""A headline has at least this many words …"""
_MAX_WORDS: Final = 30
_MAX_LENGTH: Final = 240
"""… and at most this many code points."""
_SMALL_IN_HEADLINES: Final = words(
    """a about above after against among an and as at before behind below between but by de en for from in into nor of
    off on onto or out over per than the to under up upon v via vs with within without"""
)
"""The words that headlines have in lower case too. Any other word in lower case means that the line is a sentence."""
_MIN_LETTERS: Final = 4
"""Only longer words count as a sign of headline case: short ones have capitals for many reasons."""
_MAX_DISTANCE: Final = 3
"""Words from the final word of an organization's name back to a word that is certainly a name."""
_MIN_SHARE: Final = 0.3
"""Share of words that would hardly have a capital in a sentence. With fewer of them, the line is a list of names."""


def in_headline_case(line: str) -> bool:
    """Return whether all but the short words of a line (with spaces for line breaks) may have capitals."""
    if len(line) > _MAX_LENGTH:
        return False
    line_words = _WORD.findall(line)
    return _MIN_WORDS <= len(line_words) <= _MAX_WORDS and not any(
        word.islower() and word not in _SMALL_IN_HEADLINES for word in line_words
    )


def as_sentence(line: str, pairs: Collection[str], small: Collection[str]) -> str:
    """Return a line in headline case in sentence case, with the same length and offsets.

    The words in `small` become lower case unless they are part of a name: a name in the tables, a capitalized pair of
    words that also occurs in the prose of the document, a given name and the word after it, or the name of an
    organization that ends in a word like "Bank".

    Args:
        line: The line.
        pairs: Capitalized words that occur in a row in the prose, as "First Second".
        small: Lower-case words that are hardly ever names.
    """
    matches = list(_WORD.finditer(line))
    line_words = [match[0] for match in matches]
    candidates = {index for index, word in enumerate(line_words) if _TITLED.fullmatch(word) and word.lower() in small}
    if sum(len(line_words[index]) >= _MIN_LETTERS for index in candidates - {0}) < max(2, _MIN_SHARE * len(line_words)):
        return line
    name_words = (
        {0}
        | _words_in_tables(line_words)
        | _words_in_pairs(line_words, pairs)
        | _words_of_organizations(line_words, candidates)
    )
    pieces, last = [], 0
    for index, match in enumerate(matches):
        word = match[0].lower() if index in candidates - name_words else match[0]
        pieces += [line[last : match.start()], word]
        last = match.end()
    return "".join(pieces) + line[last:]


def _words_in_pairs(line_words: list[str], pairs: Collection[str]) -> set[int]:
    """Return the indexes of words that also occur in a row in the prose, or that follow a first_names name."""
    indexes = set()
    first_names = given_names()
    for index, (first, second) in enumerate(pairwise(line_words)):
        follows_given_name = fold(first) in first_names and first not in common_words() and second[:1].isupper()
        if f"{first} {second}" in pairs or follows_given_name:
            indexes |= {index, index + 1}
    return indexes


def _words_of_organizations(line_words: list[str], candidates: Collection[int]) -> set[int]:
    """Return the indexes of words from a name to the final word of an organization: "Dhaka Stock Exchange"."""
    indexes: set[int] = set()
    for last in candidates:
        if line_words[last].casefold() in heads():
            first = last
            while first in candidates and last - first < _MAX_DISTANCE:
                first -= 1
            if first >= 0 and first not in candidates and line_words[first][:1].isupper():
                indexes |= set(range(first, last + 1))
    return indexes


def _words_in_tables(line_words: list[str]) -> set[int]:
    """Return the indexes of words that are part of a longer name in the tables."""
    indexes = set()
    lengths_by_first_word = _name_lengths()
    for start in range(len(line_words)):
        for length in lengths_by_first_word.get(line_words[start], ()):
            if " ".join(line_words[start : start + length]) in gazetteer():
                indexes |= set(range(start, start + length))
    return indexes


@cache
def _name_lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths, in words, of the names of several words in the tables, by their first word."""
    lengths: dict[str, set[int]] = {}
    for form in gazetteer():
        parts = _WORD.findall(form)
        if len(parts) > 1:
            lengths.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(word_counts)) for first, word_counts in lengths.items()}


def capitalized_pairs(prose: str) -> frozenset[str]:
    """Return the pairs of capitalized words in a row in a text, as "First Second"."""
    return frozenset(f"{match[1]} {match[2]}" for match in _PAIR.finditer(prose))
