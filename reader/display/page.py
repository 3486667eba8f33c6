"""Lays out documents in rows of terminal cells, for the text pane and `reader show`.

A layout consists of arrays of offsets and does not depend on the number of mentions. The rows around an offset are
laid out within milliseconds wherever it is in millions of code points.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Final

from reader.display.cells import clusters, flattened, is_narrow
from reader.display.characters import previous_character
from reader.display.wrapping import wrap_as, wrap_lines
from reader.document import Block, BlockKind, Document
from reader.structures.lazy_dataclass import dataclass

_MIN_WIDTH: Final = 8
_UNCERTAIN_ROWS: Final = 2
"""Rows before the limit of a layout that may depend on what follows: on a longer word, or a wide character."""
_FAR: Final = 262_144
"""Code points of a paragraph that are wrapped in order to find where a row further down begins."""
_FAR_IF_WIDE: Final = 8_192
"""The same if some characters do not take one cell: measuring them takes long."""
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
    """Rows of a document at one width: all of them, or those around an offset; at least one.

    Rows have numbers from 0. Where those above are not laid out, the numbers are estimates.
    """

    document: Document
    width: int
    """Width of a row in cells, including the indent."""
    starts: array[int]
    """The offset at which each row begins."""
    ends: array[int]
    """The offset at which each row ends; that of its start if it is empty."""
    blocks: Sequence[Block]
    """The blocks of the rows."""
    first_rows: array[int]
    """The first row with text of each block, as an index of `starts`; -1 if it is not laid out."""
    reaches_start: bool = True
    reaches_end: bool = True
    first_row: int = 0
    """The number of the first row."""
    rows: range = field(init=False, repr=False, compare=False)
    """The numbers of the rows."""

    def __post_init__(self) -> None:
        rows = range(self.first_row, self.first_row + len(self.starts))
        object.__setattr__(self, "rows", rows)  # the class is frozen

    @property
    def is_complete(self) -> bool:
        """Whether these are all rows of the document."""
        return self.reaches_start and self.reaches_end

    @property
    def height(self) -> int:
        """The number of rows of the document; an estimate from those that are laid out if others follow."""
        if self.reaches_end:
            return self.rows.stop
        return self.rows.stop + 1 + self._likely_rows(len(self.document.text) - self.ends[-1])

    def span(self, row: int) -> tuple[int, int]:
        """Return the offsets at which the text of a row begins and ends; twice the same for an empty row."""
        index = row - self.first_row
        return self.starts[index], self.ends[index]

    def is_empty(self, row: int) -> bool:
        """Return whether a row has no text."""
        start, end = self.span(row)
        return start == end

    def row_at(self, offset: int) -> int:
        """Return the row that displays an offset, or the nearest row above it."""
        return self.first_row + max(bisect_right(self.starts, offset) - 1, 0)

    def has(self, offset: int, above: int = 0, below: int = 0) -> bool:
        """Return whether the row of an offset is laid out, and some rows above and below it if there are any."""
        if self.reaches_start and self.reaches_end:
            return True
        if not (self.reaches_start or offset >= self.starts[0]) or not (self.reaches_end or offset < self.ends[-1]):
            return False
        row, rows = self.row_at(offset), self.rows
        return (self.reaches_start or row - above >= rows.start) and (self.reaches_end or row + below < rows.stop)

    def block_of(self, row: int) -> tuple[Block, bool]:
        """Return the block of a row, and whether its text begins there. An empty row belongs to the block above it.

        Raises:
            IndexError: The document has no blocks.
        """
        index = row - self.first_row
        block_index = max(bisect_right(self.first_rows, index) - 1, 0)
        return self.blocks[block_index], self.first_rows[block_index] == index

    def text_row(self, row: int, direction: int) -> int:
        """Return the nearest row with text, searching down first if `direction` is positive, otherwise up."""
        for step in (1, -1) if direction > 0 else (-1, 1):
            candidate = row
            while candidate in self.rows:
                if not self.is_empty(candidate):
                    return candidate
                candidate += step
        return row

    def column_of(self, offset: int) -> int:
        """Return the column of an offset in its row, in cells including the indent."""
        row = self.row_at(offset)
        (start, _), text = self.span(row), self.document.text
        indent = self._indent(row)
        if is_narrow(text, start, offset):
            return indent + offset - start
        return indent + sum(size for _, _, size in clusters(text[start:offset]))

    def offset_at(self, row: int, column: int) -> int:
        """Return the offset at a column of a row, or the last offset if the row is shorter."""
        (start, end), text = self.span(row), self.document.text
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

    def likely_offset(self, row: int) -> int:
        """Return an offset near a row that need not be laid out."""
        size = len(self.document.text)
        return max(0, min(size * row // self.height, size - 1))

    def numbered(self, row: int | None, offset: int) -> Page:
        """Return the page with other numbers of its rows, unless they are exact.

        Args:
            row: The number of the row of an offset; the numbers are estimates if it is None, or too low.
            offset: The offset.
        """
        if self.reaches_start:
            return self
        first_row = row - bisect_right(self.starts, offset) + 1 if row is not None else 0
        return replace(self, first_row=first_row if first_row > 0 else self._likely_rows(self.starts[0]) + 1)

    def _likely_rows(self, size: int) -> int:
        """Return how many rows some code points of the text take if they are like those that are laid out."""
        return size * len(self.starts) // max(self.ends[-1] - self.starts[0], 1)

    def _indent(self, row: int) -> int:
        return indent_of(self.block_of(row)[0]) if self.blocks else 0


def lay_out(document: Document, width: int) -> Page:
    """Lay out a document. Blocks are wrapped greedily at spaces, and long words between grapheme clusters.

    Args:
        document: The document.
        width: Width of a row in cells.
    """
    return _lay_out(document, width, document.blocks, None, 0, len(document.text))


def lay_out_around(document: Document, width: int, offset: int, rows: int) -> Page:
    """Lay out the rows around an offset: those of `lay_out`, without reading the text far above and below them.

    In a paragraph that begins far above, they may begin and end elsewhere than those of `lay_out`.

    Args:
        document: The document.
        width: Width of a row in cells.
        offset: The offset.
        rows: The least number of rows above and below that of the offset, unless the document begins or ends there.
    """
    size, reach = len(document.text), _likely_size(document.text, width, offset, max(rows, 1))
    while True:
        first, limit = max(offset - reach, 0), min(offset + reach, size)
        if not first and limit == size:
            return lay_out(document, width)
        page = _lay_out_part(document, width, first, limit)
        if page.has(offset, rows, rows):
            return page.numbered(None, offset)
        reach *= 8


def _likely_size(text: str, width: int, offset: int, rows: int) -> int:
    """Estimate how many code points some rows around an offset have, as if every line began a block."""
    first, last = max(offset - rows * width, 0), min(offset + rows * width, len(text))
    rows_in_span = (last - first) // width + 2 * text.count("\n", first, last)
    return rows * min(width, max((last - first) // max(rows_in_span, 1), 1)) + width


def _lay_out_part(document: Document, width: int, first: int, limit: int) -> Page:
    """Lay out a document from the block at the offset `first`, or a little before, to the offset `limit`."""
    blocks = document.blocks_around(first, limit)
    if not blocks:
        return lay_out(document, width)
    above: Block | None = None
    if len(blocks) > 1 and blocks[1].start <= first:
        above, blocks = blocks[0], blocks[1:]
    begin = _begin(document.text, blocks[0], width, first)
    page = _lay_out(document, width, blocks, above, begin, limit)
    return replace(page, reaches_start=above is None and begin == blocks[0].start)


def _begin(text: str, block: Block, width: int, first: int) -> int:
    """Return where to begin to wrap the block at an offset: at its start, unless that is too far above."""
    start = block.start
    if first - start <= _FAR_IF_WIDE or (first - start <= _FAR and is_narrow(text, start, first)):
        return start
    if block.kind is _CODE:
        return text.rfind("\n", start, first) + 1 or start
    space = text.rfind(" ", first - _FAR_IF_WIDE, first)
    room = _room(block, width)
    return space + 1 if space >= 0 else previous_character(text, start + (first - start) // room * room + 1)


def _room(block: Block, width: int) -> int:
    return max(width if block.kind is _PARAGRAPH else width - indent_of(block), _MIN_WIDTH)


def _lay_out(
    document: Document, width: int, blocks: Sequence[Block], above: Block | None, begin: int, limit: int
) -> Page:
    """Lay out a document from the offset `begin` in the first of some blocks to the offset `limit`.

    Args:
        document: The document.
        width: Width of a row in cells.
        blocks: The blocks from the first one to lay out.
        above: The block before them, None if there is none.
        begin: Where the first row with text begins.
        limit: Where to end.
    """
    text = document.text[begin:limit] if begin or limit < len(document.text) else document.text
    flat = flattened(text)
    all_narrow = is_narrow(flat)
    starts, ends, first_rows = array("q"), array("q"), array("q")
    for block in blocks:
        start, end = block.start - begin, min(block.end, limit) - begin
        if block.start >= limit:
            break
        if start < 0:
            start = 0
            first_rows.append(-1)
        else:
            for _ in range(gap_between(above, block) if above is not None else 0):
                starts.append(start)
                ends.append(start)
            first_rows.append(len(starts))
        room = _room(block, width)
        if block.kind is _CODE:
            wrap_lines(text, start, end, room, starts, ends)
        elif all_narrow and end - start <= room:
            starts.append(start)
            ends.append(end)
        else:
            wrap_as(all_narrow or is_narrow(flat, start, end), flat, start, end, room, starts, ends)
        above = block
    reaches_end = limit >= len(document.text)
    if not reaches_end:
        _drop_rows(_UNCERTAIN_ROWS, starts, ends, first_rows)
    if not starts:
        starts.append(0)
        ends.append(0)
    if begin:
        starts, ends = (array("q", [offset + begin for offset in offsets]) for offsets in (starts, ends))
    return Page(document, width, starts, ends, blocks, first_rows, reaches_end=reaches_end)


def _drop_rows(count: int, starts: array[int], ends: array[int], first_rows: array[int]) -> None:
    """Drop the last rows."""
    del starts[-count:], ends[-count:]
    while first_rows and first_rows[-1] >= len(starts):
        first_rows.pop()
