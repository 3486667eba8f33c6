"""Recognizes headings in plain text by their form and by the lines around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MAX_LENGTH: Final = 100
_MAX_WORDS: Final = 14
_MIN_PROSE: Final = 60
HEADING_REACH: Final = 3
"""Blocks that are looked at after a block: between the title and the first paragraph there may be a subtitle and a
byline."""
_NON_HEADING_ENDS: Final = frozenset(".!…,;:-–—|/\\")
_PROSE_ENDS: Final = frozenset(".!?…:”\"'’»)")
"""Characters that end a line of prose, including the colon; a line is judged as a whole, not split into sentences."""
_QUOTES: Final = frozenset("“„\"«'‘")
_SPEECH: Final = lazy_pattern(r"[,.?!…][”\"’»]\s")
_BYLINE: Final = lazy_pattern(
    r"(?:by|from|published|updated|last updated|posted|photo|image|source|credit)\b", re.IGNORECASE
)
_DATE: Final = lazy_pattern(r"(?:\w+,? )?\d{1,2}\.? \w+ \d{4}\b|\w+ \d{1,2}, \d{4}\b|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NUMBER: Final = lazy_pattern(r"(\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}(?=[.)]))[.)]?\s+")
_CHAPTER: Final = lazy_pattern(
    r"(?:chapter|part|book|section|appendix|annex)\s+(?:\d{1,3}|[IVXLC]+|[A-Z])\b", re.IGNORECASE
)
_MIN_CAPITALS: Final = 6
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
_UNDERLINES: Final = frozenset("=-~*")
_UNDERLINE: Final = lazy_pattern(r"=+|-{3,}|~{3,}|\*{3,}")


class RawBlock(NamedTuple):
    """A block of plain text whose kind is not yet determined."""

    start: int
    end: int
    indent: int
    """Width of the indent in columns."""
    is_code: bool = False
    after_blank: bool = True
    """Whether it follows a blank line or starts the text."""
    is_row: bool = False
    """Whether it is a row of a table."""


def heading_level(text: str, raw_blocks: Sequence[RawBlock], index: int) -> int:
    """Return the level of a heading: 1 for the first block, 2 or more for others, 0 if the block is not a heading."""
    start, end = raw_blocks[index].start, raw_blocks[index].end
    if not 2 <= end - start <= _MAX_LENGTH:
        return 0
    if not _precedes_prose(text, raw_blocks, index):  # the cheapest test first: most short lines are among others
        return 0
    line = text[start:end]
    if not _looks_like_heading(line) or _in_verse(text, raw_blocks, index):
        return 0
    number = _NUMBER.match(line)
    return 1 if index == 0 else 2 + (number[1].count(".") if number else 0)


def _looks_like_heading(line: str) -> bool:
    first = _LETTER.search(line)
    if first is None or first[0].islower() or line[-1] in _NON_HEADING_ENDS or "\n" in line:
        return False
    if line[0] in _QUOTES and (line[-1] in _PROSE_ENDS or _SPEECH.search(line)):  # direct speech
        return False
    return len(line.split()) <= _MAX_WORDS and not _BYLINE.match(line) and not _DATE.match(line)


def _precedes_prose(text: str, raw_blocks: Sequence[RawBlock], index: int) -> bool:
    """Return whether prose follows directly or, for a title, after a few short lines.

    A line in capitals or a chapter name between blank lines may be followed by anything.
    """
    start, end, _, _, after_blank, _ = raw_blocks[index]
    own_length = end - start
    is_isolated = after_blank and index + 1 < len(raw_blocks) and raw_blocks[index + 1].after_blank
    if is_isolated and _is_chapter_line(text[start:end]):
        return True
    for following in raw_blocks[index + 1 : index + 1 + (HEADING_REACH if index == 0 else 1)]:
        length = following.end - following.start
        if length >= _MIN_PROSE and length > own_length and not following.is_code:
            return True
        may_underline = length <= own_length + 3 and text[following.start] in _UNDERLINES
        if may_underline and _UNDERLINE.fullmatch(text, following.start, following.end):
            return True
    return False


def _is_chapter_line(line: str) -> bool:
    return (line.isupper() and len(line) >= _MIN_CAPITALS) or _CHAPTER.match(line) is not None


def _in_verse(text: str, raw_blocks: Sequence[RawBlock], index: int) -> bool:
    """Return whether a line continues a run of short lines."""
    if index == 0 or raw_blocks[index].after_blank:
        return False
    previous = raw_blocks[index - 1]
    return previous.end - previous.start < _MIN_PROSE and text[previous.end - 1] not in _PROSE_ENDS
