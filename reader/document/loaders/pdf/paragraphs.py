"""Joins the lines of columns into paragraphs, also across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import pairwise
from statistics import median
from typing import Final

from reader.document.loaders.pdf.pieces import Line
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_WIDE_LEADING: Final = 1.3
"""A distance between baselines of so many times the usual one separates paragraphs."""
_DEFAULT_LEADING: Final = 1.25
_SAME_SIZE: Final = 0.08
_INDENT: Final = 0.7
"""Minimum indentation of a first line, as a share of the font size."""
_BULLET: Final = lazy_pattern(r"[•‣▪◦●○■□▶➢–—*·-]\s+")
_NUMBER: Final = lazy_pattern(r"(\d{1,3})[.)]\s+")
_LETTERED: Final = lazy_pattern(r"\((?:[a-z]|[ivx]+|\d{1,3})\)\s+")
_SENTENCE_END: Final = lazy_pattern(r"[.!?:;…。！？][\"'”’»)\]]*\d{0,3}$")
_WORD: Final = lazy_pattern(r"\w+(?:[-’']\w+)*")
_LEADERS: Final = lazy_pattern(r"(?:\.\s?){4,}\s*\w{1,6}$")
"""The dots and the page number of an entry in a table of contents."""
_CJK: Final = lazy_pattern("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
_KEPT_PREFIXES: Final = frozenset(("self", "ex", "non", "anti", "pro"))


@dataclass(slots=True)
class Passage:
    """Lines that are one paragraph, heading, list item or table row."""

    lines: list[Line]
    page: int
    is_note: bool = False
    starts_indented: bool = False
    later_notes: list[Passage] = field(default_factory=list)
    """Footnotes of the pages on which the passage begins; they follow it, because it may continue on the next page."""

    @property
    def size(self) -> float:
        """The font size of most lines."""
        return Counter(line.size for line in self.lines).most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        """Whether the passage is in bold type throughout."""
        return all(line.is_bold for line in self.lines)


def bullet_of(text: str) -> int:
    """Return the length of the bullet with which a text begins, including the space after it, or 0."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def number_of(text: str) -> tuple[int, int]:
    """Return the number of a numbered item and the length of its marker, or (0, 0)."""
    match = _NUMBER.match(text)
    return (int(match[1]), match.end()) if match else (0, 0)


def passages_in(lines: list[Line], page: int, body_size: float, *, is_note: bool = False) -> list[Passage]:
    """Divide the lines of a column into passages.

    A line begins a new one after a wide gap, with another size or weight, with an indentation or a list marker, or if
    its first word would have fit on the line above.
    """
    if not lines:
        return []
    steps = [
        below.baseline - above.baseline
        for above, below in pairwise(lines)
        if _same_size(above, below) and 0 < below.baseline - above.baseline < 3 * above.size
    ]
    leading = median(steps) if len(steps) > 1 else 0.0
    margin = Counter(round(line.start) for line in lines).most_common(1)[0][0]
    indented = [line.start > margin + _INDENT * line.size for line in lines]
    edges: dict[int, float] = {}
    for line in lines:
        if not line.cells:
            edges[_size_class(line)] = max(edges.get(_size_class(line), 0.0), line.end)
    passages: list[Passage] = []
    for index, line in enumerate(lines):
        has_room = index > 0 and not lines[index - 1].cells and _would_fit(lines, index - 1, edges)
        if not index or _begins(passages[-1].lines, line, leading, body_size, has_room=has_room, is_note=is_note):
            starts_indented = indented[index] and (index + 1 == len(lines) or not indented[index + 1])
            passages.append(Passage([line], page, is_note, starts_indented))
        else:
            passages[-1].lines.append(line)
    return passages


def _begins(group: list[Line], line: Line, leading: float, body_size: float, *, has_room: bool, is_note: bool) -> bool:
    above = group[-1]
    size = above.size
    usual = max(leading or _DEFAULT_LEADING * size, size)
    step = line.baseline - above.baseline
    if line.cells or above.cells or not _same_size(above, line) or above.is_bold is not line.is_bold:
        return True
    if step > _WIDE_LEADING * usual or step < 0:
        return True
    if bullet_of(line.text) or _LEADERS.search(above.text) or _LETTERED.match(line.text):
        return True
    ends_sentence = bool(_SENTENCE_END.search(above.text))
    if number_of(line.text)[0] and (ends_sentence or has_room):
        return True
    if is_note and re.match(r"\d{1,3}\s?[^\W\d]", line.text) and (ends_sentence or has_room):
        return True
    is_item = bool(bullet_of(group[0].text) or number_of(group[0].text)[0] or _LETTERED.match(group[0].text))
    indent = _INDENT * size
    if line.start > above.start + indent and not is_item and len(group) > 1:
        return True
    if line.start > above.start + indent and len(group) == 1 and not is_item and ends_sentence:
        return True
    if line.start < above.start - indent and len(group) > 1:  # after the hanging lines of an item
        return True
    if line.start < above.start - indent and is_item:
        return True
    if size > 1.12 * body_size or (line.text[:1].islower() and not ends_sentence):
        return False
    return has_room


def _would_fit(column: list[Line], position: int, edges: dict[int, float]) -> bool:
    """Return whether the first word of a line would have fit at the end of the line at `position`, above it."""
    above, line = column[position], column[position + 1]
    neighbors = column[max(position - 1, 0) : position + 2]
    if len({round(neighbor.end) for neighbor in neighbors}) == 1 and len(neighbors) == 3:
        return False  # the lines are set narrower, for example beside a picture
    edge = edges[_size_class(above)]
    word = (line.text.split() or [""])[0]
    width = _weight(word) * (line.end - line.start) / max(_weight(line.text), 1.0)
    return edge - above.end > width + 0.6 * above.size


def joined_over_breaks(passages: Iterable[list[Passage]], body_size: float) -> Iterator[Passage]:
    """Join passages that continue in the next column or on the next page, and put footnotes after them.

    Each list holds the passages of one column.
    """
    columns = [column for column in passages if column]
    starts = [passage for column in columns for passage in column[1:] if _is_prose(passage, body_size)]
    indents = sum(passage.starts_indented for passage in starts) * 2 > len(starts) > 0
    pending: Passage | None = None
    for column in columns:
        for position, passage in enumerate(column):
            if passage.is_note:
                if pending is None:
                    yield passage
                else:
                    pending.later_notes.append(passage)
                continue
            if pending is not None:
                if position == 0 and _continues(pending, passage, body_size, indents=indents):
                    pending.lines += passage.lines
                    continue
                yield pending
                yield from pending.later_notes
            pending = passage
    if pending is not None:
        yield pending
        yield from pending.later_notes


def _is_prose(passage: Passage, body_size: float) -> bool:
    return not passage.is_note and not passage.lines[0].cells and abs(passage.size - body_size) < 0.12 * body_size


def _continues(pending: Passage, passage: Passage, body_size: float, *, indents: bool) -> bool:
    last, first = pending.lines[-1], passage.lines[0]
    if last.cells or first.cells or not _same_size(last, first) or last.is_bold is not first.is_bold:
        return False
    if pending.size > 1.12 * body_size or bullet_of(first.text) or _LETTERED.match(first.text):
        return False
    if re.search(r"\w[-\u00ad]$", last.text) or first.text[:1].islower():
        return True
    if number_of(first.text)[0] or passage.starts_indented:
        return False
    if not _SENTENCE_END.search(last.text):
        return True
    widest = max(line.end - line.start for line in pending.lines)
    is_full = last.end - last.start > widest - last.size and len(pending.lines) > 1
    return indents and is_full and len(passage.lines) > 1


def _weight(text: str) -> float:
    """Return the width of a text in typical lowercase letters, as it is in most fonts."""
    wide = sum(char in "mwMW@—" for char in text)
    narrow = sum(char in "ijltf.,;:'’ " for char in text)
    capitals = sum(char.isupper() and char not in "MW" for char in text)
    return len(text) + 0.6 * wide - 0.4 * narrow + 0.4 * capitals


def _size_class(line: Line) -> int:
    return round(line.size)


def _same_size(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) <= _SAME_SIZE * max(first.size, second.size)


class LineJoiner:
    """Joins lines into one text. Words broken by a hyphen are put together as the document writes them elsewhere."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))

    def join(self, lines: list[Line]) -> str:
        """Return the lines as one line."""
        text = ""
        for line in lines:
            text = self._appended(text, line.text) if text else line.text
        return text

    def _appended(self, text: str, following: str) -> str:
        last = text[text.rfind(" ") + 1 :]
        if last.endswith("\u00ad"):
            return text[:-1] + following
        if re.search(r"\w-$", last):
            return text[:-1] + following if self._is_broken_word(last, following) else text + following
        is_address = re.match(r"(?:https?://|www\.)", last) and re.search(r"[/=&?_]$", last)
        if is_address or re.search(r"\w[–—/]$", last):
            return text + following
        if _CJK.match(text[-1]) and _CJK.match(following[0]):
            return text + following
        return f"{text} {following}"

    def _is_broken_word(self, last: str, following: str) -> bool:
        """Return whether the hyphen at the end of `last` only breaks a word at the end of the line."""
        start = re.findall(r"[\w’']+(?:-[\w’']+)*-$", last)
        end = re.match(r"[\w’']+", following)
        if not start or not end:
            return False
        head, tail = start[-1][:-1], end[0]
        closed = self._words[(head + tail).casefold()]
        hyphenated = self._words[f"{head}-{tail}".casefold()]
        if closed != hyphenated:
            return closed > hyphenated
        if head.isupper() and tail.isupper() and len(head) > 1:
            return True
        return tail[0].islower() and head.casefold() not in _KEPT_PREFIXES
