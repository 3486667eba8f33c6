"""Parses a web page and removes what would mislead the extraction of its article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOILERPLATE_CLASSES: Final = ("mw-editsection", "mw-cite-backlink", "mw-jump-link", "navbox", "hatnote", "noprint")
_BOILERPLATE_IDS: Final = ("siteNotice", "siteSub", "catlinks", "toc")
_BOILERPLATE: Final = "|".join(
    (
        *(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in _BOILERPLATE_CLASSES),
        *(f"//*[@id='{name}']" for name in _BOILERPLATE_IDS),
    )
)
_WITH_ID_OR_CLASS: Final = (
    "//*[contains(translate(concat(@id, ' ', @class), 'CDNPSU', 'cdnpsu'), '{0}')]"  # XPath 1.0 has no lower-case()
)
_CONSENT: Final = "|".join(map(_WITH_ID_OR_CLASS.format, ("cookie", "consent")))
_APPEAL_WORDS: Final = ("subscri", "newsletter", "paywall", "donat", "signup", "sign-up")
_APPEAL: Final = "|".join(map(_WITH_ID_OR_CLASS.format, _APPEAL_WORDS))
_NOT_AN_APPEAL: Final = "self::html|self::body|.//h1|.//article"
_CONTROL: Final = ".//button|.//input|.//form|.//a"
_LONGEST_CONSENT: Final = 3_000
_LONGEST_APPEAL: Final = 600
"""Code points; a longer element contains the page itself."""
_ARTICLE_GROUPS: Final = "//*[count(./article) > 1]"
_MAIN_ARTICLE_SHARE: Final = 0.6
_PULL_QUOTES: Final = "//*[contains(@class, 'pullquote') or contains(@class, 'pull-quote')]"
_CELLS: Final = "./tr/td|./tr/th|./tbody/tr/td|./tbody/tr/th"
_BLOCKS_IN_CELL: Final = (
    ".//p|.//h1|.//h2|.//h3|.//h4|.//blockquote|.//hr|.//table|.//br/following-sibling::*[1][self::br]"
)
_BLOCKS: Final = "./p|./div|./ul|./ol|./table|./blockquote|./h1|./h2|./h3|./h4|./section|./article|./pre"
_DOUBLE_BREAK: Final = "//br[following-sibling::*[1][self::br]]/.."
_SPACE: Final = re.compile(r"\s+")


def parse_page(source: str) -> HtmlElement | None:
    """Parse a page and return its root element, or None if the page is empty.

    Comments and processing instructions are dropped while parsing, so that the text around them is one piece. In the
    tree they would end the text of a paragraph for the extractor. React writes comments between words of a sentence.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(source.encode("utf-8"), parser=parser)
    except ParserError:
        return None


def clean_page(root: HtmlElement) -> None:
    """Clean up a page in place.

    Removes boilerplate known by name: "[edit]" marks and boxes of wikis, appeals to the reader, pull quotes. Replaces
    layout tables by their content and text separated by double line breaks by paragraphs. Everything else outside the
    article is left to the extractor.
    """
    for element in (*root.xpath(_BOILERPLATE), *_appeals(root)):
        if element.getparent() is not None:
            element.drop_tree()
    _join_live_entries(root)
    _drop_pull_quotes(root)
    unroll_layout_tables(root)
    for element in root.xpath(_DOUBLE_BREAK):
        if element.tag in ("font", "center", "span", "div", "b") and not element.xpath(_BLOCKS):
            element.tag = "p"


def _appeals(root: HtmlElement) -> list[HtmlElement]:
    """Return the elements that ask for consent to cookies, a subscription or a donation."""
    consent = [element for element in root.xpath(_CONSENT) if len(_words(element)) <= _LONGEST_CONSENT]
    appeals = [element for element in root.xpath(_APPEAL) if len(_words(element)) <= _LONGEST_APPEAL]
    interactive = [element for element in appeals if element.xpath(_CONTROL)]
    return [element for element in (*consent, *interactive) if not element.xpath(_NOT_AN_APPEAL)]


def _join_live_entries(root: HtmlElement) -> None:
    """Join the entries of a live report, because the extractor would keep only the first.

    If one of several articles has most of the words, the others are teasers and remain separate.
    """
    for parent in root.xpath(_ARTICLE_GROUPS):
        entries = parent.xpath("./article")
        lengths = [len(_words(entry)) for entry in entries]
        if max(lengths) <= _MAIN_ARTICLE_SHARE * sum(lengths):
            for entry in entries:
                entry.tag = "div"


def _drop_pull_quotes(root: HtmlElement) -> None:
    pull_quotes = root.xpath(_PULL_QUOTES)
    if not pull_quotes:
        return
    page_words = _words(root)
    for element in pull_quotes:
        words = _words(element)
        if words and page_words.count(words) > 1:
            element.drop_tree()


def _words(element: HtmlElement) -> str:
    return _SPACE.sub(" ", str(element.text_content())).strip(" \"'“”„«»")


def unroll_layout_tables(root: HtmlElement) -> None:
    """Replace tables whose cells contain blocks by their content, in place."""
    for table in list(root.iter("table")):
        cells = table.xpath(_CELLS)
        if not any(cell.xpath(_BLOCKS_IN_CELL) for cell in cells):
            continue
        for element in (table, *table.xpath("./tbody|./thead|./tfoot|./tr|./tbody/tr"), *cells):
            element.tag = "div"
