"""Which sentences of a text stand in an edited copy of it, moved ones included. Pure.

A sentence that stands once in both is the same one, wherever it stands (Heckel, “A technique for isolating differences
between files”, 1978). Of sentences that are repeated only those count that both neighbors lead to, or one neighbor
while the other says nothing and there are as many as before. Where two old ones could be the one that is left, none is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_BORDER: Final = re.compile(
    r"(?=\s)(?:\s*\n\s*|(?:(?<=[^\W\dA-Z_][^\W\dA-Z_][.!?…])|(?<=[\d%)\]\"”’»][.!?…])|(?<=[.!?…][)\]\"”’»]))"
    r"\s+(?=[^\sa-z]))|(?<=[。！？])"
)
_ENDS: Final = frozenset('.!?…:;。！？"”’»)]')
_WRAPPED: Final = 48
"""A line of so many code points that ends within a sentence goes on in the next line."""


class Unit(NamedTuple):
    """A sentence, or a line that is none: where it stands, in code points."""

    start: int
    end: int


def units_of(text: str, start: int, end: int) -> list[Unit]:
    """Return the sentences and lines of `text[start:end]`, without the space around them."""
    found, at = [], start
    for first, last in _borders(text, start, end):
        found.append(Unit(at, first))
        at = last
    found.append(Unit(at, end))
    trimmed = (_trimmed(text, unit) for unit in found)
    return [unit for unit in trimmed if unit.start < unit.end]


def same_units(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which sentence of `new` is which of `old`, by index; both are bounded by what has not changed."""
    in_old, in_new = Counter(old), Counter(new)
    there = {sentence: index for index, sentence in enumerate(new)}
    certain = {
        index: there[sentence]
        for index, sentence in enumerate(old)
        if in_old[sentence] == 1 and in_new.get(sentence) == 1
    }
    forward = _followed(old, new, certain)
    last_old, last_new = len(old) - 1, len(new) - 1
    turned = {last_old - a: last_new - b for a, b in certain.items()}
    backward = {last_old - a: last_new - b for a, b in _followed(old[::-1], new[::-1], turned).items()}
    claimants: dict[int, set[int]] = {}
    for claims in (forward, backward):
        for index, target in claims.items():
            claimants.setdefault(target, set()).add(index)
    for target, indexes in claimants.items():
        (index, *others) = indexes
        both = index in forward and index in backward
        as_many = in_old[old[index]] == in_new[old[index]]
        if not others and (both or as_many) and forward.get(index, target) == backward.get(index, target):
            certain[index] = target
    return certain


def _followed(old: Sequence[str], new: Sequence[str], certain: dict[int, int]) -> dict[int, int]:
    """Return where repeated sentences lead that follow, without a break, on a certain one or the beginning."""
    taken = set(certain.values())
    found: dict[int, int] = {}
    nowhere = len(new)
    before = -1
    for index, sentence in enumerate(old):
        if index in certain:
            before = certain[index]
        elif before + 1 < nowhere and before + 1 not in taken and new[before + 1] == sentence:
            found[index] = before = before + 1
        else:
            before = nowhere
    return found


def _borders(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = start
    for border in _BORDER.finditer(text, start, end):
        first, last = border.span()
        breaks = text.count("\n", first, last)
        if breaks == 1 and first - line >= _WRAPPED and text[first - 1] not in _ENDS:
            line = last
            continue
        if breaks:
            line = last
        yield first, last


def _trimmed(text: str, unit: Unit) -> Unit:
    start, end = unit
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Unit(start, end)
