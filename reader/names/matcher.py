"""Finds thousands of names in one pass over a text. Matches are exact and cover whole tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reader.names.tables.languages import elisions
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set, so that a constant can be written as one line of words."""
    return frozenset(text.split())


WORD: Final = lazy_pattern(r"[^\W_]+")
"""A run of letters and digits. The index finds a surface form by its first word."""
_APOSTROPHES: Final = frozenset("'’ʼ`")
_HYPHENS: Final = frozenset("-‐‑")
_PREFIXES: Final = words("anti pro non ex pre post mid counter trans intra inter cross pan semi neo then former all")
"""Prefixes that a hyphen joins to a name without making them part of it: "anti-US"."""
_LONGEST_PREFIX: Final = 24
"""Most code points of the word before a hyphen that are compared with prefixes."""


class Hit(NamedTuple):
    """One occurrence of a surface form in a text."""

    start: int
    end: int
    surface: str


class Matcher:
    """Finds every occurrence of a set of surface forms.

    The time grows with the length of the text, not with the number of surface forms: a form is compared only where its
    first word occurs.
    """

    def __init__(self, surfaces: Iterable[str]) -> None:
        index: dict[str, list[str]] = {}
        for surface in surfaces:
            if first_word := WORD.match(surface):
                index.setdefault(first_word[0], []).append(surface)
        for candidates in index.values():
            candidates.sort(key=lambda surface: (-len(surface), surface))
        self._index = index

    def hits(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the occurrences between two offsets, in text order and without overlaps.

        Where two overlap, the one that starts first wins, then the longer one.
        """
        index, last_end = self._index, start
        limit = len(text) if end is None else end
        for word in WORD.finditer(text, start, limit):
            candidates = index.get(word[0])
            if candidates is None or word.start() < last_end:
                continue
            hit_start = word.start()
            for surface in candidates:
                hit_end = hit_start + len(surface)
                if hit_end <= limit and text.startswith(surface, hit_start) and on_borders(text, hit_start, hit_end):
                    yield Hit(hit_start, hit_end, surface)
                    last_end = hit_end
                    break


def on_borders(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` may be a whole name: "US" in "US-led", but not in "USA" or "al-US".

    An elided word before a name is not part of it: "ONU" in "l'ONU".
    """
    return _may_start(text, start) and _may_end(text, end)


def _may_start(text: str, start: int) -> bool:
    if start == 0:
        return True
    previous = text[start - 1]
    if previous.isalnum() or previous == "_":
        return False
    if previous in _APOSTROPHES:
        return start < 2 or not text[start - 2].isalnum() or _word_before(text, start - 1) in elisions()
    if previous in _HYPHENS and start > 1 and text[start - 2].isalnum():
        word = _word_before(text, start - 1)
        return word in _PREFIXES or (len(word) > 2 and (word[0].isupper() or word.isdigit()))
    return True


def _may_end(text: str, end: int) -> bool:
    if end >= len(text):
        return True
    after, following = text[end], text[end + 1 : end + 3]
    if after.isalnum() or after in "_$":
        return False
    if after in _APOSTROPHES:
        return not following[:1].isalnum() or following.rstrip().lower() == "s" or text[end - 1] in "sS"
    if after in _HYPHENS and following[:1].isalnum():
        # A name may end before the hyphen of "US-led" and "Iran-Iraq", but not of "IS-K" and "COVID-19".
        return len(following) == 2 and following.isalpha()
    return True


def _word_before(text: str, end: int) -> str:
    """Return the word that ends at an offset, in lower case if it is one of the prefixes."""
    start = end
    while start > 0 and end - start < _LONGEST_PREFIX and text[start - 1].isalnum():
        start -= 1
    word = text[start:end]
    return word.lower() if word.lower() in _PREFIXES else word
