"""Parse a web page and straighten what would mislead the extraction of its article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FURNITURE_CLASSES: Final = ("mw-editsection", "mw-cite-backlink", "mw-jump-link", "navbox", "hatnote", "noprint")
_FURNITURE_IDS: Final = ("siteNotice", "siteSub", "catlinks", "toc")
_FURNITURE: Final = "|".join(
    (
        *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in _FURNITURE_CLASSES),
        *(f"//*[@id='{name}']" for name in _FURNITURE_IDS),
    )
)
_NAMED_AFTER: Final = (
    "//*[contains(translate(concat(@id, ' ', @class), 'CDNPSU', 'cdnpsu'), '{0}')]"  # XPath 1.0 knows no lower case
)
_CONSENT: Final = "|".join(map(_NAMED_AFTER.format, ("cookie", "consent")))
_APPEAL: Final = "|".join(map(_NAMED_AFTER.format, ("subscri", "newsletter", "paywall", "donat", "signup", "sign-up")))
_NO_QUESTION: Final = "self::html|self::body|.//h1|.//article"
_CONTROL: Final = ".//button|.//input|.//form|.//a"
_LONGEST_CONSENT: Final = 3_000
_LONGEST_APPEAL: Final = 600
"""Code points; what is longer has the page in it."""
_SEVERAL_ARTICLES: Final = "//*[count(./article) > 1]"
_MOST: Final = 0.6
_PULLED: Final = "//*[contains(@class, 'pullquote') or contains(@class, 'pull-quote')]"
_CELLS: Final = "./tr/td|./tr/th|./tbody/tr/td|./tbody/tr/th"
_BLOCKS_IN_CELL: Final = (
    ".//p|.//h1|.//h2|.//h3|.//h4|.//blockquote|.//hr|.//table|.//br/following-sibling::*[1][self::br]"
)
_BLOCKS: Final = "./p|./div|./ul|./ol|./table|./blockquote|./h1|./h2|./h3|./h4|./section|./article|./pre"
_DOUBLE_BREAK: Final = "//br[following-sibling::*[1][self::br]]/.."
_SPACE: Final = re.compile(r"\s+")


def parse_page(source: str) -> HtmlElement | None:
    """Return the root element of a page, None if there is nothing in it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(source.encode("utf-8"), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except ParserError:
        return None


def straighten(root: HtmlElement) -> None:
    """Change a page in place: furniture out, layout tables unrolled, text parted by doubled breaks made paragraphs.

    Furniture is what is known by name: the "[edit]" marks and boxes of wikis, appeals to the reader, quotes pulled out
    of the text beside. What else is not the article is left to the extractor.
    """
    for element in (*root.xpath(_FURNITURE), *_questions(root)):
        if element.getparent() is not None:
            element.drop_tree()
    _join_entries(root)
    _drop_pulled_quotes(root)
    _unroll_layout_tables(root)
    for element in root.xpath(_DOUBLE_BREAK):
        if element.tag in ("font", "center", "span", "div", "b") and not element.xpath(_BLOCKS):
            element.tag = "p"


def _questions(root: HtmlElement) -> list[HtmlElement]:
    """Return the elements in which the site asks for consent to cookies, a subscription or a gift."""
    consent = [element for element in root.xpath(_CONSENT) if len(_words(element)) <= _LONGEST_CONSENT]
    appeals = [element for element in root.xpath(_APPEAL) if len(_words(element)) <= _LONGEST_APPEAL]
    asked = [element for element in appeals if element.xpath(_CONTROL)]
    return [element for element in (*consent, *asked) if not element.xpath(_NO_QUESTION)]


def _join_entries(root: HtmlElement) -> None:
    """Make one article of the entries of a live report, of which the extractor would take the first for the whole.

    Where one of several articles has most of the words, the others are teasers and stay what they are.
    """
    for parent in root.xpath(_SEVERAL_ARTICLES):
        entries = parent.xpath("./article")
        lengths = [len(_words(entry)) for entry in entries]
        if max(lengths) <= _MOST * sum(lengths):
            for entry in entries:
                entry.tag = "div"


def _drop_pulled_quotes(root: HtmlElement) -> None:
    pulled = root.xpath(_PULLED)
    if not pulled:
        return
    whole = _words(root)
    for element in pulled:
        words = _words(element)
        if words and whole.count(words) > 1:
            element.drop_tree()


def _words(element: HtmlElement) -> str:
    return _SPACE.sub(" ", str(element.text_content())).strip(" \"'“”„«»")


def _unroll_layout_tables(root: HtmlElement) -> None:
    for table in list(root.iter("table")):
        cells = table.xpath(_CELLS)
        if not any(cell.xpath(_BLOCKS_IN_CELL) for cell in cells):
            continue
        for element in (table, *table.xpath("./tbody|./thead|./tfoot|./tr|./tbody/tr"), *cells):
            element.tag = "div"
