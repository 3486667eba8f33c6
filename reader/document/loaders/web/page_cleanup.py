"""Parses a web page and brings its tables and line breaks into a form that says what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD_TAGS: Final = frozenset(
    ("title", "meta", "link", "script", "style", "base", "basefont", "noscript", "template", "object", "bgsound")
)
_END: Final = lazy_pattern(r"</(?:body|html)\s*>", re.IGNORECASE)
"""The end tags of a page. Text may follow them, which browsers show and libxml2 leaves out of the body."""
_ROWS: Final = "./tr|./tbody/tr|./thead/tr|./tfoot/tr"
_CELLS: Final = "./td|./th"
_DATA_MARKS: Final = "./caption|./thead|./tr/th|./tbody/tr/th"
_LAYOUT_MARKS: Final = ".//h1|.//h2|.//form|.//article|.//table|.//hr"
_PARAGRAPHS_IN_CELL: Final = "count(.//p|.//blockquote|.//br[following-sibling::*[1][self::br]])"
_MOST_PARAGRAPHS: Final = 4
"""Paragraphs in a cell of a table of data."""
_LONGEST_CELL: Final = 600
"""Code points of a cell of a table of data."""
_BLOCKS: Final = "./p|./div|./ul|./ol|./table|./blockquote|./h1|./h2|./h3|./h4|./section|./article|./pre"
_DOUBLE_BREAK: Final = "//br[following-sibling::*[1][self::br]]/.."


def parse_page(source: str) -> HtmlElement | None:
    """Parse a page and return its root element, or None if the page is empty.

    Comments and processing instructions are dropped while parsing, so that the text around them is one piece. In the
    tree they would end the text of a paragraph for the extractor. React writes comments between words of a sentence.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(_END.sub("", source).encode("utf-8"), parser=parser)
    except ParserError:
        return None
    _move_text_out_of_head(root)
    return root


def _move_text_out_of_head(root: HtmlElement) -> None:
    """Move elements with text from the head into the body, in place.

    A page may leave out the tags of both. libxml2, which does not know the elements of HTML 5, then takes them for
    parts of the head.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((index for index, element in enumerate(head) if element.tag not in _HEAD_TAGS), None)
    if first is None:
        return
    moved = head[first:]
    body = root.find("body")  # not `root.body`, which may lie within the head of a damaged page
    if body is None:
        from lxml.html import Element

        body = Element("body")
        root.append(body)
    body[:0] = moved
    if moved[-1].tail is None and body.text and body.text.strip():
        moved[-1].tail, body.text = body.text, None


def mark_paragraphs(root: HtmlElement) -> None:
    """Make paragraphs of elements whose text is separated by double line breaks, in place, for the extractor."""
    for element in root.xpath(_DOUBLE_BREAK):
        if element.tag in ("font", "center", "span", "div", "b") and not element.xpath(_BLOCKS):
            element.tag = "p"


def unroll_layout_tables(root: HtmlElement) -> None:
    """Replace tables that only lay out the page by their content, in place."""
    for table in list(root.iter("table")):
        rows = table.xpath(_ROWS)
        cells = [cell for row in rows for cell in row.xpath(_CELLS)]
        if _is_layout(table, rows, cells):
            for element in (table, *table.xpath("./tbody|./thead|./tfoot|./caption"), *rows, *cells):
                element.tag = "div"


def _is_layout(table: HtmlElement, rows: list[HtmlElement], cells: list[HtmlElement]) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if table.xpath(_DATA_MARKS):
        return bool(table.xpath(".//h1|.//article"))
    if len(cells) <= len(rows) or table.xpath(_LAYOUT_MARKS):
        return any(cell.xpath(f"{_PARAGRAPHS_IN_CELL} > 0") for cell in cells) or bool(table.xpath(_LAYOUT_MARKS))
    return any(
        cell.xpath(f"{_PARAGRAPHS_IN_CELL} > {_MOST_PARAGRAPHS}") or _is_long(cell) for cell in cells if len(cell)
    )


def _is_long(cell: HtmlElement) -> bool:
    return len(str(cell.text_content())) > _LONGEST_CELL and bool(cell.xpath(f"{_PARAGRAPHS_IN_CELL} > 0"))
