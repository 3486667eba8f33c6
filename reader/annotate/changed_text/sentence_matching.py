"""Matches the sentences of a text with those of an edited copy, including sentences that moved. Pure.

A sentence that occurs once in each text is the same sentence, wherever it is (Heckel, “A technique for isolating
differences between files”, 1978). A repeated sentence matches only if both of its neighbors lead to the same one, or if
one neighbor does, the other has no match, and the sentence occurs as often as before. If either of two old sentences
could be the one that remains, neither matches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from reader.document.sentences import sentence_ends
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_LINE_BREAKS: Final = lazy_pattern(r"\s*\n\s*")
_FINAL_CHARACTERS: Final = frozenset('.!?…:;。！？"”’»)]')
"""The characters with which a sentence or a complete line ends."""
_MIN_WRAPPED_LENGTH: Final = 48
"""A line of at least this many code points that ends within a sentence continues in the next line."""


class TextUnit(NamedTuple):
    """The span of a sentence, or of a line that is no sentence, in code points."""

    start: int
    end: int


def split_units(text: str, start: int, end: int) -> list[TextUnit]:
    """Return the sentences and lines of `text[start:end]`, without the white space around them."""
    units = []
    for line_start, line_end in _lines(text, start, end):
        unit_start = line_start
        for sentence_end in sentence_ends(text, line_start, line_end):
            units.append(TextUnit(unit_start, sentence_end))
            unit_start = sentence_end
        if unit_start < line_end:
            units.append(TextUnit(unit_start, line_end))
    trimmed = (_trimmed(text, unit) for unit in units)
    return [unit for unit in trimmed if unit.start < unit.end]


def match_sentences(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the index in `new` of each sentence of `old` that matches, by its index.

    Both lists lie between text that did not change, so their first and last sentences have neighbors that match.
    """
    old_counts, new_counts = Counter(old), Counter(new)
    new_indexes = {sentence: index for index, sentence in enumerate(new)}
    matches = {
        index: new_indexes[sentence]
        for index, sentence in enumerate(old)
        if old_counts[sentence] == 1 and new_counts.get(sentence) == 1
    }
    forward = _follow_matches(old, new, matches)
    last_old, last_new = len(old) - 1, len(new) - 1
    reversed_matches = {last_old - old_index: last_new - new_index for old_index, new_index in matches.items()}
    reversed_claims = _follow_matches(old[::-1], new[::-1], reversed_matches)
    backward = {last_old - old_index: last_new - new_index for old_index, new_index in reversed_claims.items()}
    claimants: dict[int, set[int]] = {}
    for claims in (forward, backward):
        for old_index, new_index in claims.items():
            claimants.setdefault(new_index, set()).add(old_index)
    for new_index, old_indexes in claimants.items():
        (old_index, *rivals) = old_indexes
        from_both_sides = old_index in forward and old_index in backward
        as_often = old_counts[old[old_index]] == new_counts[old[old_index]]
        is_consistent = forward.get(old_index, new_index) == backward.get(old_index, new_index)
        if not rivals and (from_both_sides or as_often) and is_consistent:
            matches[old_index] = new_index
    return matches


def _follow_matches(old: Sequence[str], new: Sequence[str], matches: dict[int, int]) -> dict[int, int]:
    """Return matches of repeated sentences that directly follow a certain match, or the beginning, without a gap."""
    matched = set(matches.values())
    claims: dict[int, int] = {}
    no_match = len(new)
    previous = -1
    for index, sentence in enumerate(old):
        if index in matches:
            previous = matches[index]
        elif previous + 1 < no_match and previous + 1 not in matched and new[previous + 1] == sentence:
            claims[index] = previous = previous + 1
        else:
            previous = no_match
    return claims


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of `text[start:end]`; the lines of a wrapped paragraph count as one."""
    first_line = line = start
    for gap in _LINE_BREAKS.finditer(text, start, end):
        line_end, next_line = gap.span()
        is_wrapped = line_end - line >= _MIN_WRAPPED_LENGTH and text[line_end - 1] not in _FINAL_CHARACTERS
        line = next_line
        if not is_wrapped or text.count("\n", line_end, next_line) > 1:
            yield first_line, line_end
            first_line = next_line
    yield first_line, end


def _trimmed(text: str, unit: TextUnit) -> TextUnit:
    start, end = unit
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return TextUnit(start, end)
