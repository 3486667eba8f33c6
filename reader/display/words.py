"""Words of a text, by code points: what the cursor moves over and a selection snaps to.

A word never begins or ends inside a character as the reader sees it: combining marks belong to the letter before them.
Scripts that put no space between words (Han, kana, Thai, Lao, Khmer, Burmese) show no borders: each of their characters
counts as a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_ALONE: Final = re.compile(rf"(?=\w)[{_SPACELESS}]")
_WINDOW: Final = 4096


@cache
def _word() -> re.Pattern[str]:
    """What is a word; worked out when the first is asked for.

    "al-Rufayi" and "O’Brien" are one word; "US-led" is two, and a possessive belongs to none.
    """
    marks = _marks()
    letter = rf"(?:[^\W{_SPACELESS}][{marks}]*)"
    return re.compile(
        rf"(?=\w)[{_SPACELESS}][{marks}]*|{letter}+(?:[.&]{letter}+|[’'](?!s\b){letter}+|-(?=[^\W_a-z]){letter}+)*"
        r"(?:(?<=\b\w\.\w)\.)?"
    )


def _marks() -> str:
    """Return the combining marks, and the joiners that stand inside words, as ranges of a character class."""
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
    """Return where the next word after the one at `offset` starts, or the end of the text."""
    start, end = word_at(text, offset)
    found = _word().search(text, end if start < end else offset)
    return found.start() if found else len(text)


def previous_word(text: str, offset: int) -> int:
    """Return where the word before `offset` starts, or the start of the text."""
    if offset > 0 and _ALONE.match(text, min(offset, len(text)) - 1):
        return min(offset, len(text)) - 1
    start = 0
    for found in _word().finditer(text, _window_start(text, offset)):
        if found.start() >= offset:
            break
        start = found.start()
    return start


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the word that covers `offset`; an empty span at `offset` where none does."""
    if offset < len(text) and _ALONE.match(text, offset):
        found = _word().match(text, offset)
        return found.span() if found else (offset, offset + 1)
    for found in _word().finditer(text, _window_start(text, offset)):
        if found.start() > offset:
            break
        if offset < found.end():
            return found.span()
    return offset, offset


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the whole words that it touches; what stands around them, punctuation too, is left out.

    Returns:
        The span; an empty one where it touches no word.
    """
    start, end = min(start, end), min(max(start, end), len(text))
    first, first_end = word_at(text, start)
    if first == first_end:
        first = next_word(text, start)
    if first >= end:
        return start, start
    last = word_at(text, end - 1)[1]
    if last < end:
        before = previous_word(text, end)
        last = word_at(text, before)[1]
    return first, last


def _window_start(text: str, offset: int) -> int:
    """Where to start looking for the word around an offset: a white space well before it."""
    limit = max(offset - _WINDOW, 0)
    start = text.rfind(" ", limit, max(offset - 256, limit))
    return start if start >= 0 else limit
