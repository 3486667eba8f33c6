"""Searches a text for all matches of a string, to step through."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.document.normal_text import NormalText


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches of a search, in text order."""

    query: str = ""
    starts: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("Q"))

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the matches that overlap `start:end`."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return [(self.starts[index], self.ends[index]) for index in range(first, last)]

    def after(self, offset: int) -> int | None:
        """Return the index of the first match after `offset`, wrapping to the first; None if there are no matches."""
        return bisect_right(self.starts, offset) % len(self) if len(self) else None

    def before(self, offset: int) -> int | None:
        """Return the index of the last match before `offset`, wrapping to the last; None if there are no matches."""
        return (bisect_left(self.starts, offset) - 1) % len(self) if len(self) else None

    def at(self, offset: int) -> int | None:
        """Return the index of the match that starts at `offset`, or None."""
        index = bisect_left(self.starts, offset)
        return index if index < len(self) and self.starts[index] == offset else None

    def span_at(self, offset: int) -> tuple[int, int] | None:
        """Return the span of the match that starts at `offset`, or None."""
        index = self.at(offset)
        return None if index is None else (self.starts[index], self.ends[index])


def find_all(normal: NormalText, query: str) -> Matches:
    """Find all matches of `query` in a document, however both are typeset.

    A space also matches the border of two blocks. Case matters only if `query` contains capitals.
    """
    from reader.document.normal_text import normalize  # not needed before the first search

    words = normalize(query).split()
    if not words:
        return Matches(query)
    pattern = r"\s+".join(map(re.escape, words))
    flags = re.NOFLAG if any(character.isupper() for character in query) else re.IGNORECASE
    starts, ends = array("Q"), array("Q")
    for match in re.finditer(pattern, normal.text, flags):
        start, end = normal.to_document(*match.span())
        starts.append(start)
        ends.append(end)
    return Matches(query, starts, ends)
