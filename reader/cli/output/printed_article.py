"""An article in rows for a pager: what the app shows, printed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.cli.output.bracketed import with_marks
from reader.cli.output.paint import HEADING, Paint
from reader.display.cells import cells, displayed, pad
from reader.display.labels import look_of, looks
from reader.display.page import Page, indent_of, lay_out, wrap
from reader.document import Block, BlockKind
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from reader.reading import Reading

_DIGITS = 5


def article_rows(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    """Yield the whole article: head, text, and what its colors mean.

    Args:
        reading: What to print.
        width: Cells of a row.
        paint: How it looks; with no colors, names are marked by brackets.
    """
    yield from _head(reading, width, paint)
    yield from _text(reading, width, paint)
    yield from legend(reading, width, paint)


def _head(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    document = reading.document
    title = one_line(document.title)
    first = document.blocks[0] if document.blocks else None
    if first is None or one_line(document.text[first.start : first.end]) != title:
        yield from map(paint.heading, wrapped(title, width))
    known = (document.author, document.date, "" if document.source == "-" else document.source)
    for line in (" · ".join(one_line(part) for part in known if part), *document.notices):
        yield from map(paint.faint, wrapped(one_line(line), width) if line else ())
    yield paint.faint("─" * width)
    yield ""


def wrapped(line: str, width: int) -> list[str]:
    """Return a line in rows of at most `width` cells."""
    starts, ends = array("Q"), array("Q")
    wrap(line, 0, len(line), width, starts, ends)
    return [displayed(line[start:end]) for start, end in zip(starts, ends, strict=True)]


def _text(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    document = reading.document
    page = lay_out(document if paint.depth else with_marks(document, reading.mentions), width)
    for row in range(page.height if document.blocks else 0):
        start, end = page.starts[row], page.ends[row]
        index = page.block_index(row)
        block = page.document.blocks[index]
        if start == end:
            yield ""
            continue
        lead = _lead(block, paint, first=row == page.first_rows[index])
        yield lead + (_painted(reading, block, start, end, paint) if paint.depth else _flat(page, start, end))


def _flat(page: Page, start: int, end: int) -> str:
    return displayed(page.document.text[start:end])


def _lead(block: Block, paint: Paint, *, first: bool) -> str:
    """Return what stands before the words of a row: indent, the marker of a list item, the bar of a quote."""
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
    inside = [border for mention in mentions for border in mention[:2] if start < border < end]
    pieces: list[str] = []
    for first, last in pairwise(sorted({start, *inside, end})):
        words = displayed(text[first:last])
        around = [mention for mention in mentions if mention.start <= first and last <= mention.end]
        if around:  # the innermost shows
            mention = min(around, key=lambda each: each.end - each.start)
            words = paint.mention(words, mention.label, base, settled=mention in reading.decided)
        else:
            words = paint.plain(words, base)
        pieces.append(words)
    return "".join(pieces)


def legend(reading: Reading, width: int, paint: Paint) -> Iterator[str]:
    """Yield what the labels of an article mean, with the number of mentions of each."""
    counts = Counter(mention.label for mention in reading.mentions)
    yield ""
    yield paint.faint("─" * width)
    if not counts:
        yield paint.faint("no names found")
        return
    order = {look.label: place for place, look in enumerate(looks())}
    labels = sorted(counts, key=lambda label: (order.get(label, len(order)), label))
    names = max(map(len, labels))
    words = max(min(max(cells(look_of(label).words) for label in labels), width - names - 4 - _DIGITS), 0)
    for label in labels:
        meaning = pad(look_of(label).words, words)
        spaces = " " * (names - len(label))
        yield f"{paint.mention(label, label)}{spaces}  {paint.faint(meaning)}  {counts[label]:>{_DIGITS}}"
