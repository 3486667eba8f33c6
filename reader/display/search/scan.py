"""Scans a text for a query in slices, from the cursor to the end and then from the start."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Final

from reader.display.search.matches import Matches
from reader.display.search.query import Query, QueryKind, Searcher

if TYPE_CHECKING:
    from reader.document.normal_text import NormalText

_SLICE: Final = 128 * 1024
_REGEX_SLICE: Final = 32 * 1024
"""Code points of a slice. Expressions take longer."""
_OVERLAP: Final = 2_000
"""Code points of the next slice that a match may reach into, if the slice does not end at a block."""


class Scan:
    """One search in progress. Every slice costs a few milliseconds; the first ones lie below the cursor."""

    def __init__(self, normal: NormalText, query: Query, offset: int = 0) -> None:
        """Begin a search.

        Args:
            normal: The normal form of the document.
            query: What to search for.
            offset: The offset in the document from which to search first.

        Raises:
            QueryError: The query is an invalid regular expression.
        """
        self._normal, self._query = normal, query
        self._searcher = Searcher(query)
        self._origin = _slice_start(normal.text, normal.to_normal(offset, offset)[0] if offset else 0)
        self._next = self._origin
        self._wrapped = False
        self._upper = array("Q"), array("Q")
        """Starts and ends of the matches before the origin."""
        self._lower = array("Q"), array("Q")
        """Starts and ends of the matches after it."""
        self.complete = query.is_empty or not normal.text

    @property
    def matches(self) -> Matches:
        """The matches so far."""
        if not self.complete:
            return Matches(self._query, *self._lower, normal=self._normal, complete=False)
        starts, ends = (upper + lower for upper, lower in zip(self._upper, self._lower, strict=True))
        return Matches(self._query, starts, ends, normal=self._normal)

    @property
    def has_match(self) -> bool:
        """Whether there is a match after the cursor, or the text is searched to its end."""
        return bool(self._lower[0]) or self.complete

    def run(self, seconds: float) -> None:
        """Search for about this long, at least one slice.

        Raises:
            QueryError: The expression takes too long.
        """
        stop = perf_counter() + seconds
        while not self.complete:
            self._scan_slice()
            if perf_counter() >= stop:
                return

    def _scan_slice(self) -> None:
        text = self._normal.text
        limit = self._origin if self._wrapped else len(text)
        start = self._next
        if start < limit:
            size = _REGEX_SLICE if self._query.kind is QueryKind.REGEX else _SLICE
            end = _slice_end(text, start, min(start + size, limit), limit)
            prepared = self._searcher.prepare(text[max(start - 1, 0) : end + _OVERLAP])
            shift = max(start - 1, 0)
            starts, ends = self._upper if self._wrapped else self._lower
            self._add(self._searcher.find(prepared, start - shift, end - shift), shift, starts, ends)
            self._next = end
        if self._next >= limit:
            if self._wrapped or self._origin == 0:
                self.complete = True
            else:
                self._wrapped, self._next = True, 0

    @staticmethod
    def _add(spans: Iterable[tuple[int, int]], shift: int, starts: array[int], ends: array[int]) -> None:
        previous_end = ends[-1] if ends else 0
        for start, end in spans:
            if start + shift >= previous_end:
                starts.append(start + shift)
                ends.append(end + shift)


def find_all(normal: NormalText, query: Query) -> Matches:
    """Find all matches of a query in a document, however both are typeset.

    A space also matches the border of two blocks.

    Raises:
        QueryError: The query is an invalid regular expression, or takes too long.
    """
    scan = Scan(normal, query)
    while not scan.complete:
        scan.run(1)
    return scan.matches


def _slice_start(text: str, offset: int) -> int:
    """Return where to begin so that no match around an offset is cut: after a line break before it, if one is near."""
    start = text.rfind("\n", max(offset - _OVERLAP, 0), offset)
    return start + 1 if start >= 0 else max(offset - _OVERLAP, 0)


def _slice_end(text: str, start: int, end: int, limit: int) -> int:
    """Return the end of a slice: at the last line break in it, if there is one."""
    if end >= limit:
        return limit
    line_break = text.rfind("\n", start + 1, end)
    return line_break + 1 if line_break > start else end
