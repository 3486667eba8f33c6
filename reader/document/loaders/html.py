"""Web pages: the article in them, without what stands around it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.document.loaders.compose import Composition
from reader.document.loaders.html_blocks import compose_tree
from reader.document.loaders.page_cleanup import parse_page, straighten
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

_LEAST_ARTICLE: Final = 60
"""Code points that an extracted article must have to be believed."""
_LEAST_DOUBLE: Final = 60
"""Code points from which on a paragraph that stands twice is an accident of the page, not a refrain."""
_LOGGERS: Final = ("trafilatura", "htmldate", "courlan", "justext")
_NOT_WORD: Final = re.compile(r"\W+")
_LABELS: Final = frozenset(
    ("advertisement", "advertisment", "anzeige", "publicité", "publicidad", "werbung", "sponsored")
)
_CREATORS: Final = "//meta[@name='dcterms.creator' or @name='dc.creator' or @name='DC.creator' or @name='byl']/@content"
_HEADLINES: Final = (
    "//h1[contains(@class, 'title') or contains(@class, 'headline')][not(a[@href='/'])]",
    "//*[self::h2 or self::h3][contains(@class, 'entry-title') or contains(@class, 'post-title')]",
    "//h1[not(a[@href='/'])]",
)
_NO_ARTICLE: Final = "no article was found in the page; all of its text is shown"


class Page(NamedTuple):
    """An article as its web page has it."""

    composition: Composition
    title: str = ""
    author: str = ""
    date: str = ""
    """ISO 8601, empty if the page does not say."""
    notice: str = ""


def read_page(source: str, address: str = "") -> Page:
    """Return the article of a web page; its text is empty if there is nothing to read.

    Args:
        source: The page, decoded and sanitized.
        address: Where it was found, for its relative links; empty if unknown.
    """
    root = parse_page(source)
    if root is None:
        return Page(Composition("", (), ()))
    if address:
        root.make_links_absolute(address, handle_failures="ignore")
    straighten(root)
    headlines = [one_line(str(element.text_content())) for path in _HEADLINES for element in root.xpath(path)]
    named = one_line(str(root.findtext(".//title") or ""))
    whole = compose_tree(root.body, address) if root.body is not None else Composition("", (), ())
    creator = next((str(name) for name in root.xpath(_CREATORS)), "")
    found = _extracted(root, address)
    if found is None or len(_folded(found.body)) < _LEAST_ARTICLE:
        return Page(whole, _headline([named], headlines), notice=_NO_ARTICLE)
    title = _headline([one_line(found.title or ""), named], headlines)
    _drop_doubles_and_labels(found.body)
    _head(found.body, title)
    author = ", ".join(part.strip() for part in (found.author or creator).split(";"))
    return Page(compose_tree(found.body, address), title, one_line(author), one_line(found.date or ""))


def _extracted(root: HtmlElement, address: str) -> Extracted | None:
    """Return what trafilatura takes for the article; it says nothing on standard error, which belongs to the screen."""
    from trafilatura import bare_extraction

    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        found = bare_extraction(
            root,
            url=address or None,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        )
    except (
        Exception
    ):  # whatever a malformed page does to the extractor (deep nesting: RecursionError), its text is shown
        return None
    return None if found is None or isinstance(found, dict) or found.body is None else found


def _headline(stated: list[str], headlines: list[str]) -> str:
    """Return the headline in the page that a stated title begins or ends with, for sites add their own name to it."""
    stated = [title for title in stated if title]
    for line in headlines:
        if line and (not stated or any(title.startswith(line) or title.endswith(line) for title in stated)):
            return line
    return stated[0] if stated else ""


def _head(body: _Element, title: str) -> None:
    """Put the title over an article that does not begin with it."""
    from lxml import etree

    first = [_folded(element) for element in list(body)[:3]]
    if title and _NOT_WORD.sub("", title).casefold() not in first:
        head = etree.Element("head", rend="h1")
        head.text = title
        head.tail, body.text = body.text, None
        body.insert(0, head)


def _drop_doubles_and_labels(body: _Element) -> None:
    """Take out, in place, labels of ads and every longer paragraph whose words stood before; short ones may recur."""
    seen: set[str] = set()
    for element in list(body.iter("p", "item", "quote")):
        if any(True for _ in element.iterdescendants("p", "item", "quote")):
            continue
        words = _folded(element)
        double = len(words) >= _LEAST_DOUBLE and words in seen
        if double or words in _LABELS:
            _remove(element)
        seen.add(words)


def _remove(element: _Element) -> None:
    """Take an element out of its tree, but not the text after it."""
    before, parent = element.getprevious(), element.getparent()
    if parent is None:
        return
    if before is not None:
        before.tail = str(before.tail or "") + str(element.tail or "")
    else:
        parent.text = str(parent.text or "") + str(element.tail or "")
    parent.remove(element)


def _folded(element: _Element) -> str:
    return _NOT_WORD.sub("", "".join(map(str, element.itertext()))).casefold()
