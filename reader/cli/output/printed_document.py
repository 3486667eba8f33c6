"""Print a document in rows, as the app shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.cli.output.brackets import with_brackets
from reader.cli.output.paint import HEADING, Paint
from reader.display.cells import cells, pad, printed
from reader.display.colors.labels import all_looks, look_of
from reader.display.page import Page, indent_of, lay_out
from reader.display.wrapping import wrapped
from reader.document import Block, BlockKind
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from reader.reading import Reading

_DIGITS = 5


def document_rows(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    """Yield the rows of a document: title and source, text, and the legend of its labels.

    Args:
        reading: The document to print.
        width: Width of a row in cells.
        paint: The styles. Without colors, names are marked with brackets.
    """
    yield from _heading_rows(reading, width, paint)
    yield from _text_rows(reading, width, paint)
    yield from legend_rows(reading, width, paint)


def _heading_rows(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    document = reading.document
    title = one_line(document.title)
    first = document.blocks[0] if document.blocks else None
    if first is None or one_line(document.text[first.start : first.end]) != title:
        yield from map(paint.heading, map(printed, wrapped(title, width)))
    details = (document.author, document.date, "" if document.source == "-" else document.source)
    for line in (" · ".join(one_line(detail) for detail in details if detail), *document.notices):
        yield from map(paint.faint, map(printed, wrapped(one_line(line), width)) if line else ())
    yield paint.faint("─" * width)
    yield ""


def _text_rows(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    document = reading.document
    page = lay_out(document if paint.depth else with_brackets(document, reading.mentions), width)
    for row in range(page.height if document.blocks else 0):
        start, end = page.span(row)
        block, is_first = page.block_of(row)
        if start == end:
            yield ""
            continue
        margin = _margin(block, paint, first=is_first)
        yield margin + (_painted(reading, block, start, end, paint) if paint.depth else _plain(page, start, end))


def _plain(page: Page, start: int, end: int) -> str:
    return printed(page.document.text[start:end])


def _margin(block: Block, paint: Paint, *, first: bool) -> str:
    """Return the left margin of a row: the indent, the marker of a list item, or the bar of a quote."""
    indent = indent_of(block)
    if block.kind is BlockKind.QUOTE:
        return paint.accent("▎ " * (indent // 2))
    if first and block.kind is BlockKind.LIST_ITEM and block.marker:
        return " " * (indent - len(block.marker) - 1) + paint.accent(block.marker) + " "
    return " " * indent


def _painted(reading: Reading, block: Block, start: int, end: int, paint: Paint) -> str:
    text = reading.document.text
    base = HEADING if block.kind is BlockKind.HEADING else ""
    mentions = reading.mentions_between(start, end)
    borders = [border for mention in mentions for border in mention[:2] if start < border < end]
    pieces: list[str] = []
    for first, last in pairwise(sorted({start, *borders, end})):
        words = printed(text[first:last])
        covering = [mention for mention in mentions if mention.start <= first and last <= mention.end]
        if covering:
            innermost = min(covering, key=lambda mention: mention.end - mention.start)
            words = paint.mention(words, innermost.label, base, decided=innermost in reading.decided)
        else:
            words = paint.plain(words, base)
        pieces.append(words)
    return "".join(pieces)


def legend_rows(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    """Yield the meaning of each label in a document, with its number of mentions."""
    counts = Counter(mention.label for mention in reading.mentions)
    yield ""
    yield paint.faint("─" * width)
    if not counts:
        yield paint.faint("no names found")
        return
    order = {look.label: index for index, look in enumerate(all_looks())}
    labels = sorted(counts, key=lambda label: (order.get(label, len(order)), label))
    label_width = max(map(len, labels))
    widest = max(cells(look_of(label).words) for label in labels)
    meaning_width = max(min(widest, width - label_width - 4 - _DIGITS), 0)
    for label in labels:
        meaning = pad(look_of(label).words, meaning_width)
        gap = " " * (label_width - len(label))
        yield f"{paint.mention(label, label)}{gap}  {paint.faint(meaning)}  {counts[label]:>{_DIGITS}}"
