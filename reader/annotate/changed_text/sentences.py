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

from reader.document.sentences import sentence_ends

_LINE_BREAKS: Final = re.compile(r"\s*\n\s*")
_ENDS: Final = frozenset('.!?…:;。！？"”’»)]')
_WRAPPED: Final = 48
"""A line of so many code points that ends within a sentence goes on in the next line."""


class Unit(NamedTuple):
    """A sentence, or a line that is none: where it stands, in code points."""

    start: int
    end: int


def units_of(text: str, start: int, end: int) -> list[Unit]:
    """Return the sentences and lines of `text[start:end]`, without the space around them."""
    units = []
    for line_start, line_end in _lines(text, start, end):
        unit_start = line_start
        for sentence_end in sentence_ends(text, line_start, line_end):
            units.append(Unit(unit_start, sentence_end))
            unit_start = sentence_end
        if unit_start < line_end:
            units.append(Unit(unit_start, line_end))
    trimmed = (_trimmed(text, unit) for unit in units)
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


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of `text[start:end]`, lines of one wrapped paragraph joined."""
    first_line = line = start
    for gap in _LINE_BREAKS.finditer(text, start, end):
        line_end, next_line = gap.span()
        is_wrapped = line_end - line >= _WRAPPED and text[line_end - 1] not in _ENDS
        line = next_line
        if not is_wrapped or text.count("\n", line_end, next_line) > 1:
            yield first_line, line_end
            first_line = next_line
    yield first_line, end


def _trimmed(text: str, unit: Unit) -> Unit:
    start, end = unit
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Unit(start, end)
