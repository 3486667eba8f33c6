"""Every place where some words stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from reader.display.words import snap
from reader.document import Document

_start = attrgetter("start")


class Place(NamedTuple):
    """A place that is offered."""

    start: int
    end: int
    ticked: bool = True
    note: str = ""
    """What stands there now."""


def occurrences(document: Document, words: str) -> Iterator[tuple[int, int]]:
    """Yield where some words stand as words of their own, to the letter but for the white space between them.

    None reaches across two blocks.
    """
    parts = words.split()
    if not parts:
        return
    text, blocks = document.text, document.blocks
    for found in re.finditer(r"\s+".join(map(re.escape, parts)), text):
        start, end = found.span()
        block = bisect_right(blocks, start, key=_start) - 1
        if block >= 0 and end <= blocks[block].end and snap(text, start, end) == (start, end):
            yield start, end
