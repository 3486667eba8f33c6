"""Find the words that are hardly ever names, which show what is a name in a line in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from training.corpora import Sample

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]|\n)[\s\"“”'‘’(\[]*$")
_LOOK_BACK = 8
"""Code points before a word in which to look for the start of a sentence."""
_MIN_COUNT = 2
_MIN_SHARE = 0.5
"""The share of the occurrences of a word that must be in small letters."""


def small_words(samples: Iterable[Sample]) -> list[str]:
    """Return the words that the corpora write in small letters more than once, and at least as often as with a capital.

    Capitalized words at the start of a sentence are not counted: every word has a capital there.
    """
    small: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sample in samples:
        for match in _WORD.finditer(sample.text):
            word, start = match[0], match.start()
            if word.islower():
                small[word] += 1
                total[word] += 1
            elif not _SENTENCE_START.search(sample.text[max(0, start - _LOOK_BACK) : start]):
                total[word.lower()] += 1
    return sorted(
        word
        for word, count in small.items()
        if count >= _MIN_COUNT and len(word) > 1 and count >= _MIN_SHARE * total[word]
    )
