"""Finds the words of a text, for cursor motions and selections. Offsets are in code points.

Words never start or end inside a grapheme: combining marks belong to the letter before them. In scripts without spaces
between words (Han, kana, Thai, Lao, Khmer, Burmese), each character counts as a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_SPACELESS_CHARACTER: Final = lazy_pattern(rf"(?=\w)[{_SPACELESS}]")
_FIRST_CHARACTER: Final = lazy_pattern(r"\w")
"""Where a word begins, outside of words."""
_LONGEST_WORD: Final = 256
"""A search for a word starts at a space at least this far before it (code points)."""
_WINDOW: Final = 4096
"""Code points before and after an offset in which the word around it lies; a longer one is cut."""


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return the pattern for a word, compiled on first use.

    "al-Rufayi" and "O’Brien" are one word, "US-led" is two, and a possessive "s" is a word of its own.
    """
    marks = _marks()
    letter = rf"(?:[^\W{_SPACELESS}][{marks}]*)"
    return re.compile(
        rf"(?=\w)[{_SPACELESS}][{marks}]*|{letter}+(?:[.&]{letter}+|[’'](?!s\b){letter}+|-(?=[^\W_a-z]){letter}+)*"
        r"(?:(?<=\b\w\.\w)\.)?"
    )


def _marks() -> str:
    """Return combining marks and the joiners that occur inside words, as ranges for a character class."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x3000), *range(0x302A, 0x3030), 0x3099, 0x309A, *range(0xA66F, 0xAC00), 0xFB1E,
                 *range(0xFE00, 0xFE10), *range(0xFE20, 0xFE30), *range(0xE0100, 0xE01F0)):  # fmt: skip
        if code in (0x200C, 0x200D) or unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "\u00ad" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def next_word(text: str, offset: int) -> int:
    """Return the start of the word after the one at `offset`, or the end of the text."""
    start, end = word_at(text, offset)
    position = end if start < end else offset
    if text[position : position + 1].isspace():
        position = len(text) - len(text[position:].lstrip())
    first = _FIRST_CHARACTER.search(text, position)
    return first.start() if first else len(text)


def previous_word(text: str, offset: int) -> int:
    """Return the start of the word before `offset`, or the start of the text."""
    if offset > 0 and _SPACELESS_CHARACTER.match(text, min(offset, len(text)) - 1):
        return min(offset, len(text)) - 1
    if offset > 0 and text[offset - 1 : offset].isspace():
        offset = len(text[:offset].rstrip())
    start = 0
    for match in _word_pattern().finditer(text, _window_start(text, offset), offset + _WINDOW):
        if match.start() >= offset:
            break
        start = match.start()
    return start


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the word at `offset`, or an empty span at `offset` if there is none."""
    if offset < len(text) and _SPACELESS_CHARACTER.match(text, offset):
        match = _word_pattern().match(text, offset)
        return match.span() if match else (offset, offset + 1)
    for match in _word_pattern().finditer(text, _window_start(text, offset), offset + _WINDOW):
        if match.start() > offset:
            break
        if offset < match.end():
            return match.span()
    return offset, offset


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the whole words that `start:end` touches, without punctuation and space around them.

    The result is an empty span if it touches no word.
    """
    start, end = min(start, end), min(max(start, end), len(text))
    first, first_end = word_at(text, start)
    if first == first_end:
        first = next_word(text, start)
    if first >= end:
        return start, start
    last = word_at(text, end - 1)[1]
    if last < end:
        last = word_at(text, previous_word(text, end))[1]
    return first, last


def part_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the letters and digits around `offset`: the part of a compound such as "Ostia-Porto".

    Combining marks belong to the letter before them. The span is empty if there is neither letter nor digit.
    """
    start, end = word_at(text, offset)
    if start == end:
        return offset, offset
    return next((span for span in parts_of(text, start, end) if span[0] <= offset < span[1]), (offset, offset))


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the parts in `text[start:end]`: runs of letters, digits and combining marks."""
    return [match.span() for match in _part_pattern().finditer(text, start, end)]


def widen_to_parts(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, extended to whole parts at both ends, without outer white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        first, last = part_at(text, start), part_at(text, end - 1)
        start, end = min(start, first[0]), max(end, last[1])
    return start, end


def is_in_part(text: str, offset: int) -> bool:
    """Return whether an offset is inside a part: right after one of its characters and right before another."""
    if not 0 < offset < len(text) or _SPACELESS_CHARACTER.match(text, offset):
        return False
    pattern = _part_pattern()
    before = max(offset - 1, 0)
    match = pattern.match(text, before)
    return match is not None and match.end() > offset


@cache
def _part_pattern() -> re.Pattern[str]:
    """Return the pattern for a part of a word, compiled on first use."""
    marks = _marks()
    return re.compile(rf"(?=\w)[{_SPACELESS}][{marks}]*|(?:[^\W_{_SPACELESS}][{marks}]*)+")


def _window_start(text: str, offset: int) -> int:
    """Return where to start a search for the word around an offset: a space well before it."""
    limit = max(offset - _WINDOW, 0)
    start = text.rfind(" ", limit, max(offset - _LONGEST_WORD, limit))
    return start if start >= 0 else limit
