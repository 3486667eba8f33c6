"""Finds all occurrences of some words in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.display.words import is_in_part, snap
from reader.structures.named_tuple import NamedTuple

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
    """Yield the spans of a document where `words` occur inside one block, however they are typeset.

    They are whole words, or whole parts of a compound: "Ostia" is also found in "Ostia-Porto".
    """
    from reader.document.normal_text import normalize  # not needed before the first search

    form = normalize(words)
    if not form:
        return
    for match in re.finditer(re.escape(form), normal.text):
        start, end = match.span()
        if snap(normal.text, start, end) == (start, end) or not (
            is_in_part(normal.text, start) or is_in_part(normal.text, end)
        ):
            yield normal.to_document(*match.span())
