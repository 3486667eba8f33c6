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


def longest_of(mentions: Sequence[Mention]) -> int:
    """Return the length of the longest mention, in code points; 0 for none."""
    return max((mention[1] - mention[0] for mention in mentions), default=0)


def inner_of(mentions: Sequence[Mention]) -> list[Mention]:
    """Return those of some mentions, in order of place, that lie within another of them."""
    return [each for each in mentions if any(_holds(other, each) for other in mentions if other is not each)]


def _length(mention: Mention) -> int:
    return mention[1] - mention[0]


def _holds(outer: Mention, inner: Mention) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and _length(inner) < _length(outer)
