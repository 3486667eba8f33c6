"""The blocks of a document: paragraphs, headings, list items and the like; also those that are found when needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final, Protocol

from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_sequence import LazySequence

_START: Final = attrgetter("start")
_AHEAD: Final = 65_536
"""Code points that are read in order rather than around an offset."""
_MARGIN: Final = 2_048
"""Code points on either side of a span whose blocks are kept for the next time."""


class BlockKind(StrEnum):
    """The kind of a block, used by layout and recognition."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, quote, code block or table row of a document.

    Blocks are in text order, never overlap, are never empty, and neither start nor end with a line break; only code
    starts with spaces. A line break inside a block comes from the layout of the source (a hard-wrapped paragraph). It
    may be displayed as a space, together with the indentation after it, except in code.
    """

    start: int
    """Offset of the first code point."""
    end: int
    """Offset after the last code point."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """1 to 6 for headings, the depth from 1 for list items and quotes, otherwise 0."""
    marker: str = ""
    """The marker displayed before a list item, such as "•" or "3."; not part of the text."""
    page: int = 0
    """Number from 1 of the page on which the block begins, 0 if the source has no pages."""
    time: str = ""
    """When the block begins in a recording, such as "1:02:03", "" if the source is none."""


class BlockSource(Protocol):
    """Finds the blocks of a text."""

    def __iter__(self) -> Iterator[Block]:
        """Yield all blocks in order."""

    def around(self, start: int, end: int) -> Sequence[Block]:
        """Return some blocks of these, found without those before: see `blocks_around`."""


class LazyBlocks(LazySequence[Block]):
    """Blocks that are found when they are first needed, in order or around a span."""

    def __init__(self, source: BlockSource) -> None:
        super().__init__(iter(source))
        self._source_of_blocks = source
        self._near: tuple[int, int, Sequence[Block]] = (0, -1, ())
        """A span and the blocks around it, which were found without those before."""

    def around(self, start: int, end: int) -> Sequence[Block]:
        """Return the blocks around a span: see `blocks_around`."""
        if self.has_passed(end) or (self.has_passed(end - _AHEAD) and self._reach(end)):
            return blocks_around(self.known, start, end)
        first, last, blocks = self._near
        if start < first or last < end:
            first, last = max(start - _MARGIN, 0), end + _MARGIN
            blocks = self._source_of_blocks.around(first, last)
            self._near = first, last, blocks
        return blocks_around(blocks, start, end)

    def has_passed(self, offset: int) -> bool:
        """Return whether the blocks up to the first one at an offset or after it have been found in order."""
        return self.is_complete or offset <= 0 or (bool(self.known) and self.known[-1].start >= offset)

    def _reach(self, offset: int) -> bool:
        self.insertion_index(offset, _START)
        return True


def blocks_around(blocks: Sequence[Block], start: int, end: int) -> Sequence[Block]:
    """Return the blocks from the last but one that begins at `start` or before to the first at `end` or after."""
    covering = bisect_right(blocks, start, key=_START) - 1
    return blocks[max(covering - 1, 0) : bisect_left(blocks, end, lo=max(covering, 0), key=_START) + 1]
