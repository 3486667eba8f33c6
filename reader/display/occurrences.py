"""Every place where some words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.display.words import snap
from reader.document import Document


class Occurrence(NamedTuple):
    """A place that is offered."""

    start: int
    end: int
    ticked: bool = True
    description: str = ""
    """What stands there now."""


def find_occurrences(document: Document, words: str) -> Iterator[tuple[int, int]]:
    """Yield where some words stand as words of their own, to the letter but for the white space between them.

    None reaches across two blocks.
    """
    parts = words.split()
    if not parts:
        return
    text = document.text
    for found in re.finditer(r"\s+".join(map(re.escape, parts)), text):
        start, end = found.span()
        if document.has_block_around(start, end) and snap(text, start, end) == (start, end):
            yield start, end
