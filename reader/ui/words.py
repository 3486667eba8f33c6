"""Words and sentences of a text, by code points: what the cursor moves over and a selection snaps to."""

from __future__ import annotations

import re
from typing import Final

# "al-Rufayi" and "O’Brien" are one word; "US-led" is two, and a possessive belongs to none.
_WORD: Final = re.compile(r"\w+(?:[.&](?=\w)\w+|[’'](?!s\b)\w+|-(?=[^\W_a-z])\w+)*(?:(?<=\b\w\.\w)\.)?")
_SENTENCE_END: Final = re.compile(r"[.!?…。！？]+[\"”’»)\]]*(?=\s|$)|\n")
_WINDOW: Final = 4096
_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def next_word(text: str, offset: int) -> int:
    """Return where the next word after the one at `offset` starts, or the end of the text."""
    start, end = word_at(text, offset)
    found = _WORD.search(text, max(end, offset + 1) if start <= offset else offset)
    return found.start() if found else len(text)


def previous_word(text: str, offset: int) -> int:
    """Return where the word before `offset` starts, or the start of the text."""
    start = 0
    for found in _WORD.finditer(text, _window_start(text, offset), offset):
        start = found.start()
    return start


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the word that covers `offset`; an empty span at `offset` where none does.

    A run of CJK ideographs has no borders that can be seen: each of them counts as a word.
    """
    if offset < len(text) and _IDEOGRAPHS.match(text, offset):
        return offset, offset + 1
    for found in _WORD.finditer(text, _window_start(text, offset)):
        if found.start() > offset:
            break
        if offset < found.end():
            return found.span()
    return offset, offset


def sentence_at(text: str, offset: int, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around `offset` inside `text[start:end]`, without outer white space."""
    first, last = start, end
    for found in _SENTENCE_END.finditer(text, start, end):
        if found.end() <= offset:
            first = found.end()
        else:
            last = found.end()
            break
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole words, then drop white space and punctuation at its ends.

    Returns:
        The span; an empty one where it holds no word.
    """
    start, end = min(start, end), min(max(start, end), len(text))
    first, last = word_at(text, start)
    start = min(start, first) if first < last else start
    first, last = word_at(text, max(end - 1, start))
    end = max(end, last)
    while start < end and not _counts(text[start]):
        start += 1
    while (
        end > start and not _counts(text[end - 1]) and not (text[end - 1] == "." and word_at(text, end - 1)[1] == end)
    ):
        end -= 1
    return start, end


def _counts(character: str) -> bool:
    import unicodedata

    return character.isalnum() or unicodedata.category(character).startswith("M")


def _window_start(text: str, offset: int) -> int:
    """Where to start looking for the word around an offset: a white space well before it."""
    limit = max(offset - _WINDOW, 0)
    start = text.rfind(" ", limit, max(offset - 256, limit))
    return start if start >= 0 else limit
