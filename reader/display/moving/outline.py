"""The paragraphs and headings of a document, for motions and the table of contents."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property

from reader.display.page import gap_between
from reader.document import BlockKind, Document, one_line
from reader.structures.named_tuple import NamedTuple


class Heading(NamedTuple):
    """A heading in the table of contents."""

    offset: int
    level: int
    """From 1 for the highest level in the document."""
    title: str
    """The heading on one line."""


class Outline:
    """Where the paragraphs and headings of a document begin; computed once, when it is first needed."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def read(self) -> None:
        """Find all paragraphs and headings now. It may be called in any thread."""
        _ = self.paragraphs, self._heading_starts

    @cached_property
    def paragraphs(self) -> array[int]:
        """The offset of each paragraph. The items of a list and the rows of a table are one paragraph."""
        starts, above = array("Q"), None
        for block in self._document.blocks:
            if above is None or gap_between(above, block):
                starts.append(block.start)
            above = block
        return starts

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in text order, their levels counted from the highest one that occurs."""
        document = self._document
        blocks = [block for block in document.blocks if block.kind is BlockKind.HEADING]
        top = min((max(block.level, 1) for block in blocks), default=1)
        return tuple(
            Heading(block.start, max(block.level, 1) - top + 1, one_line(document.text[block.start : block.end]))
            for block in blocks
        )

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.offset for heading in self.headings]

    def paragraph_from(self, offset: int, count: int) -> int:
        """Return the start of the paragraph `count` paragraphs further down, or further up if negative.

        From within a paragraph, the first step up leads to its start. A step down from the last one leads to its end.
        """
        target = _step(self.paragraphs, offset, count)
        if target is None:
            return self._document.blocks[-1].end - 1 if count > 0 and self._document.blocks else 0
        return target

    def heading_from(self, offset: int, count: int) -> int | None:
        """Return the start of the heading `count` headings further down, or up if negative; None if there is none."""
        return _step(self._heading_starts, offset, count)

    def section_at(self, offset: int) -> int:
        """Return the index of the heading above an offset; 0 if there is none."""
        return max(bisect_right(self._heading_starts, offset) - 1, 0)


def _step(starts: array[int] | list[int], offset: int, count: int) -> int | None:
    """Return the start that is `count` starts after an offset, or before it if negative; None past the ends."""
    index = bisect_right(starts, offset) + count - 1 if count > 0 else bisect_left(starts, offset) + count
    if 0 <= index < len(starts):
        return starts[index]
    if count > 1 and starts and starts[-1] > offset:
        return starts[-1]
    return starts[0] if count < 0 and starts and starts[0] < offset else None
