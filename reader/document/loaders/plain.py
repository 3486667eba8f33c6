"""Finds the blocks of plain text without changing the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from typing import Final

from reader.document.document import Block, BlockKind
from reader.document.encoding import decode
from reader.document.loaders.headings import HEADING_REACH, RawBlock, heading_level
from reader.document.loaders.line_breaks import TextLine
from reader.document.loaders.wrapped_lines import (
    Chunk,
    Wrapping,
    begins_item,
    first_chunks,
    split_chunks,
    split_paragraphs,
    wrapping_of,
)
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import sanitize
from reader.structures.lazy_sequence import LazySequence

_CODE_INDENT: Final = 4
_CODE_HINT: Final = re.compile(
    r"[{};]$|\w\(.*\)|[=!<>+*-]=|->|=>|::|\s=\s|^(?:#|//|\$ |>>> |def |class |import |from \S+ import |return\b|</?\w)"
)
_WIDE_GAP: Final = re.compile(r"\S(?: {3,}|\t+)\S")
_QUOTE_MARKS: Final = re.compile(r"(?:>[ \t]*)+")
_MAX_HEADING: Final = 100
_BATCH: Final = 256
"""Blocks that are read at once."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a file with its blocks."""
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    text = sanitize(decoded.text)
    notices = (decoded.notice,) if decoded.notice else ()
    return LoadedContent(text, LazySequence(find_blocks(text)), encoding=decoded.encoding, notices=notices)


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text."""
    return tuple(find_blocks(text))


def find_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a plain text. Together they cover every character that is not white space.

    A block is yielded without reading much of the text after it, so that the start of a long text appears at once.

    Headings are recognized by their form: short, no final punctuation, a capital first, and prose after them. List
    items and quoted lines are recognized by their markers, which stay in the text. Indented code is one block including
    its indent, and lines with wide gaps between the words are the rows of a table.
    """
    chunks = split_chunks(text)
    sample = first_chunks(chunks)
    return _blocks(text, _raw_blocks(text, chain(sample, chunks), wrapping_of(sample)))


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
    chunk.lines.extend(chunk.rest)
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


def _blocks(text: str, source: Iterator[RawBlock]) -> Iterator[Block]:
    indents: list[int] = []
    raw_blocks: list[RawBlock] = []
    for index in count():
        if index + HEADING_REACH >= len(raw_blocks):
            raw_blocks += islice(source, _BATCH)
            if index == len(raw_blocks):
                break
        start, end, indent, is_code, _, is_row = raw_blocks[index]
        if is_code:
            yield Block(start, end, BlockKind.CODE)
        elif is_row:
            yield Block(start, end, BlockKind.TABLE_ROW)
        elif text[start] == ">" and (marks := _QUOTE_MARKS.match(text, start, end)):
            yield Block(start, end, BlockKind.QUOTE, marks[0].count(">"))
        elif begins_item(text, start) and not (level := _numbered_heading(text, raw_blocks, index)):
            indents = [*(i for i in indents if i < indent), indent]
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
