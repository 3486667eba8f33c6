"""Finds words that resemble a name that was reworded, near its old position. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_REACH: Final = 4000
"""Code points to search before and after the old position."""
_MIN_SCORE: Final = 70.0
"""The lowest similarity, of 100, at which words are offered."""
_WORD: Final = lazy_pattern(r"\w+(?:[-.’'&]\w+)*")
_GAP: Final = lazy_pattern(r"[^\S\n]*\n?[^\S\n]*|[,.’'&]\s?|-")
_MAX_WORDS: Final = 12
"""A quote of more words is a passage, not a name."""


def find_similar_words(text: str, quote: str, old_start: int) -> list[tuple[int, int]]:
    """Return the spans of words that resemble a quote, the most similar first. None overlaps another.

    The order of words does not matter: "Human Rights Alliance" resembles "Alliance for Human Rights". A name that
    begins with a capital is compared with words that do.

    Args:
        text: The text as it is now.
        quote: The name as it was.
        old_start: Its approximate position in the earlier text (code points).
    """
    from rapidfuzz import fuzz
    from rapidfuzz.utils import default_process

    processed_quote = default_process(quote)
    ranked: list[tuple[float, int, int, int]] = []
    for start, end in _phrases(text, quote, old_start):
        words = default_process(text[start:end])
        score = max(fuzz.ratio(processed_quote, words), fuzz.token_sort_ratio(processed_quote, words))
        if score >= _MIN_SCORE:
            ranked.append((-score, abs(start - old_start), start, end))
    spans: list[tuple[int, int]] = []
    for _, _, start, end in sorted(ranked):
        if all(end <= better_start or better_end <= start for better_start, better_end in spans):
            spans.append((start, end))
    return spans


def _phrases(text: str, quote: str, old_start: int) -> Iterator[tuple[int, int]]:
    """Yield spans near a position, within one sentence or heading, with about as many words as the quote."""
    count = len(_WORD.findall(quote))
    if not 0 < count <= _MAX_WORDS:
        return
    capitalized = quote[:1].isupper()
    search_end = old_start + len(quote) + _REACH
    words = [match.span() for match in _WORD.finditer(text, max(old_start - _REACH, 0), search_end)]
    joined = [_GAP.fullmatch(text, word[1], next_word[0]) is not None for word, next_word in pairwise(words)]
    for first, (start, _) in enumerate(words):
        if capitalized and not text[start].isupper():
            continue
        for last in range(first, min(first + count + 1, len(words))):
            if last > first and not joined[last - 1]:
                break
            if last - first + 1 >= count - 1 and (not capitalized or text[words[last][0]].isupper()):
                yield start, words[last][1]
