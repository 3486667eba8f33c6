"""Looks up sorted spans by offset.

A span is a tuple that begins with its start and its end, in code points, end exclusive: a bare `(start, end)` or a
`Mention`. Sorted spans may nest and overlap; look-ups need the length of the longest of them (`longest_of`) to bound
their search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, Final, TypeVar

Span = TypeVar("Span", bound=tuple[Any, ...])

_PART: Final = 4096
"""Code points of text per list in `DisjointSpans`."""


def longest_of(spans: Iterable[Sequence[int]] | Iterable[tuple[Any, ...]]) -> int:
    """Return the length of the longest span in code points, or 0 if there are no spans."""
    return max((span[1] - span[0] for span in spans), default=0)


def overlapping(spans: Sequence[Span], start: int, end: int, longest: int) -> list[Span]:
    """Return the spans that overlap `start:end`, in order.

    Args:
        spans: Sorted spans.
        start: First offset.
        end: Offset after the last.
        longest: An upper bound for the length of a span.
    """
    first = bisect_left(spans, (start - longest + 1,))
    last = bisect_left(spans, (end,), lo=first)
    return [span for span in spans[first:last] if span[1] > start] if first < last else []


def overlapping_indexes(spans: Sequence[Span], start: int, end: int, longest: int) -> list[int]:
    """Return the indexes of the spans that overlap `start:end`, in order; no span is longer than `longest`."""
    first = bisect_left(spans, (start - longest + 1,))
    last = bisect_left(spans, (end,), lo=first)
    return [index for index in range(first, last) if spans[index][1] > start]


def overlapping_range(disjoint: Sequence[Span], start: int, end: int) -> range:
    """Return the indexes of the spans that overlap `start:end`, in sorted spans that do not overlap one another."""
    first = bisect_left(disjoint, (start,))
    if first and disjoint[first - 1][1] > start:
        first -= 1
    return range(first, bisect_left(disjoint, (end,), lo=first))


def covering(spans: Sequence[Span], offset: int, longest: int) -> list[Span]:
    """Return the spans that cover an offset, the shortest first; no span is longer than `longest`."""
    return sorted(overlapping(spans, offset, offset + 1, longest), key=_length)


def starting_within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the spans that start at `start` or later and before `end`, in order."""
    first = bisect_left(spans, (start,))
    return spans[first : bisect_left(spans, (end,), lo=first)]


def find_span(spans: Sequence[Span], start: int, end: int) -> int | None:
    """Return the index of the span `start:end`; None if there is none."""
    index = bisect_left(spans, (start, end))
    return index if index < len(spans) and spans[index][:2] == (start, end) else None


def indexes_at(spans: Sequence[Span], start: int, end: int) -> range:
    """Return the indexes of the spans that are exactly `start:end`."""
    first = last = bisect_left(spans, (start, end))
    while last < len(spans) and spans[last][:2] == (start, end):  # one or two spans: quicker than to bisect again
        last += 1
    return range(first, last)


def find_item(spans: Sequence[Span], span: Span) -> int | None:
    """Return the index of `span`, compared in all its fields; None if it is missing."""
    index = bisect_left(spans, span)
    return index if index < len(spans) and spans[index] == span else None


def count_before(spans: Sequence[Span], position: Sequence[int]) -> int:
    """Return how many spans sort before a position: `(start,)`, or `(start, end)` among those with this start."""
    return bisect_left(spans, tuple(position))


def count_up_to(spans: Sequence[Span], position: Sequence[int]) -> int:
    """Return how many spans sort before a position or equal it."""
    return bisect_left(spans, (*position[:-1], position[-1] + 1))


class DisjointSpans:
    """A growing set of spans that do not overlap.

    Spans are kept in short sorted lists, one for each part of the text. Look-ups and additions therefore take no longer
    in a long text than in a short one.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._parts: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            self.add(start, end)

    def free(self, start: int, end: int) -> bool:
        """Return whether no span overlaps `start:end`."""
        for part in range(start // _PART, (end - 1) // _PART + 1):
            spans = self._parts.get(part)
            if spans:
                index = bisect_right(spans, start, key=itemgetter(0))
                if (index and spans[index - 1][1] > start) or (index < len(spans) and spans[index][0] < end):
                    return False
        return True

    def covers(self, offset: int) -> bool:
        """Return whether a span covers an offset."""
        return bool(self._parts) and not self.free(offset, offset + 1)

    def add(self, start: int, end: int) -> None:
        """Add `start:end`, which must be free."""
        for part in range(start // _PART, (end - 1) // _PART + 1):
            insort(self._parts.setdefault(part, []), (start, end))


def _length(span: Sequence[Any]) -> int:
    return int(span[1] - span[0])
