"""Steps through a text by characters as readers see them: grapheme clusters. Offsets are in code points."""

from __future__ import annotations

from typing import Final

from reader.display.cells import cluster_end, clusters, is_narrow

_WINDOW: Final = 32
"""Code points in which the cluster before an offset is looked for."""


def next_character(text: str, offset: int) -> int:
    """Return the offset after the character at `offset`, at most the end of the text."""
    return cluster_end(text, offset, len(text)) if offset < len(text) else len(text)


def previous_character(text: str, offset: int) -> int:
    """Return the offset of the character before `offset`, at least 0."""
    if offset <= 0:
        return 0
    start = max(offset - _WINDOW, 0)
    if is_narrow(text, max(offset - 2, 0), offset):
        return offset - 1
    return start + clusters(text[start:offset])[-1][0]
