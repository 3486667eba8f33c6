"""Finding many names in a text at once: exact, on token borders, longest first, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple


def words(text: str) -> frozenset[str]:
    """Return the words of a text, as a table that reads well."""
    return frozenset(text.split())


WORD: Final = re.compile(r"[^\W_]+")
"""What a surface is looked up by: its first run of letters and digits."""
_APOSTROPHES: Final = frozenset("'’ʼ`")
_HYPHENS: Final = frozenset("-‐‑")
_PREFIXES: Final = words("anti pro non ex pre post mid counter trans intra inter cross pan semi neo then former all")
"""What may be hyphened to the front of a name without becoming part of it."""


class Hit(NamedTuple):
    """Where a surface stands."""

    start: int
    end: int
    surface: str


class Matcher:
    """Finds every occurrence of some surfaces.

    Time grows with the length of the text and not with the number of surfaces: a surface is tried only where its first
    word stands.
    """

    def __init__(self, surfaces: Iterable[str]) -> None:
        index: dict[str, list[str]] = {}
        for surface in surfaces:
            if first := WORD.match(surface):
                index.setdefault(first[0], []).append(surface)
        for found in index.values():
            found.sort(key=lambda surface: (-len(surface), surface))
        self._index = index

    def hits(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the occurrences in order; where several begin or overlap, the leftmost, then the longest."""
        index, taken = self._index, start
        limit = len(text) if end is None else end
        for word in WORD.finditer(text, start, limit):
            candidates = index.get(word[0])
            if candidates is None or word.start() < taken:
                continue
            place = word.start()
            for surface in candidates:
                stop = place + len(surface)
                if stop <= limit and text.startswith(surface, place) and on_borders(text, place, stop):
                    yield Hit(place, stop, surface)
                    taken = stop
                    break


def on_borders(text: str, start: int, end: int) -> bool:
    """Say whether a stretch begins and ends where a name may: "US" in "US-led", not in "USA" nor in "al-US"."""
    return _free_before(text, start) and _free_after(text, end)


def _free_before(text: str, start: int) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return False
    if before in _APOSTROPHES:
        return start < 2 or not text[start - 2].isalnum()
    if before in _HYPHENS and start > 1 and text[start - 2].isalnum():
        word = _word_before(text, start - 1)
        return word in _PREFIXES or (len(word) > 2 and (word[0].isupper() or word.isdigit()))
    return True


def _free_after(text: str, end: int) -> bool:
    if end >= len(text):
        return True
    after, next_one = text[end], text[end + 1 : end + 2]
    if after.isalnum() or after in "_$":
        return False
    if after in _APOSTROPHES:
        return not next_one.isalnum() or text[end + 1 : end + 3].rstrip().lower() == "s" or text[end - 1] in "sS"
    if after in _HYPHENS and next_one.isalnum():
        # "US-led", "Iran-Iraq", but not "IS-K", "COVID-19", "Jean-Paul" found as "Jean".
        following = text[end + 1 : end + 3]
        return len(following) == 2 and following.isalpha()
    return True


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 24 and text[start - 1].isalnum():
        start -= 1
    return text[start:end].lower() if text[start:end].lower() in _PREFIXES else text[start:end]
