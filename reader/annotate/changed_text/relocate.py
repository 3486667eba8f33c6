"""Where a place of a text is in an edited copy of it: found for certain, or not at all. Pure.

What stands before and after all changes is where it was. In between, sentences that are the same carry their places
along (`units`); in a sentence that was reworded, a quote has its place where the words around it decide: the same
quote elsewhere must fit clearly worse, and no other place of the old text may fit there nearly as well.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from reader.annotate.changed_text.sentences import Unit, same_units, units_of
from reader.structures.intervals import count_up_to

_WINDOW: Final = 12
"""Words of its sentence that are looked at on either side of a quote."""

_REACH: Final = 400
"""The same in code points."""

_WORDS: Final = 4
"""Words around a quote that must stand around it in the new text, in order; one of its two neighbors among them."""

_SHARE: Final = 0.6
"""Share of the words around a quote, in the old and the new sentence together, that must be the same."""

_FACING: Final = (2, 0.5)
"""The same two, for a sentence that stands between the same neighbors as before."""

_RIVAL: Final = 0.6
"""Share of the words that fit at the right place up to which others may fit elsewhere."""

_NEAR: Final = 50
"""Sentences to either side among which a rival is looked for."""

_KIN: Final = 0.1
"""Share of the shorter text that two versions of an article have in common at least."""

_CJK: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD: Final = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")


class _Place(NamedTuple):
    """An occurrence of a quote in a sentence that has no equal in the other text."""

    start: int
    unit: int
    left: list[str]
    """The words before it in its sentence, the nearest first."""
    right: list[str]
    around: frozenset[str]


class Relocation:
    """Two versions of a text, and the way from the old one to the new."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        """The old text."""
        self._new = new
        self._head, self._tail = _unchanged(old, new)
        self._old_units = units_of(old, self._head, len(old) - self._tail)
        self._new_units = units_of(new, self._head, len(new) - self._tail)
        self._same = same_units(
            [" ".join(old[a:b].split()) for a, b in self._old_units],
            [" ".join(new[a:b].split()) for a, b in self._new_units],
        )
        for index in self._doubtful():
            del self._same[index]
        self._taken = set(self._same.values())
        self._known: dict[tuple[str, bool, bool], tuple[list[_Place], list[_Place]]] = {}

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where `old[start:end]` stands in the new text; None where that is not certain.

        What stands there is the same to the letter; any run of white space is taken for a space.
        """
        if end <= self._head:
            return start, end
        if start >= len(self.old) - self._tail:
            shift = len(self._new) - len(self.old)
            return start + shift, end + shift
        index = _unit_at(self._old_units, start, end)
        if index is None:
            return None
        if index in self._same:
            return self._inside(self._old_units[index], self._new_units[self._same[index]], start, end)
        found = self._by_words(start, end)
        return None if found is None else (found, found + end - start)

    def _doubtful(self) -> list[int]:
        """Return the sentences that moved alone while something new stands between their old neighbors.

        It could be the same sentence, reworded, and the one that moved a copy of it.
        """
        taken = set(self._same.values())
        return [
            index
            for index, target in self._same.items()
            if not (self._next_to(index, target, -1) or self._next_to(index, target, 1))
            and target not in (between := self._between(index))
            and any(new not in taken for new in between)
        ]

    def _between(self, index: int) -> range:
        """Return the new sentences that stand where an old one stood: between the nearest neighbors that are left."""
        before, after = index - 1, index + 1
        while before >= 0 and before not in self._same:
            before -= 1
        while after < len(self._old_units) and after not in self._same:
            after += 1
        first = self._same[before] if before >= 0 else -1
        last = self._same[after] if after < len(self._old_units) else len(self._new_units)
        return range(first + 1, last)

    def _next_to(self, index: int, target: int, way: int) -> bool:
        """Tell whether a sentence has the neighbor that it had."""
        if not 0 <= index + way < len(self._old_units):
            return not 0 <= target + way < len(self._new_units)
        return self._same.get(index + way) == target + way

    def _inside(self, old: Unit, new: Unit, start: int, end: int) -> tuple[int, int] | None:
        """Return the place in a sentence that is the same but perhaps for the space in it."""
        there = (new.start + start - old.start, new.start + end - old.start)
        if self.old[old.start : old.end] != self._new[new.start : new.end]:
            letters = [at for at in range(*new) if not self._new[at].isspace()]
            first = sum(not self.old[at].isspace() for at in range(old.start, start))
            count = sum(not self.old[at].isspace() for at in range(start, end))
            if not count:
                return None
            there = (letters[first], letters[first + count - 1] + 1)
        same = self._new[there[0] : there[1]].split() == self.old[start:end].split()
        return there if same else None

    @cached_property
    def kin(self) -> bool:
        """Whether the new text is a version of the old one, and not another article."""
        shorter = min(len(self.old), len(self._new))
        kept = self._head + self._tail + sum(self._old_units[a].end - self._old_units[a].start for a in self._same)
        if kept and kept >= _KIN * shorter:
            return True
        old, new = _shingles(self.old), _shingles(self._new)
        return bool(old and new) and len(old & new) >= _KIN * min(len(old), len(new))

    def _by_words(self, start: int, end: int) -> int | None:
        quote = self.old[start:end]
        kind = (quote, *_borders(self.old, start, end))
        if kind not in self._known:
            self._known[kind] = (
                list(_places(self.old, self._old_units, self._same, kind)),
                list(_places(self._new, self._new_units, self._taken, kind)),
            )
        here, there = self._known[kind]
        origin = next((place for place in here if place.start == start), None)
        if origin is None:
            return None
        best = self._best([(self._fit(origin, place), place) for place in there])
        if best is None:
            return None
        here_now = self._between(origin.unit)
        if best.unit not in here_now and any(between not in self._taken for between in here_now):
            return None  # what stands in its old place may be what it was made into
        if self._has_rival(origin, best, here_now):
            return None
        back = self._best([(self._fit(place, best), place) for place in here])
        return best.start if back is not None and back.start == start else None

    def _has_rival(self, old: _Place, best: _Place, between: range) -> bool:
        """Tell whether another sentence in the same place is as much like the old one, be the quote in it or not."""
        from rapidfuzz.distance import LCSseq

        old_words = _sentence(self.old, self._old_units[old.unit])
        likeness = LCSseq.similarity(old_words, _sentence(self._new, self._new_units[best.unit]))
        near = range(max(between.start, best.unit - _NEAR), min(between.stop, best.unit + _NEAR))
        return any(
            LCSseq.similarity(old_words, _sentence(self._new, self._new_units[index])) > _RIVAL * likeness
            for index in near
            if index != best.unit and index not in self._taken
        )

    def _fit(self, old: _Place, new: _Place) -> float:
        """Return how well the words around two occurrences agree, in words; 0 where too little."""
        words, share = _FACING if self._facing(old.unit, new.unit) else (_WORDS, _SHARE)
        if len(old.around & new.around) < min(words, 2):
            return 0.0
        from rapidfuzz.distance import LCSseq

        common = LCSseq.similarity(old.left, new.left) + LCSseq.similarity(old.right, new.right)
        total = len(old.left) + len(old.right) + len(new.left) + len(new.right)
        beside = _run(old.left, new.left) + _run(old.right, new.right)
        if not beside or common < words or 2 * common < share * total:
            return 0.0
        return common + beside / 4

    def _best(self, fits: list[tuple[float, _Place]]) -> _Place | None:
        fits.sort(key=lambda fit: -fit[0])
        if not fits or not fits[0][0] or (len(fits) > 1 and fits[1][0] > _RIVAL * fits[0][0]):
            return None
        return fits[0][1]

    def _facing(self, old: int, new: int) -> bool:
        return self._next_to(old, new, -1) and self._next_to(old, new, 1)


def standing(text: str, quote: str, prefix: str, suffix: str) -> int | None:
    """Return where a quote with all that stood around it stands in a text; None unless it does exactly once."""
    if len(prefix) + len(suffix) < 16:
        return None
    wanted = prefix + quote + suffix
    found = text.find(wanted)
    if found < 0 or text.find(wanted, found + 1) >= 0:
        return None
    return found + len(prefix)


def _unchanged(old: str, new: str) -> tuple[int, int]:
    """Return how much stands unchanged before and after all changes, in whole lines.

    Where a change could have been here or there ("a b" made of "a b b"), neither end claims it: nor a line that is
    also among those between.
    """
    shorter = min(len(old), len(new))
    head = _common(old, new, shorter)
    tail = _common(old[::-1], new[::-1], shorter)
    if len(old) == len(new) == head:
        return head, 0
    head, tail = min(head, shorter - tail), min(tail, shorter - head)
    head = old.rfind("\n", 0, head) + 1
    line = old.find("\n", len(old) - tail)
    tail = len(old) - line if line >= 0 and tail else 0
    changed = {*old[head : len(old) - tail].split("\n"), *new[head : len(new) - tail].split("\n")}
    while head and old[(line := old.rfind("\n", 0, head - 1) + 1) : head - 1] in changed:
        head = line
    while tail and old[len(old) - tail + 1 : (line := _line_end(old, len(old) - tail + 1))] in changed:
        tail = len(old) - line
    return head, tail


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _common(old: str, new: str, most: int) -> int:
    """Return the length of the common beginning."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _places(text: str, units: list[Unit], settled: Container[int], kind: tuple[str, bool, bool]) -> Iterator[_Place]:
    quote, before, after = kind
    at = text.find(quote, units[0].start, units[-1].end) if units else -1
    while at >= 0:
        stop = at + len(quote)
        index = _unit_at(units, at, stop)
        if index is not None and index not in settled and _borders(text, at, stop) == (before, after):
            start, end = units[index]
            left = _WORD.findall(text, max(start, at - _REACH), at)[-_WINDOW:][::-1]
            right = _WORD.findall(text, stop, min(end, stop + _REACH))[:_WINDOW]
            yield _Place(at, index, left, right, frozenset(left) | frozenset(right))
        at = text.find(quote, at + 1, units[-1].end)


def _unit_at(units: list[Unit], start: int, end: int) -> int | None:
    index = count_up_to(units, (start,)) - 1
    return index if index >= 0 and end <= units[index].end else None


def _borders(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether a word goes on before and after a stretch of text."""
    return (
        start > 0 and text[start - 1].isalnum() and text[start].isalnum(),
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum(),
    )


def _run(old: list[str], new: list[str]) -> int:
    """Return how many words next to a quote are the same; the border of its sentence counts as one."""
    if not old and not new:
        return 1
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _sentence(text: str, unit: Unit) -> list[str]:
    return _WORD.findall(text, unit.start, min(unit.end, unit.start + _REACH))


def _shingles(text: str) -> set[tuple[str, str, str]]:
    words = _WORD.findall(text)
    return set(zip(words, words[1:], words[2:], strict=False))
