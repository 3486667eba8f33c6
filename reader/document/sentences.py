"""Where sentences start and end: the one definition for the whole program.

A period does not end a sentence after an initial or a common title ("J. Smith", "Dr. Smith"), and no mark ends one
before a lower-case word ("“Never!” he said").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_CLOSING: Final = "\"'”’»)\\]」』）】》"
_OPENING: Final = frozenset("\"'“‘«([—–-")
_ABBREVIATION: Final = (
    r"(?<!\b[^\W\d_]\.)(?<!\b(?:Mr|Ms|Dr|St|Lt)\.)(?<!\b(?:Mrs|Gen|Col|Sgt|Rep|Sen|Gov)\.)"  # not after one
)
_SENTENCE_END: Final = lazy_pattern(
    r"[.!?…。！？\n]"  # first, alone: the search skips everything else quickly
    rf"(?:(?<=[.!?…])[.!?…]*{_ABBREVIATION}[{_CLOSING}]*(?=\s|$)(?!\s+[a-z])"
    rf"|(?<=[。！？])[。！？]*[{_CLOSING}]*"
    r"|(?<=\n)[^\S\n]*\n)"
)
_LOOK_BACK: Final = 16
"""Code points: longer than any run of marks that ends a sentence in practice ("?!?!”)")."""


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offset after the last character of each sentence in `text[start:end]`.

    Closing quotes and brackets belong to the sentence. A blank line also ends a sentence. Text after the last end is
    an unfinished sentence.
    """
    for match in _SENTENCE_END.finditer(text, start, end):
        yield match.end()


def sentence_at(text: str, offset: int, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around `offset` inside `text[start:end]`, without outer white space."""
    first, last = start, end
    for sentence_end in sentence_ends(text, start, end):
        if sentence_end > offset:
            last = sentence_end
            break
        first = sentence_end
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def starts_sentence(text: str, offset: int) -> bool:
    """Return whether the word at `offset` is the first of a sentence; opening quotes and dashes may precede it."""
    previous_end = offset
    while previous_end and (text[previous_end - 1].isspace() or text[previous_end - 1] in _OPENING):
        previous_end -= 1
    if not previous_end:
        return True
    # One code point more than the gap, so that a period before a lower-case word is recognized as no end.
    ends = sentence_ends(text, max(0, previous_end - _LOOK_BACK), min(offset + 1, len(text)))
    return any(previous_end <= sentence_end <= offset for sentence_end in ends)
