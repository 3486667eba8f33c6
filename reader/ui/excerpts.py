"""A mention in its context, cut to a few short rows."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final

from reader.document import Document
from reader.recognize import Mention
from reader.ui.page import wrap

_LEFT_SHARE: Final = 0.4
_RAGGED: Final = 6
"""Cells that wrapping leaves empty at the end of a row, about."""


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """One row of an excerpt."""

    before: str
    name: str
    """The part of the mention that stands in this row; may be empty."""
    after: str


def excerpt(document: Document, block: int, mention: Mention, width: int, rows: int) -> list[ExcerptRow]:
    """Return the words around a mention, wrapped to exactly `rows` rows of at most `width` cells.

    Args:
        document: What the mention stands in.
        block: Index of the block that holds the mention; no context is taken from another.
        mention: What to show.
        width: Cells of a row.
        rows: How many rows.
    """
    holder, text = document.blocks[block], document.text
    room = max(width * rows - rows * _RAGGED, 8)
    left = max(holder.start, mention.start - int(max(room - (mention.end - mention.start), 0) * _LEFT_SHARE))
    if left > holder.start and (space := text.find(" ", left, mention.start)) >= 0:
        left = space + 1
    lead = "…" if left > holder.start else ""
    right = min(holder.end, max(left + width * rows, mention.end))
    flat = lead + text[left:right].replace("\n", " ")
    start, end = mention.start - left + len(lead), mention.end - left + len(lead)
    starts, ends = array("Q"), array("Q")
    wrap(flat, 0, len(flat), max(width - 1, 1), starts, ends)
    if right < holder.end or len(starts) > rows:
        del starts[rows:], ends[rows:]
        flat = flat[: ends[-1]] + "…"
        ends[-1] += 1
    shown = [
        ExcerptRow(
            flat[first : max(first, min(start, last))],
            flat[max(first, min(start, last)) : max(first, min(end, last))],
            flat[max(first, min(end, last)) : last],
        )
        for first, last in zip(starts, ends, strict=True)
    ]
    return (shown + [ExcerptRow("", "", "")] * rows)[:rows]
