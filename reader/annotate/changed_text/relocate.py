"""Finds the span of a quote in an edited copy of its text, if that span is certain. Pure.

Text before and after all changes keeps its position. In between, sentences that are the same (`sentence_matching`) keep
the positions inside them. In a reworded sentence, the words around a quote decide: the same quote elsewhere must match
clearly worse, and no other occurrence in the old text may match the new span nearly as well.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cached_property
from typing import Final

from reader.annotate.changed_text.sentence_matching import TextUnit, match_sentences, split_units
from reader.structures.intervals import count_up_to
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_WINDOW: Final = 12
"""Words of its sentence that are compared before and after a quote."""

_REACH: Final = 400
"""The same limit in code points."""

_MIN_WORDS: Final = 4
"""Words around a quote that must be around it in the new text too, in order; at least one of them next to it."""

_MIN_SHARE: Final = 0.6
"""The share of the words around a quote, in the old and the new sentence together, that must be the same."""

_MINIMUMS_BETWEEN_NEIGHBORS: Final = (2, 0.5)
"""The same two minimums for a sentence between the same neighbors as before."""

_RIVAL_SHARE: Final = 0.6
"""Another span may match at most this share of the words that match at the right one."""

_RIVAL_REACH: Final = 50
"""Sentences before and after in which to look for a rival."""

_MIN_COMMON_SHARE: Final = 0.1
"""Two versions of a document have at least this share of the shorter text in common."""

_MIN_CONTEXT: Final = 16
"""A quote is searched for by its context only if the prefix and suffix have this many code points together."""

_CJK: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD: Final = lazy_pattern(rf"[{_CJK}]|[^\W{_CJK}]+")


class _QuoteKey(NamedTuple):
    """A quote, and whether a word continues beyond it; an occurrence is compared only with those of the same key."""

    quote: str
    continues_before: bool
    continues_after: bool


class _Occurrence(NamedTuple):
    """An occurrence of a quote in a sentence that matches none in the other text."""

    start: int
    unit: int
    """The index of its sentence."""
    words_before: list[str]
    """The words before it in its sentence, the nearest first."""
    words_after: list[str]
    words_around: frozenset[str]


class Relocation:
    """Finds spans of an old text in a new one."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text = old_text
        """The old text."""
        self._new_text = new_text
        self._head, self._tail = _unchanged_lengths(old_text, new_text)
        self._old_units = split_units(old_text, self._head, len(old_text) - self._tail)
        self._new_units = split_units(new_text, self._head, len(new_text) - self._tail)
        self._matches = match_sentences(
            [" ".join(old_text[start:end].split()) for start, end in self._old_units],
            [" ".join(new_text[start:end].split()) for start, end in self._new_units],
        )
        for index in self._uncertain_matches():
            del self._matches[index]
        self._matched_units = set(self._matches.values())
        self._occurrences: dict[_QuoteKey, tuple[list[_Occurrence], list[_Occurrence]]] = {}
        """The occurrences in the old and the new text."""

    def new_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in the new text of `old_text[start:end]`; None if it is not certain.

        The text of the new span is the same, except that white space may differ.
        """
        if end <= self._head:
            return start, end
        if start >= len(self.old_text) - self._tail:
            shift = len(self._new_text) - len(self.old_text)
            return start + shift, end + shift
        index = _unit_at(self._old_units, start, end)
        if index is None:
            return None
        if index in self._matches:
            return self._span_in_match(self._old_units[index], self._new_units[self._matches[index]], start, end)
        new_start = self._find_by_words(start, end)
        return None if new_start is None else (new_start, new_start + end - start)

    def _uncertain_matches(self) -> list[int]:
        """Return the indexes of old sentences that moved without a neighbor and left new text in their old position.

        The new text there may be the same sentence, reworded, and the one that moved a copy of it.
        """
        matched_units = set(self._matches.values())
        return [
            index
            for index, new_index in self._matches.items()
            if not (self._has_same_neighbor(index, new_index, -1) or self._has_same_neighbor(index, new_index, 1))
            and new_index not in (candidates := self._units_between_neighbors(index))
            and any(candidate not in matched_units for candidate in candidates)
        ]

    def _units_between_neighbors(self, index: int) -> range:
        """Return the indexes of the new sentences between the nearest matched neighbors of an old sentence."""
        previous, following = index - 1, index + 1
        while previous >= 0 and previous not in self._matches:
            previous -= 1
        while following < len(self._old_units) and following not in self._matches:
            following += 1
        first = self._matches[previous] if previous >= 0 else -1
        last = self._matches[following] if following < len(self._old_units) else len(self._new_units)
        return range(first + 1, last)

    def _has_same_neighbor(self, old_index: int, new_index: int, step: int) -> bool:
        """Return whether a sentence has the same neighbor as before; `step` is -1 for the previous, 1 for the next."""
        if not 0 <= old_index + step < len(self._old_units):
            return not 0 <= new_index + step < len(self._new_units)
        return self._matches.get(old_index + step) == new_index + step

    def _span_in_match(self, old: TextUnit, new: TextUnit, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in a sentence that is the same except perhaps for white space."""
        span = (new.start + start - old.start, new.start + end - old.start)
        if self.old_text[old.start : old.end] != self._new_text[new.start : new.end]:
            visible = [offset for offset in range(*new) if not self._new_text[offset].isspace()]
            first = sum(not self.old_text[offset].isspace() for offset in range(old.start, start))
            count = sum(not self.old_text[offset].isspace() for offset in range(start, end))
            if not count:
                return None
            span = (visible[first], visible[first + count - 1] + 1)
        same_words = self._new_text[span[0] : span[1]].split() == self.old_text[start:end].split()
        return span if same_words else None

    @cached_property
    def is_version(self) -> bool:
        """Whether the new text is a version of the old one, not a different document."""
        shorter = min(len(self.old_text), len(self._new_text))
        matched = sum(self._old_units[index].end - self._old_units[index].start for index in self._matches)
        common = self._head + self._tail + matched
        if common and common >= _MIN_COMMON_SHARE * shorter:
            return True
        old, new = _word_triples(self.old_text), _word_triples(self._new_text)
        return bool(old and new) and len(old & new) >= _MIN_COMMON_SHARE * min(len(old), len(new))

    def _find_by_words(self, start: int, end: int) -> int | None:
        """Return the start of a quote in a reworded sentence; None if it is not certain."""
        key = _QuoteKey(self.old_text[start:end], *_word_continues(self.old_text, start, end))
        if key not in self._occurrences:
            self._occurrences[key] = (
                list(_find_occurrences(self.old_text, self._old_units, self._matches, key)),
                list(_find_occurrences(self._new_text, self._new_units, self._matched_units, key)),
            )
        old_occurrences, new_occurrences = self._occurrences[key]
        old = next((occurrence for occurrence in old_occurrences if occurrence.start == start), None)
        if old is None:
            return None
        best = self._clear_winner([(self._score(old, occurrence), occurrence) for occurrence in new_occurrences])
        if best is None:
            return None
        between = self._units_between_neighbors(old.unit)
        if best.unit not in between and any(unit not in self._matched_units for unit in between):
            return None  # the text between its old neighbors may be its reworded sentence
        if self._has_rival(old, best, between):
            return None
        back = self._clear_winner([(self._score(occurrence, best), occurrence) for occurrence in old_occurrences])
        return best.start if back is not None and back.start == start else None

    def _has_rival(self, old: _Occurrence, best: _Occurrence, between: range) -> bool:
        """Return whether another sentence between the neighbors resembles the old one, with or without the quote."""
        from rapidfuzz.distance import LCSseq

        old_words = _unit_words(self.old_text, self._old_units[old.unit])
        similarity = LCSseq.similarity(old_words, _unit_words(self._new_text, self._new_units[best.unit]))
        first, last = max(between.start, best.unit - _RIVAL_REACH), min(between.stop, best.unit + _RIVAL_REACH)
        return any(
            LCSseq.similarity(old_words, _unit_words(self._new_text, self._new_units[index]))
            > _RIVAL_SHARE * similarity
            for index in range(first, last)
            if index != best.unit and index not in self._matched_units
        )

    def _score(self, old: _Occurrence, new: _Occurrence) -> float:
        """Return how well the words around two occurrences agree, in words; 0 if below the minimums."""
        between_neighbors = self._is_between_same_neighbors(old.unit, new.unit)
        min_words, min_share = _MINIMUMS_BETWEEN_NEIGHBORS if between_neighbors else (_MIN_WORDS, _MIN_SHARE)
        if len(old.words_around & new.words_around) < min(min_words, 2):
            return 0.0
        from rapidfuzz.distance import LCSseq

        common = LCSseq.similarity(old.words_before, new.words_before)
        common += LCSseq.similarity(old.words_after, new.words_after)
        total = len(old.words_before) + len(old.words_after) + len(new.words_before) + len(new.words_after)
        adjacent = _adjacent_words(old.words_before, new.words_before)
        adjacent += _adjacent_words(old.words_after, new.words_after)
        if not adjacent or common < min_words or 2 * common < min_share * total:
            return 0.0
        return common + adjacent / 4

    def _clear_winner(self, scored: list[tuple[float, _Occurrence]]) -> _Occurrence | None:
        """Return the occurrence with the best score; None if another comes close."""
        scored.sort(key=lambda pair: -pair[0])
        if not scored or not scored[0][0] or (len(scored) > 1 and scored[1][0] > _RIVAL_SHARE * scored[0][0]):
            return None
        return scored[0][1]

    def _is_between_same_neighbors(self, old_index: int, new_index: int) -> bool:
        return self._has_same_neighbor(old_index, new_index, -1) and self._has_same_neighbor(old_index, new_index, 1)


def find_unique(text: str, quote: str, prefix: str, suffix: str) -> int | None:
    """Return the start of a quote with its full context in a text; None unless it occurs exactly once."""
    if len(prefix) + len(suffix) < _MIN_CONTEXT:
        return None
    passage = prefix + quote + suffix
    start = text.find(passage)
    if start < 0 or text.find(passage, start + 1) >= 0:
        return None
    return start + len(prefix)


def _unchanged_lengths(old: str, new: str) -> tuple[int, int]:
    """Return the length of the unchanged text before all changes and after them, in whole lines.

    If a change could be in two places ("a b" made of "a b b"), neither end includes it, nor a line that also occurs
    among the changed ones.
    """
    shorter = min(len(old), len(new))
    head = _common_prefix_length(old, new, shorter)
    tail = _common_prefix_length(old[::-1], new[::-1], shorter)
    if len(old) == len(new) == head:
        return head, 0
    head, tail = min(head, shorter - tail), min(tail, shorter - head)
    head = old.rfind("\n", 0, head) + 1
    line_break = old.find("\n", len(old) - tail)
    tail = len(old) - line_break if line_break >= 0 and tail else 0
    changed_lines = {*old[head : len(old) - tail].split("\n"), *new[head : len(new) - tail].split("\n")}
    while head:
        line_start = old.rfind("\n", 0, head - 1) + 1
        if old[line_start : head - 1] not in changed_lines:
            break
        head = line_start
    while tail:
        line_start = len(old) - tail + 1
        line_end = _line_end(old, line_start)
        if old[line_start:line_end] not in changed_lines:
            break
        tail = len(old) - line_end
    return head, tail


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _common_prefix_length(old: str, new: str, limit: int) -> int:
    """Return the length of the common prefix, at most `limit`, by bisection."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _find_occurrences(
    text: str, units: list[TextUnit], matched_units: Container[int], key: _QuoteKey
) -> Iterator[_Occurrence]:
    """Yield the occurrences of a quote in the sentences that match none in the other text."""
    quote, continues = key.quote, (key.continues_before, key.continues_after)
    start = text.find(quote, units[0].start, units[-1].end) if units else -1
    while start >= 0:
        end = start + len(quote)
        index = _unit_at(units, start, end)
        if index is not None and index not in matched_units and _word_continues(text, start, end) == continues:
            unit = units[index]
            words_before = _WORD.findall(text, max(unit.start, start - _REACH), start)[-_WINDOW:][::-1]
            words_after = _WORD.findall(text, end, min(unit.end, end + _REACH))[:_WINDOW]
            words_around = frozenset(words_before) | frozenset(words_after)
            yield _Occurrence(start, index, words_before, words_after, words_around)
        start = text.find(quote, start + 1, units[-1].end)


def _unit_at(units: list[TextUnit], start: int, end: int) -> int | None:
    """Return the index of the sentence that contains `start:end`."""
    index = count_up_to(units, (start,)) - 1
    return index if index >= 0 and end <= units[index].end else None


def _word_continues(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a word continues before `start:end`, and whether one continues after it."""
    return (
        start > 0 and text[start - 1].isalnum() and text[start].isalnum(),
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum(),
    )


def _adjacent_words(old: list[str], new: list[str]) -> int:
    """Return how many words next to a quote are the same; the border of its sentence counts as one."""
    if not old and not new:
        return 1
    count = 0
    for old_word, new_word in zip(old, new, strict=False):
        if old_word != new_word:
            break
        count += 1
    return count


def _unit_words(text: str, unit: TextUnit) -> list[str]:
    return _WORD.findall(text, unit.start, min(unit.end, unit.start + _REACH))


def _word_triples(text: str) -> set[tuple[str, str, str]]:
    words = _WORD.findall(text)
    return set(zip(words, words[1:], words[2:], strict=False))
