"""Finds all occurrences of some words in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.display.words import snap
from reader.document import Document


class Occurrence(NamedTuple):
    """An occurrence offered for marking."""

    start: int
    end: int
    ticked: bool = True
    """Whether it is preselected."""
    description: str = ""
    """The mentions that are there now, for the user."""


def find_occurrences(document: Document, words: str) -> Iterator[tuple[int, int]]:
    """Yield the spans where `words` occur as whole words inside one block, regardless of white space between them."""
    parts = words.split()
    if not parts:
        return
    text = document.text
    for match in re.finditer(r"\s+".join(map(re.escape, parts)), text):
        start, end = match.span()
        if document.has_block_around(start, end) and snap(text, start, end) == (start, end):
            yield start, end
