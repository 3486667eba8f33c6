"""Searches a text for all matches of a string, to step through."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field


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


def find_all(text: str, query: str) -> Matches:
    """Find all matches of `query`. A space matches any white space; case matters only if `query` contains capitals."""
    if not query.strip():
        return Matches(query)
    pattern = r"\s+".join(re.escape(part) for part in query.split())
    flags = re.NOFLAG if any(character.isupper() for character in query) else re.IGNORECASE
    starts, ends = array("Q"), array("Q")
    for match in re.finditer(pattern, text, flags):
        starts.append(match.start())
        ends.append(match.end())
    return Matches(query, starts, ends)
