"""Where sentences end: the one definition for the whole program.

A period ends no sentence after an initial or a common title ("J. Smith", "Dr. Smith"), nor before a lower-case word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ENDS: Final = "\"'”’»)\\]」』）】》"
_SENTENCE_END: Final = re.compile(
    r"(?:[.!?…]*[!?…]|\.\.+(?!\s+[a-z])|(?<!\b[^\W\d_])(?<!\b(?:Mr|Ms|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Col|Sgt|Rep|Sen|Gov))"
    rf"\.(?!\s+[a-z]))[{_ENDS}]*(?=\s|$)|[。！？]+[{_ENDS}]*|\n[^\S\n]*\n"
)


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets after the last character of each sentence in `text[start:end]`.

    Closing quotes and brackets belong to the sentence. A blank line ends one too. What follows the last end, if
    anything, is an unfinished sentence.
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
