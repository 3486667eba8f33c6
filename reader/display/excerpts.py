"""Builds excerpts: the words around a mention, or its sentence, for a few rows or one line."""

from __future__ import annotations

from array import array
from typing import Final

from reader.display.cells import cells, clusters, displayed
from reader.display.wrapping import wrap
from reader.document import Document
from reader.document.sentences import sentence_at
from reader.recognize import Mention
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_ELLIPSIS: Final = "…"
_LEFT_SHARE: Final = 0.4
_LINE_BREAK: Final = lazy_pattern(r"\n[ \t]*")
"""A line break with the indent of the next line, which is one space in an excerpt."""
_RAGGED: Final = 6
"""Approximate number of cells that wrapping leaves empty at the end of a row."""


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """One row of an excerpt."""

    before: str
    name: str
    """The part of the mention in this row; may be empty."""
    after: str


def excerpt(document: Document, mention: Mention, width: int, rows: int) -> list[ExcerptRow]:
    """Return the words around a mention in its block, wrapped to exactly `rows` rows.

    Args:
        document: The document of the mention.
        mention: The mention.
        width: Maximum width of a row in cells.
        rows: Number of rows.
    """
    block, text = document.block_at(mention.start), document.text
    room = max(width * rows - rows * _RAGGED, 8)
    excerpt_start = max(block.start, mention.start - int(max(room - (mention.end - mention.start), 0) * _LEFT_SHARE))
    if excerpt_start > block.start and (space := text.find(" ", excerpt_start, mention.start)) >= 0:
        excerpt_start = space + 1
    ellipsis = _ELLIPSIS if excerpt_start > block.start else ""
    excerpt_end = min(block.end, max(excerpt_start + width * rows, mention.end))
    before = _on_one_line(text[excerpt_start : mention.start])
    before = ellipsis + before.lstrip() if ellipsis else before
    name = _on_one_line(text[mention.start : mention.end])
    flat = before + name + _on_one_line(text[mention.end : excerpt_end])
    start, end = len(before), len(before) + len(name)
    starts, ends = array("Q"), array("Q")
    wrap(flat, 0, len(flat), max(width - 1, 1), starts, ends)
    if excerpt_end < block.end or len(starts) > rows:
        del starts[rows:], ends[rows:]
        flat = flat[: ends[-1]] + _ELLIPSIS
        ends[-1] += 1
    excerpt_rows = [
        ExcerptRow(
            flat[first : max(first, min(start, last))],
            flat[max(first, min(start, last)) : max(first, min(end, last))],
            flat[max(first, min(end, last)) : last],
        )
        for first, last in zip(starts, ends, strict=True)
    ]
    return (excerpt_rows + [ExcerptRow("", "", "")] * rows)[:rows]


class MentionContext(NamedTuple):
    """A mention with the words on either side of it, each on one line."""

    before: str
    name: str
    after: str


def sentence_excerpt(document: Document, offset: int) -> str:
    """Return the sentence around `offset` on one line."""
    block, text = document.block_at(offset), document.text
    start, end = sentence_at(text, offset, block.start, block.end)
    return displayed(_on_one_line(text[start:end]))


def sentence_around(document: Document, offset: int, width: int) -> str:
    """Return the sentence around `offset` on one line of at most `width` cells; a longer one is cut on both sides."""
    block, text = document.block_at(offset), document.text
    start, end = sentence_at(text, offset, block.start, block.end)
    before, after = displayed(_on_one_line(text[start:offset])), displayed(_on_one_line(text[offset:end]))
    if cells(before) + cells(after) <= width:
        return before + after
    before = _last_cells(before, max(int(width * _LEFT_SHARE), width - cells(after)), more=False)
    return before + _first_cells(after, width - cells(before), more=False)


def _on_one_line(text: str) -> str:
    """Return a text with spaces instead of line breaks and the indents that follow them."""
    return _LINE_BREAK.sub(" ", text) if "\n" in text else text


def mention_context(document: Document, mention: Mention, before: int, after: int) -> MentionContext:
    """Return a mention with the words of its block on either side, cut between grapheme clusters.

    Args:
        document: The document of the mention.
        mention: The mention.
        before: Maximum width of the words before it in cells.
        after: Maximum width of the words after it.
    """
    block, text = document.block_at(mention.start), document.text
    text_before = displayed(_on_one_line(text[max(block.start, mention.start - 2 * before) : mention.start]))
    text_after = displayed(_on_one_line(text[mention.end : max(mention.end, min(block.end, mention.end + 2 * after))]))
    return MentionContext(
        _last_cells(text_before, before, more=mention.start - 2 * before > block.start),
        displayed(_on_one_line(text[mention.start : mention.end])),
        _first_cells(text_after, after, more=mention.end + 2 * after < block.end),
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
