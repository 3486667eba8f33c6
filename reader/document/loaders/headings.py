"""Which lines of a plain text are headings, judged by their look and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_MAX_LENGTH: Final = 100
_MAX_WORDS: Final = 14
_MIN_PROSE: Final = 60
_TITLE_REACH: Final = 3
"""How many short lines (subtitle, byline, date) may stand between the title and the first paragraph."""
_ENDS_OF_OTHERS: Final = frozenset(".!…,;:-–—|/\\")
_SENTENCE_ENDS: Final = frozenset(".!?…:”\"'’»)")
_QUOTES: Final = frozenset("“„\"«'‘")
_SPEECH: Final = re.compile(r"[,.?!…][”\"’»]\s")
_BYLINE: Final = re.compile(
    r"(?:by|from|published|updated|last updated|posted|photo|image|source|credit)\b", re.IGNORECASE
)
_DATE: Final = re.compile(r"(?:\w+,? )?\d{1,2}\.? \w+ \d{4}\b|\w+ \d{1,2}, \d{4}\b|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NUMBER: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}(?=[.)]))[.)]?\s+")
_CHAPTER: Final = re.compile(
    r"(?:chapter|part|book|section|appendix|annex)\s+(?:\d{1,3}|[IVXLC]+|[A-Z])\b", re.IGNORECASE
)
_MIN_CAPITALS: Final = 6
_LETTER: Final = re.compile(r"[^\W\d_]")
_UNDERLINES: Final = frozenset("=-~*")
_UNDERLINE: Final = re.compile(r"=+|-{3,}|~{3,}|\*{3,}")


class Stretch(NamedTuple):
    """A block before its kind is known."""

    start: int
    end: int
    indent: int
    """Columns of white space before it."""
    code: bool = False
    after_blank: bool = True
    """Whether a blank line, or nothing, stands before it."""
    row: bool = False
    """Whether it is a row of a table."""


def heading_level(text: str, stretches: Sequence[Stretch], at: int) -> int:
    """Return the level of a heading, 1 for the text's first block, otherwise 2 and more; 0 for what is no heading."""
    start, end = stretches[at].start, stretches[at].end
    if not 2 <= end - start <= _MAX_LENGTH:
        return 0
    if not _leads_on(text, stretches, at):  # the cheapest question first: most short lines stand among others
        return 0
    line = text[start:end]
    if not _looks_like_heading(line) or _in_verse(text, stretches, at):
        return 0
    number = _NUMBER.match(line)
    return 1 if at == 0 else 2 + (number[1].count(".") if number else 0)


def _looks_like_heading(line: str) -> bool:
    first = _LETTER.search(line)
    if first is None or first[0].islower() or line[-1] in _ENDS_OF_OTHERS or "\n" in line:
        return False
    if line[0] in _QUOTES and (line[-1] in _SENTENCE_ENDS or _SPEECH.search(line)):  # somebody speaks
        return False
    return len(line.split()) <= _MAX_WORDS and not _BYLINE.match(line) and not _DATE.match(line)


def _leads_on(text: str, stretches: Sequence[Stretch], at: int) -> bool:
    """Return whether prose follows: at once, or under a title after a few short lines.

    What stands in capitals between blank lines, or is called a chapter, may lead to anything.
    """
    start, end, _, _, after_blank, _ = stretches[at]
    own = end - start
    if after_blank and at + 1 < len(stretches) and stretches[at + 1].after_blank and _announces(text[start:end]):
        return True
    for following in stretches[at + 1 : at + 1 + (_TITLE_REACH if at == 0 else 1)]:
        length = following.end - following.start
        if length >= _MIN_PROSE and length > own and not following.code:
            return True
        short = length <= own + 3 and text[following.start] in _UNDERLINES
        if short and _UNDERLINE.fullmatch(text, following.start, following.end):
            return True
    return False


def _announces(line: str) -> bool:
    return (line.isupper() and len(line) >= _MIN_CAPITALS) or _CHAPTER.match(line) is not None


def _in_verse(text: str, stretches: Sequence[Stretch], at: int) -> bool:
    """Return whether the line only goes on a run of short lines."""
    if at == 0 or stretches[at].after_blank:
        return False
    before = stretches[at - 1]
    return before.end - before.start < _MIN_PROSE and text[before.end - 1] not in _SENTENCE_ENDS
