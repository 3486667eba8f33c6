"""Mentions asked for by place. They stand in order of place and may nest and cross; none is longer than is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reader.recognize.mention import Mention


def overlapping(mentions: Sequence[Mention], start: int, end: int, longest: int) -> list[Mention]:
    """Return the mentions that overlap `start:end`, in order; `longest` is as many code points as one may have."""
    first = bisect_left(mentions, (start - longest + 1,))
    last = bisect_left(mentions, (end,), lo=first)
    return [mention for mention in mentions[first:last] if mention[1] > start]


def covering(mentions: Sequence[Mention], offset: int, longest: int) -> list[Mention]:
    """Return the mentions that cover a code point, the innermost first."""
    return sorted(overlapping(mentions, offset, offset + 1, longest), key=_length)


def count_before(mentions: Sequence[Mention], place: Sequence[int]) -> int:
    """Return how many mentions stand before a place: `(start,)`, or `(start, end)` among those that begin there."""
    return bisect_left(mentions, tuple(place))


def count_up_to(mentions: Sequence[Mention], place: Sequence[int]) -> int:
    """Return how many mentions stand before a place or at it."""
    return bisect_left(mentions, (*place[:-1], place[-1] + 1))


def longest_of(mentions: Sequence[Mention]) -> int:
    """Return the length of the longest mention, in code points; 0 for none."""
    return max((mention[1] - mention[0] for mention in mentions), default=0)


def _length(mention: Mention) -> int:
    return mention[1] - mention[0]
