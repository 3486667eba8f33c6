"""Stretches of a text that do not overlap, asked for by place."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from operator import itemgetter


class Stretches:
    """A growing set of stretches, start to end exclusive, none of which overlaps another.

    Kept in short sorted lists, one for each part of the text, so that asking and adding take the same time in a long
    text as in a short one.
    """

    _PART = 4096

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._parts: dict[int, list[tuple[int, int]]] = {}
        for start, end in stretches:
            self.add(start, end)

    def free(self, start: int, end: int) -> bool:
        """Say whether `start:end` overlaps none of them."""
        for part in range(start // self._PART, (end - 1) // self._PART + 1):
            row = self._parts.get(part)
            if row:
                place = bisect_right(row, start, key=itemgetter(0))
                if (place and row[place - 1][1] > start) or (place < len(row) and row[place][0] < end):
                    return False
        return True

    def holds(self, place: int) -> bool:
        """Say whether one of them holds a place."""
        return bool(self._parts) and not self.free(place, place + 1)

    def add(self, start: int, end: int) -> None:
        """Add a stretch that is free."""
        for part in range(start // self._PART, (end - 1) // self._PART + 1):
            insort(self._parts.setdefault(part, []), (start, end))
