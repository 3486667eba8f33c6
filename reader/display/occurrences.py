"""Finds all occurrences of some words in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.display.words import snap
from reader.document.normal_text import NormalText, normalize


class Occurrence(NamedTuple):
    """An occurrence offered for marking."""

    start: int
    end: int
    ticked: bool = True
    """Whether it is preselected."""
    description: str = ""
    """The mentions that are there now, for the user."""


def find_occurrences(normal: NormalText, words: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a document where `words` occur as whole words inside one block, however they are typeset."""
    form = normalize(words)
    if not form:
        return
    for match in re.finditer(re.escape(form), normal.text):
        if snap(normal.text, *match.span()) == match.span():
            yield normal.to_document(*match.span())
