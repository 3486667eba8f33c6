"""The words that are no names: what lines in capitals are told from names by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from training.corpora import Sample

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]|\n)[\s\"“”'‘’(\[]*$")
_LOOK_BACK = 8
_COUNT = 2
_SHARE = 0.5


def small_words(samples: Iterable[Sample]) -> list[str]:
    """Return the words that the corpora write in small letters, more than once and more often than with a capital.

    A capital at the beginning of a sentence says nothing and is not counted.
    """
    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for sample in samples:
        for match in _WORD.finditer(sample.text):
            word, start = match[0], match.start()
            if word.islower():
                small[word] += 1
                every[word] += 1
            elif not _SENTENCE_START.search(sample.text[max(0, start - _LOOK_BACK) : start]):
                every[word.lower()] += 1
    return sorted(
        word for word, count in small.items() if count >= _COUNT and len(word) > 1 and count >= _SHARE * every[word]
    )
