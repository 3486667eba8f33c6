"""Finds all occurrences of some words in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reader.display.words import snap

if TYPE_CHECKING:
    from reader.document.normal_text import NormalText


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
    from reader.document.normal_text import normalize  # not needed before the first search

    form = normalize(words)
    if not form:
        return
    for match in re.finditer(re.escape(form), normal.text):
        if snap(normal.text, *match.span()) == match.span():
            yield normal.to_document(*match.span())
