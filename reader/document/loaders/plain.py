"""Finds the blocks of plain text without changing the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, count, islice
from operator import attrgetter
from typing import Final

from reader.document.blocks import Block, BlockKind, LazyBlocks
from reader.document.encoding import decode
from reader.document.loaders.headings import HEADING_REACH, RawBlock, heading_level
from reader.document.loaders.line_breaks import TextLine
from reader.document.loaders.line_chunks import Chunk, chunks_from, split_chunks
from reader.document.loaders.wrapped_lines import (
    Wrapping,
    begins_item,
    first_chunks,
    split_paragraphs,
    wrapping_of,
)
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import sanitize
from reader.structures.lazy_pattern import lazy_pattern

_CODE_INDENT: Final = 4
_CODE_HINT: Final = lazy_pattern(
    r"[{};]$|\w\(.*\)|[=!<>+*-]=|->|=>|::|\s=\s|^(?:#|//|\$ |>>> |def |class |import |from \S+ import |return\b|</?\w)"
)
_WIDE_GAP: Final = lazy_pattern(r"\S(?: {3,}|\t+)\S")
_QUOTE_MARKS: Final = lazy_pattern(r"(?:>[ \t]*)+")
_MAX_HEADING: Final = 100
_MAX_LINES: Final = 2_000_000
"""Lines of a text. Each may be a block, which takes 270 bytes of memory."""
_BATCH: Final = 256
"""Blocks that are read at once."""
_SMALL_BATCH: Final = 16
"""The same where few are needed."""
_REACH: Final = 4_096
"""Code points before an offset from which the blocks around it are looked for at first."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a file with its blocks.

    Raises:
        DocumentError: There are too many lines.
    """
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    text = sanitize(decoded.text)
    notices = (decoded.notice,) if decoded.notice else ()
    return LoadedContent(text, checked_blocks(raw, text), encoding=decoded.encoding, notices=notices)


def checked_blocks(raw: RawSource, text: str) -> Sequence[Block]:
    """Return the blocks of the text of a source, which are found when they are first needed.

    Raises:
        DocumentError: There are too many lines.
    """
    if text.count("\n") > _MAX_LINES:
        raise raw.error(f"a text of more than {_MAX_LINES:,} lines; divide the file")
    return LazyBlocks(PlainBlocks(text))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text."""
    return tuple(PlainBlocks(text))


class PlainBlocks:
    """The blocks of a plain text, in order or around an offset. Together they cover all that is not white space.

    A block is found without reading much of the text before or after it, so that the start of a long text appears at
    once, and so does its end.

    Headings are recognized by their form: short, no final punctuation, a capital first, and prose after them. List
    items and quoted lines are recognized by their markers, which stay in the text. Indented code is one block including
    its indent, and lines with wide gaps between the words are the rows of a table.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[Block]:
        chunks = split_chunks(self._text)
        sample = first_chunks(chunks)
        self._wrapping = wrapping_of(sample)
        return _blocks(self._text, _raw_blocks(self._text, chain(sample, chunks), self._wrapping), _BATCH)

    @cached_property
    def _wrapping(self) -> Wrapping:
        return wrapping_of(first_chunks(split_chunks(self._text)))

    def around(self, start: int, end: int) -> list[Block]:
        """Return the blocks from the last but one that begins at `start` or before to the first at `end` or after."""
        reach = _REACH
        while True:
            offset = max(start - reach, 0)
            raw_blocks = _raw_blocks(self._text, chunks_from(self._text, offset), self._wrapping)
            blocks = []
            for block in _blocks(self._text, raw_blocks, _SMALL_BATCH, from_start=not offset):
                blocks.append(block)
                if block.start >= end:
                    break
            covering = bisect_right(blocks, start, key=attrgetter("start")) - 1
            if covering > 0 or not offset:
                return blocks[max(covering - 1, 0) :]
            reach *= 8


def _raw_blocks(text: str, chunks: Iterable[Chunk], wrapping: Wrapping) -> Iterator[RawBlock]:
    for chunk in chunks:
        first = chunk.lines[0]
        if first.indent >= _CODE_INDENT and _is_code(chunk):
            yield RawBlock(text.rfind("\n", 0, first.start) + 1, chunk.lines[-1].end, first.indent, is_code=True)
        elif _is_table(chunk.lines):
            for line in chunk:
                yield RawBlock(line.start, line.end, line.indent, after_blank=line is first, is_row=True)
        elif len(chunk.lines) == 1 or not wrapping.width:
            for line in chunk:
                yield RawBlock(line.start, line.end, line.indent, after_blank=line is first)
        else:
            for group in split_paragraphs(chunk, wrapping):
                yield RawBlock(group[0].start, group[-1].end, group[0].indent, after_blank=group[0] is first)


def _is_code(chunk: Chunk) -> bool:
    """Return whether a chunk is code: every line is indented and at least half of them look like code.

    It is one block then, so all of its lines are read.
    """
    if any(line.indent < _CODE_INDENT for line in chunk.lines):
        return False
    chunk.lines.extend(chunk.later_lines)
    if any(line.indent < _CODE_INDENT for line in chunk.lines):
        return False
    return 2 * sum(_CODE_HINT.search(line.body) is not None for line in chunk.lines) >= len(chunk.lines)


def _is_table(lines: list[TextLine]) -> bool:
    """Return whether lines are the rows of a table: two of three have wide gaps between the words.

    Justified prose has such gaps too, but in fewer lines.
    """
    if len(lines) < 2 or any(begins_item(line.body) or line.body[0] == ">" for line in lines):
        return False
    return 3 * sum(_WIDE_GAP.search(line.body) is not None for line in lines) >= 2 * len(lines)


def _blocks(text: str, source: Iterator[RawBlock], batch: int, *, from_start: bool = True) -> Iterator[Block]:
    """Yield the blocks of raw ones, which are read in batches.

    If they do not begin at the start of the text, the first blocks are left out if they depend on what precedes them.
    """
    indents: list[int] | None = [] if from_start else None
    raw_blocks: list[RawBlock] = []
    for index in count():
        if index + HEADING_REACH >= len(raw_blocks):
            raw_blocks += islice(source, batch)
            if index == len(raw_blocks):
                break
        if not index and not from_start:
            continue
        start, end, indent, is_code, _, is_row = raw_blocks[index]
        if is_code:
            yield Block(start, end, BlockKind.CODE)
        elif is_row:
            yield Block(start, end, BlockKind.TABLE_ROW)
        elif text[start] == ">" and (marks := _QUOTE_MARKS.match(text, start, end)):
            yield Block(start, end, BlockKind.QUOTE, marks[0].count(">"))
        elif begins_item(text, start) and not (level := _numbered_heading(text, raw_blocks, index)):
            if indents is not None or not indent:
                indents = [*(i for i in indents or () if i < indent), indent]
                yield Block(start, end, BlockKind.LIST_ITEM, len(indents))
            continue
        elif end - start <= _MAX_HEADING and (level := heading_level(text, raw_blocks, index)):
            yield Block(start, end, BlockKind.HEADING, level)
        else:
            yield Block(start, end)
        indents = []


def _numbered_heading(text: str, raw_blocks: list[RawBlock], index: int) -> int:
    """Return the level of a numbered heading such as "2. Method", which has no other item next to it, 0 for an item."""
    neighbors = raw_blocks[max(0, index - 1) : index] + raw_blocks[index + 1 : index + 2]
    if not text[raw_blocks[index].start].isdigit() or any(begins_item(text, neighbor.start) for neighbor in neighbors):
        return 0
    return heading_level(text, raw_blocks, index)
