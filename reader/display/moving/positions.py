"""Positions as users type them: a line, a percentage, a page or an offset."""

from __future__ import annotations

import re
from typing import Final

from reader.display.page import Page, lay_out_around
from reader.structures.lazy_pattern import lazy_pattern

POSITION_FORMS: Final = "a line, a percentage (50%), a page (p12) or an offset (@1200)"
_POSITION: Final = lazy_pattern(
    r"(?P<kind>p(?:age)?\s*|@|)(?P<number>\d{1,9})\s*(?P<percent>%?)", re.IGNORECASE | re.ASCII
)


def offset_of_position(typed: str, page: Page) -> int:
    """Return the offset of a position such as "42", "50%", "p12" or "@1200". Lines are the rows of the layout.

    Positions after the end lead to the end.

    Args:
        typed: The position.
        page: All rows of the document; those around any offset suffice unless the position `needs_all_rows`.

    Raises:
        ValueError: It is not a position. The message is one line for the user.
    """
    match = _POSITION.fullmatch(typed.strip())
    kind = _kind_of(match)
    if match is None or (kind and match["percent"]):
        raise ValueError(f"“{typed.strip()}” is not a position: type {POSITION_FORMS}")
    number = int(match["number"])
    if kind == "@":
        return min(number, max(len(page.document.text) - 1, 0))
    if kind:
        return _offset_of_page(number, page)
    if match["percent"]:
        return offset_of_percentage(number, page)
    return offset_of_line(number, page)


def needs_all_rows(typed: str) -> bool:
    """Return whether a position is known only once the whole document is laid out."""
    match = _POSITION.fullmatch(typed.strip())
    return match is not None and _kind_of(match) != "@" and not match["percent"]


def offset_of_line(number: int, page: Page) -> int:
    """Return the offset of a row of the layout, counted from 1."""
    return page.span(page.text_row(min(max(number, 1), page.height) - 1, 1))[0]


def offset_of_percentage(percentage: int, page: Page) -> int:
    """Return the offset of the row that displays the text at a percentage of the document, 0 to 100."""
    document = page.document
    offset = min(len(document.text) * min(percentage, 100) // 100, max(len(document.text) - 1, 0))
    return row_around(offset, page)[0]


def row_around(offset: int, page: Page) -> tuple[int, int]:
    """Return the span of the row that displays an offset, or of the nearest row with text; it need not be laid out."""
    if not page.has(offset, 1, 1):
        page = lay_out_around(page.document, page.width, offset, 1)
    return page.span(page.text_row(page.row_at(offset), 1))


def percentage_of(offset: int, page: Page) -> int:
    """Return how much of the text is before an offset, 0 to 100."""
    return 100 * offset // max(len(page.document.text) - 1, 1)


def describe_position(offset: int, page: Page) -> str:
    """Describe a position on one line: its row, its percentage, its page if the source has pages, its offset."""
    row = page.row_at(offset)
    parts = [f"line {row + 1:,} of {page.height:,}", f"{percentage_of(offset, page)}%"]
    if page.document.blocks and (number := page.document.block_at(offset).page):
        parts.append(f"page {number}")
    return ", ".join([*parts, f"offset {offset:,} of {len(page.document.text):,}"])


def _kind_of(match: re.Match[str] | None) -> str:
    return match["kind"].strip().lower() if match else ""


def _offset_of_page(number: int, page: Page) -> int:
    numbered = [block for block in page.document.blocks if block.page]
    if not numbered:
        raise ValueError("the source has no pages")
    return next((block.start for block in numbered if block.page >= number), numbered[-1].start)
