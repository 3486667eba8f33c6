"""Find the blocks of plain text without touching the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.document.document import Block, BlockKind
from reader.document.loaders.headings import Stretch, heading_level
from reader.document.loaders.wrapped_lines import Line, begins_item, chunks_of, paragraphs_of, wrap_width

_CODE_INDENT: Final = 4
_CODE_CUE: Final = re.compile(
    r"[{};]$|\w\(.*\)|[=!<>+*-]=|->|=>|::|\s=\s|^(?:#|//|\$ |>>> |def |class |import |from \S+ import |return\b|</?\w)"
)
_GAP: Final = re.compile(r"\S(?: {3,}|\t+)\S")
_QUOTE_MARK: Final = re.compile(r"(?:>[ \t]*)+")
_LONGEST_SHORT: Final = 100


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text; together they hold every character that is not white space.

    Headings are told by their look (short, no end mark, capital first, prose after them), list items and quoted lines
    by their markers, which stay in the text; indented program text is one block with its indent, and lines with wide
    gaps between their words are the rows of a table.
    """
    chunks = chunks_of(text)
    stretches = list(_stretches(text, chunks, wrap_width(chunks)))
    return tuple(_blocks(text, stretches))


def _stretches(text: str, chunks: list[list[Line]], width: int) -> Iterator[Stretch]:
    for chunk in chunks:
        if chunk[0].indent >= _CODE_INDENT and _is_code(chunk):
            yield Stretch(text.rfind("\n", 0, chunk[0].start) + 1, chunk[-1].end, chunk[0].indent, code=True)
            continue
        if _is_table(chunk):
            for line in chunk:
                yield Stretch(line.start, line.end, line.indent, after_blank=line is chunk[0], row=True)
            continue
        if len(chunk) == 1 or not width:
            yield Stretch(chunk[0].start, chunk[0].end, chunk[0].indent)
            for line in chunk[1:]:
                yield Stretch(line.start, line.end, line.indent, after_blank=False)
            continue
        for group in paragraphs_of(chunk, width):
            yield Stretch(group[0].start, group[-1].end, group[0].indent, after_blank=group[0] is chunk[0])


def _is_code(chunk: list[Line]) -> bool:
    """Return whether an indented chunk is program text: all of it indented, half of its lines with a sign of code."""
    if any(line.indent < _CODE_INDENT for line in chunk):
        return False
    return 2 * sum(_CODE_CUE.search(line.body) is not None for line in chunk) >= len(chunk)


def _is_table(chunk: list[Line]) -> bool:
    """Return whether lines are the rows of a table: in two of three, wide gaps stand between the words.

    Text that was set flush on both sides has such gaps, too, but not in that many lines.
    """
    if len(chunk) < 2 or any(begins_item(line.body) or line.body[0] == ">" for line in chunk):
        return False
    return 3 * sum(_GAP.search(line.body) is not None for line in chunk) >= 2 * len(chunk)


def _blocks(text: str, stretches: list[Stretch]) -> Iterator[Block]:
    indents: list[int] = []
    for at, (start, end, indent, code, _, row) in enumerate(stretches):
        if code:
            yield Block(start, end, BlockKind.CODE)
        elif row:
            yield Block(start, end, BlockKind.TABLE_ROW)
        elif text[start] == ">" and (marks := _QUOTE_MARK.match(text, start, end)):
            yield Block(start, end, BlockKind.QUOTE, marks[0].count(">"))
        elif begins_item(text, start) and not (level := _numbered_heading(text, stretches, at)):
            indents = [*(i for i in indents if i < indent), indent]
            yield Block(start, end, BlockKind.LIST_ITEM, len(indents))
            continue
        elif end - start <= _LONGEST_SHORT and (level := heading_level(text, stretches, at)):
            yield Block(start, end, BlockKind.HEADING, level)
        else:
            yield Block(start, end)
        indents = []


def _numbered_heading(text: str, stretches: list[Stretch], at: int) -> int:
    """Return the level of a line like "2. Method" that has no other item beside it, 0 for a true item."""
    beside = stretches[max(0, at - 1) : at] + stretches[at + 1 : at + 2]
    if not text[stretches[at].start].isdigit() or any(begins_item(text, other.start) for other in beside):
        return 0
    return heading_level(text, stretches, at)
