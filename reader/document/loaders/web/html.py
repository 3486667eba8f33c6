"""Loads the article of a web page, without navigation, ads and other boilerplate."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.document.encoding import declared_in_page, decode
from reader.document.loaders.compose import Composition
from reader.document.loaders.web.html_blocks import compose_tree
from reader.document.loaders.web.page_cleanup import clean_page, parse_page
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line, sanitize

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as ExtractedArticle

_MIN_ARTICLE: Final = 60
"""Code points below which an extracted article is not trusted."""
_MIN_REPEATED: Final = 60
"""Code points from which a repeated paragraph counts as an error of the page, not as a refrain."""
_LOGGERS: Final = ("trafilatura", "htmldate", "courlan", "justext")
_NOT_WORD: Final = re.compile(r"\W+")
_AD_LABELS: Final = frozenset(
    ("advertisement", "advertisment", "anzeige", "publicité", "publicidad", "werbung", "sponsored")
)
_CREATORS: Final = "//meta[@name='dcterms.creator' or @name='dc.creator' or @name='DC.creator' or @name='byl']/@content"
_HEADLINES: Final = (
    "//h1[contains(@class, 'title') or contains(@class, 'headline')][not(a[@href='/'])]",
    "//*[self::h2 or self::h3][contains(@class, 'entry-title') or contains(@class, 'post-title')]",
    "//h1[not(a[@href='/'])]",
)
_NO_ARTICLE: Final = "no article found in this page; all of its text is shown"


class PageContent(NamedTuple):
    """The article of a web page."""

    composition: Composition
    title: str = ""
    author: str = ""
    date: str = ""
    """In ISO 8601 format; "" if the page does not state it."""
    notice: str = ""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the article of a web page with its metadata."""
    decoded = decode(raw.data, raw.charset or declared_in_page(raw.data), chosen=raw.encoding)
    page = read_page(sanitize(decoded.text), raw.url)
    return LoadedContent(
        *page.composition,
        title=page.title,
        author=page.author,
        date=page.date,
        encoding=decoded.encoding,
        notices=tuple(line for line in (decoded.notice, page.notice) if line),
    )


def read_page(source: str, url: str = "") -> PageContent:
    """Return the article of a web page; its text is empty if the page has no text.

    Args:
        source: The decoded and sanitized page.
        url: The URL of the page, to resolve relative links; "" if unknown.
    """
    root = parse_page(source)
    if root is None:
        return PageContent(Composition("", (), ()))
    if url:
        root.make_links_absolute(url, handle_failures="ignore")
    clean_page(root)
    headlines = [one_line(str(element.text_content())) for path in _HEADLINES for element in root.xpath(path)]
    page_title = one_line(str(root.findtext(".//title") or ""))
    full_text = compose_tree(root.body, url) if root.body is not None else Composition("", (), ())
    creator = next((str(name) for name in root.xpath(_CREATORS)), "")
    extracted = _extract_article(root, url)
    if extracted is None or len(_folded_text(extracted.body)) < _MIN_ARTICLE:
        return PageContent(full_text, _headline([page_title], headlines), notice=_NO_ARTICLE)
    title = _headline([one_line(extracted.title or ""), page_title], headlines)
    _remove_repeats_and_ad_labels(extracted.body)
    _insert_title(extracted.body, title)
    author = ", ".join(part.strip() for part in (extracted.author or creator).split(";"))
    return PageContent(compose_tree(extracted.body, url), title, one_line(author), one_line(extracted.date or ""))


def _extract_article(root: HtmlElement, url: str) -> ExtractedArticle | None:
    """Extract the article with trafilatura, silenced because standard error shares the terminal with the app."""
    from trafilatura import bare_extraction

    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        extracted = bare_extraction(
            root,
            url=url or None,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        )
    except Exception:  # malformed pages break the extractor in many ways (deep nesting: RecursionError)
        return None
    return None if extracted is None or isinstance(extracted, dict) or extracted.body is None else extracted


def _headline(stated: list[str], headlines: list[str]) -> str:
    """Return the headline in the page that a stated title starts or ends with; sites add their names to titles."""
    stated = [title for title in stated if title]
    for line in headlines:
        if line and (not stated or any(title.startswith(line) or title.endswith(line) for title in stated)):
            return line
    return stated[0] if stated else ""


def _insert_title(body: _Element, title: str) -> None:
    """Insert the title as a heading unless the article begins with it."""
    from lxml import etree

    first = [_folded_text(element) for element in list(body)[:3]]
    if title and _NOT_WORD.sub("", title).casefold() not in first:
        head = etree.Element("head", rend="h1")
        head.text = title
        head.tail, body.text = body.text, None
        body.insert(0, head)


def _remove_repeats_and_ad_labels(body: _Element) -> None:
    """Remove ad labels and repeated long paragraphs in place. Short paragraphs may recur."""
    earlier: set[str] = set()
    for element in list(body.iter("p", "item", "quote")):
        if any(True for _ in element.iterdescendants("p", "item", "quote")):
            continue
        words = _folded_text(element)
        is_repeated = len(words) >= _MIN_REPEATED and words in earlier
        if is_repeated or words in _AD_LABELS:
            _remove(element)
        earlier.add(words)


def _remove(element: _Element) -> None:
    """Remove an element from its tree, but keep the text after it."""
    previous, parent = element.getprevious(), element.getparent()
    if parent is None:
        return
    if previous is not None:
        previous.tail = str(previous.tail or "") + str(element.tail or "")
    else:
        parent.text = str(parent.text or "") + str(element.tail or "")
    parent.remove(element)


def _folded_text(element: _Element) -> str:
    return _NOT_WORD.sub("", "".join(map(str, element.itertext()))).casefold()
