"""Print passages of documents with what was searched for, and the names in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.display.cells import displayed

if TYPE_CHECKING:
    from reader.cli.output.paint import Paint


def one_line_passage(text: str) -> str:
    """Return a passage on one line, safe for the terminal."""
    return displayed(" ".join(text.split()))


def highlighted(text: str, spans: Iterable[tuple[int, int]], paint: Paint) -> str:
    """Return a passage on one line with spans as headings; in brackets if there are no colors."""
    pieces, offset = [], 0
    for start, end in spans:
        match = displayed(text[start:end].replace("\n", " "))
        pieces += [
            displayed(text[offset:start].replace("\n", " ")),
            paint.heading(match) if paint.depth else f"[{match}]",
        ]
        offset = end
    pieces.append(displayed(text[offset:].replace("\n", " ")))
    return "".join(pieces).strip()
