"""Words near a place that resemble a name which was reworded. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_NEAR: Final = 4000
"""Code points on either side of the old place that are looked through."""
_ALIKE: Final = 70.0
"""From which likeness on, of 100, words are offered."""
_WORD: Final = re.compile(r"\w+(?:[-.’'&]\w+)*")
_GAP: Final = re.compile(r"[^\S\n]*\n?[^\S\n]*|[,.’'&]\s?|-")
_MOST_WORDS: Final = 12


def similar(text: str, quote: str, near: int) -> list[tuple[int, int]]:
    """Return places of words that resemble a quote, the most alike first, none overlapping another.

    Words in another order count as alike: "Human Rights Alliance", "Alliance for Human Rights". A name that begins with
    a capital is sought among words that do.

    Args:
        text: The text as it is now.
        quote: The name as it was.
        near: About where it stood (code point).
    """
    from rapidfuzz import fuzz
    from rapidfuzz.utils import default_process

    wanted = default_process(quote)
    found: list[tuple[float, int, int, int]] = []
    for start, end in _phrases(text, quote, near):
        words = default_process(text[start:end])
        score = max(fuzz.ratio(wanted, words), fuzz.token_sort_ratio(wanted, words))
        if score >= _ALIKE:
            found.append((-score, abs(start - near), start, end))
    places: list[tuple[int, int]] = []
    for _, _, start, end in sorted(found):
        if all(end <= other_start or other_end <= start for other_start, other_end in places):
            places.append((start, end))
    return places


def _phrases(text: str, quote: str, near: int) -> Iterator[tuple[int, int]]:
    """Yield what stands near a place and has about as many words as the quote, within one sentence or heading."""
    count = len(_WORD.findall(quote))
    if not 0 < count <= _MOST_WORDS:
        return
    capital = quote[:1].isupper()
    words = [each.span() for each in _WORD.finditer(text, max(near - _NEAR, 0), near + len(quote) + _NEAR)]
    joined = [_GAP.fullmatch(text, one[1], other[0]) is not None for one, other in pairwise(words)]
    for first, (start, _) in enumerate(words):
        if capital and not text[start].isupper():
            continue
        for last in range(first, min(first + count + 1, len(words))):
            if last > first and not joined[last - 1]:
                break
            if last - first + 1 >= count - 1 and (not capital or text[words[last][0]].isupper()):
                yield start, words[last][1]
