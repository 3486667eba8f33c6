"""Lays out documents in rows of terminal cells, for the text pane and `reader show`.

A layout consists of arrays of offsets and does not depend on the number of mentions. A text of millions of code points
is laid out again within milliseconds when the width changes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from reader.display.cells import clusters, is_narrow, takes_two_cells
from reader.document import Block, BlockKind, Document

_MIN_WIDTH: Final = 8
_UNCERTAIN_ROWS: Final = 2
"""Rows before the limit of a layout that may depend on what follows: on a longer word, or a wide character."""
_MAX_INDENT: Final = 12
# A text may have a block for every few characters, and access to the members of an enumeration is slow.
_PARAGRAPH, _HEADING, _CODE = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CODE
_LIST_ITEM, _TABLE_ROW = BlockKind.LIST_ITEM, BlockKind.TABLE_ROW


def indent_of(block: Block) -> int:
    """Return the indent of a block's rows in cells."""
    match block.kind:
        case BlockKind.LIST_ITEM:
            hanging = len(block.marker) + 1 if block.marker else 0
            return min(2 * max(block.level - 1, 0), _MAX_INDENT) + hanging
        case BlockKind.QUOTE | BlockKind.CODE:
            return min(2 * max(block.level, 1), _MAX_INDENT)
        case _:
            return 0


def gap_between(upper: Block, lower: Block) -> int:
    """Return the number of empty rows between two adjacent blocks."""
    kind = lower.kind
    if upper.kind is kind and (kind is _LIST_ITEM or kind is _TABLE_ROW):
        return 0
    return 2 if kind is _HEADING and lower.level <= 1 else 1


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a document at one width; there is at least one.

    Row `n` displays `text[starts[n]:ends[n]]`, which is empty for an empty row.
    """

    document: Document
    width: int
    """Width of a row in cells, including the indent."""
    starts: array[int]
    ends: array[int]
    first_rows: array[int]
    """The first row with text of each block."""
    is_complete: bool = True
    """Whether the rows reach to the end of the document. `lay_out_head` makes pages that do not."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.starts)

    @property
    def likely_height(self) -> int:
        """The number of rows; where they do not reach to the end of the document, an estimate from those that exist."""
        size = len(self.document.text)
        return self.height if self.is_complete else self.height * size // max(self.ends[-1], 1)

    def row_at(self, offset: int) -> int:
        """Return the row that displays an offset, or the nearest row above it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def block_index(self, row: int) -> int:
        """Return the index of the block of a row. An empty row belongs to the block above it."""
        return max(bisect_right(self.first_rows, row) - 1, 0)

    def text_row(self, row: int, direction: int) -> int:
        """Return the nearest row with text, searching down first if `direction` is positive, otherwise up."""
        for step in (1, -1) if direction > 0 else (-1, 1):
            candidate = row
            while 0 <= candidate < self.height:
                if self.starts[candidate] < self.ends[candidate]:
                    return candidate
                candidate += step
        return row

    def column_of(self, offset: int) -> int:
        """Return the column of an offset in its row, in cells including the indent."""
        row = self.row_at(offset)
        start, text = self.starts[row], self.document.text
        indent = self._indent(row)
        if is_narrow(text, start, offset):
            return indent + offset - start
        return indent + sum(size for _, _, size in clusters(text[start:offset]))

    def offset_at(self, row: int, column: int) -> int:
        """Return the offset at a column of a row, or the last offset if the row is shorter."""
        start, end, text = self.starts[row], self.ends[row], self.document.text
        column = max(column - self._indent(row), 0)
        if is_narrow(text, start, end):
            return min(start + column, max(end - 1, start))
        used, offset = 0, start
        for first, _, size in clusters(text[start:end]):
            offset = start + first
            if used + size > column:
                break
            used += size
        return offset

    def _indent(self, row: int) -> int:
        blocks = self.document.blocks
        return indent_of(blocks[self.block_index(row)]) if blocks else 0


def lay_out(document: Document, width: int) -> Page:
    """Lay out a document. Blocks are wrapped greedily at spaces, and long words between grapheme clusters.

    Args:
        document: The document.
        width: Width of a row in cells.
    """
    return _lay_out(document, width, len(document.text))


def lay_out_head(document: Document, width: int, offset: int, rows: int) -> Page:
    """Lay out the start of a document: the first rows of `lay_out`, without reading the blocks after them.

    Args:
        document: The document.
        width: Width of a row in cells.
        offset: An offset whose row is among them.
        rows: The least number of rows after that one, unless the document ends before.
    """
    page = _lay_out(document, width, min(offset + 2 * rows * width, len(document.text)))
    return page if page.is_complete or page.row_at(offset) + rows < page.height else lay_out(document, width)


def _lay_out(document: Document, width: int, limit: int) -> Page:
    """Lay out the part of a document before the offset `limit`."""
    text = document.text
    flat = text[:limit].replace("\n", " ")
    all_narrow = is_narrow(flat)
    starts, ends, first_rows = array("Q"), array("Q"), array("Q")
    above: Block | None = None
    for block in document.blocks:
        start, end = block.start, block.end
        if start >= limit:
            break
        if above is not None:
            for _ in range(gap_between(above, block)):
                starts.append(start)
                ends.append(start)
        first_rows.append(len(starts))
        room = max(width if block.kind is _PARAGRAPH else width - indent_of(block), _MIN_WIDTH)
        if block.kind is _CODE:
            _wrap_lines(text, block, limit, room, starts, ends)
        elif all_narrow and end - start <= room:
            starts.append(start)
            ends.append(end)
        else:
            _wrap_as(is_narrow(text, start, end), flat, start, min(end, limit), room, starts, ends)
        above = block
    is_complete = limit >= len(text)
    if not is_complete:
        _drop_rows(_UNCERTAIN_ROWS, starts, ends, first_rows)
    if not starts:
        starts.append(0)
        ends.append(0)
    return Page(document, width, starts, ends, first_rows, is_complete)


def _drop_rows(count: int, starts: array[int], ends: array[int], first_rows: array[int]) -> None:
    """Drop the last rows."""
    del starts[-count:], ends[-count:]
    while first_rows and first_rows[-1] >= len(starts):
        first_rows.pop()


def _wrap_lines(text: str, block: Block, limit: int, room: int, starts: array[int], ends: array[int]) -> None:
    start = block.start
    while start <= min(block.end, limit):
        end = text.find("\n", start, block.end)
        end = block.end if end < 0 else end
        if end > start:
            _wrap_as(is_narrow(text, start, end), text, start, min(end, limit), room, starts, ends)
        else:
            starts.append(start)
            ends.append(start)
        start = end + 1


def wrap(flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Append the offsets of the rows of `flat[start:end]`, each up to `room` cells wide; `flat` has no line breaks."""
    _wrap_as(is_narrow(flat, start, end), flat, start, end, room, starts, ends)


def _wrap_as(narrow: bool, flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Wrap `flat[start:end]`, part of a text all of whose characters are of one cell if `narrow`."""
    if not narrow:
        _wrap_wide(flat, start, end, room, starts, ends)
        return
    find, add_start, add_end = flat.rfind, starts.append, ends.append
    while end - start > room:
        cut = find(" ", start + 1, start + room + 1)
        if cut < 0:
            cut = after = start + room
        else:
            after = cut + 1
            while after < end and flat[after] == " ":
                after += 1
        add_start(start)
        add_end(cut)
        start = after
    if start < end or not starts or starts[-1] != start:
        add_start(start)
        add_end(end)


def _wrap_wide(flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Wrap text with zero-width and wide characters: between words, next to wide characters, or inside a long word."""
    row = start
    used = cut = used_at_cut = 0
    after = row
    after_wide = after_space = False
    for first, last, size in clusters(flat[start:end]):
        first, last = first + start, last + start
        is_space = flat[first:last] == " "
        is_wide = size == 2 and takes_two_cells(flat[first])
        if first > row and (is_wide or after_wide) and not is_space:
            cut = after = first
            used_at_cut = used
        if used + size > room and not is_space:
            if cut <= row:
                cut = after = first
                used_at_cut = used
            starts.append(row)
            ends.append(_without_spaces(flat, row, cut))
            row, used, cut = after, used - used_at_cut, 0
        used += size
        if is_space and last > row:
            cut, after, used_at_cut = cut if after_space else first, last, used
        after_space = is_space
        after_wide = is_wide
    starts.append(row)
    ends.append(_without_spaces(flat, row, end) if used > room else end)


def _without_spaces(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1] == " ":
        end -= 1
    return end


def wrapped(text: str, width: int) -> list[str]:
    """Wrap a short text in rows of at most `width` cells."""
    starts, ends = array("Q"), array("Q")
    wrap(text, 0, len(text), max(width, 1), starts, ends)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
