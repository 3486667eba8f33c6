"""A mention in its context, cut to a few short rows."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final, NamedTuple

from reader.display.cells import clusters, displayed
from reader.display.page import wrap
from reader.document import Document
from reader.document.sentences import sentence_at
from reader.recognize import Mention

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


def excerpt(document: Document, mention: Mention, width: int, rows: int) -> list[ExcerptRow]:
    """Return the words around a mention, wrapped to exactly `rows` rows of at most `width` cells.

    Args:
        document: What the mention stands in.
        mention: What to show.
        width: Cells of a row.
        rows: How many rows.
    """
    holder, text = document.block_at(mention.start), document.text
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


_ELLIPSIS: Final = "…"


class MentionContext(NamedTuple):
    """A name with the words on either side of it, each on one line."""

    before: str
    name: str
    after: str


def sentence_excerpt(document: Document, offset: int) -> str:
    """Return the sentence around `offset` on one line."""
    block, text = document.block_at(offset), document.text
    start, end = sentence_at(text, offset, block.start, block.end)
    return displayed(text[start:end])


def mention_context(document: Document, mention: Mention, width: int) -> MentionContext:
    """Return a mention with at most `width` cells of its paragraph on either side, cut at cluster borders."""
    block, text = document.block_at(mention.start), document.text
    left = displayed(text[max(block.start, mention.start - 2 * width) : mention.start])
    right = displayed(text[mention.end : max(mention.end, min(block.end, mention.end + 2 * width))])
    return MentionContext(
        _last_cells(left, width, more=mention.start - 2 * width > block.start),
        displayed(text[mention.start : mention.end]),
        _first_cells(right, width, more=mention.end + 2 * width < block.end),
    )


def _first_cells(text: str, width: int, *, more: bool) -> str:
    pieces = clusters(text)
    if not more and sum(size for _, _, size in pieces) <= width:
        return text
    end = used = 0
    for _, stop, size in pieces:
        if used + size > width - 1:
            break
        end, used = stop, used + size
    return text[:end].rstrip() + _ELLIPSIS


def _last_cells(text: str, width: int, *, more: bool) -> str:
    pieces = clusters(text)
    if not more and sum(size for _, _, size in pieces) <= width:
        return text
    start, used = len(text), 0
    for first, _, size in reversed(pieces):
        if used + size > width - 1:
            break
        start, used = first, used + size
    return _ELLIPSIS + text[start:].lstrip()
