"""The width of each character, for this program and Textual: Rich's table, but each vowel sign takes a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import rich.cells
from rich._unicode_data import load
from rich.cells import CellTable


@cache
def cell_table(unicode_version: str = "auto") -> CellTable:
    """Return the widths in cells of all characters that do not take one cell, sorted.

    Rich gives spacing marks (category Mc), such as the vowel signs of Devanagari, no cell. Most terminals give them
    one, and what follows would be drawn over them.
    """
    table = load(unicode_version)
    return table._replace(widths=[span for start, end, width in table.widths for span in _split(start, end, width)])


def _split(start: int, end: int, width: int) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of a span of characters of one width that are no spacing marks."""
    if width:
        yield start, end, width
        return
    first = start
    for code in range(start, end + 2):
        if code > end or unicodedata.category(chr(code)) == "Mc":
            if first < code:
                yield first, code - 1, width
            first = code + 1


rich.cells.load_cell_table = cell_table  # type: ignore[attr-defined]  # Rich has no setting, and Textual measures with it
