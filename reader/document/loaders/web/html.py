"""Loads the article of a web page, without navigation, ads and other boilerplate."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from reader.document.blocks import BlockKind
from reader.document.encoding import declared_in_page, decode
from reader.document.load_options import ALL_TEXT_ADVICE
from reader.document.loaders.compose import Composer, Composition, TextRun, join_compositions
from reader.document.loaders.web.article_region import ArticleChoice, choose
from reader.document.loaders.web.html_blocks import WalkedPage, walk_page, without_invisible
from reader.document.loaders.web.page_cleanup import mark_paragraphs, parse_page, unroll_layout_tables
from reader.document.loaders.web.page_metadata import headline_of, read_metadata
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line, sanitize
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MIN_ARTICLE: Final = 60
"""Code points below which an extracted article is not trusted."""
_MIN_COVERAGE: Final = 0.5
"""Share of the running text of a page below which the extractor is asked again, for a slower and wider search."""
_LOGGERS: Final = ("trafilatura", "htmldate", "courlan", "justext")
_NOT_WORD: Final = lazy_pattern(r"\W+")
_NO_ARTICLE: Final = "no article found in this page; all of its text is shown"
_MAX_ELEMENTS: Final = 50_000
"""Elements of a page in which an article is looked for. The longest articles have half as many."""
_MAX_CHILDREN: Final = 15_000
"""Elements directly inside one of such a page. The extractor takes quadratic time for them."""
ALL_TEXT_SHOWN: Final = "all text of this page is shown, not only its article"
_MAX_READ_ELEMENTS: Final = 300_000
"""Elements of a page that is read as a whole. They take up to 9 seconds."""
_TOO_LARGE: Final = "too many elements to look for an article in this page; all of its text is shown"


class PageContent(NamedTuple):
    """The article of a web page."""

    composition: Composition
    title: str = ""
    author: str = ""
    date: str = ""
    """In ISO 8601 format; "" if the page does not state it."""
    notice: str = ""


class TooManyElementsError(ValueError):
    """A page has more elements than can be read in seconds."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the article of a web page with its metadata.

    Raises:
        DocumentError: The page has too many elements.
    """
    decoded = decode(raw.data, raw.charset or declared_in_page(raw.data), chosen=raw.encoding)
    try:
        page = read_page(sanitize(decoded.text), raw.url, all_text=raw.all_text)
    except TooManyElementsError:
        raise raw.error(f"a web page of more than {_MAX_READ_ELEMENTS:,} elements; divide the file") from None
    return LoadedContent(
        *page.composition,
        title=page.title,
        author=page.author,
        date=page.date,
        encoding=decoded.encoding,
        notices=tuple(line for line in (decoded.notice, page.notice) if line),
    )


def read_page(source: str, url: str = "", *, all_text: bool = False) -> PageContent:
    """Return the article of a web page; its text is empty if the page has no text.

    Args:
        source: The decoded and sanitized page.
        url: The URL of the page, to resolve relative links; "" if unknown.
        all_text: Whether to return all text of the page, also what it hides, instead of the article.

    Raises:
        TooManyElementsError: The page has too many elements.
    """
    root = parse_page(source)
    if root is None or root.body is None:
        return PageContent(Composition("", (), ()))
    if any(count > _MAX_READ_ELEMENTS for count, _ in enumerate(root.iter(), 1)):
        raise TooManyElementsError
    for name in _LOGGERS:  # standard error shares the terminal with the app
        logging.getLogger(name).addHandler(logging.NullHandler())
    metadata = read_metadata(root, url)
    title = one_line(without_invisible(headline_of(root, metadata, url)))
    unroll_layout_tables(root)
    page = walk_page(root.body, url, with_hidden=all_text)
    author, date = one_line(without_invisible(", ".join(metadata.authors))), metadata.date
    if all_text:
        return PageContent(page.composition(), title, author, date, ALL_TEXT_SHOWN if page.composer.block_count else "")
    is_too_large = _is_too_large(root)
    choice = None
    if not is_too_large:
        mark_paragraphs(root)
        choice = _choice(root, page)
    if choice is None:
        notice = "" if not page.composer.block_count else _TOO_LARGE if is_too_large else _NO_ARTICLE
        return PageContent(page.composition(), title, author, date, notice)
    composition = _with_title(page.composition(choice.chosen), title)
    return PageContent(composition, title, author, date, _left_out(choice))


def _is_too_large(root: HtmlElement) -> bool:
    """Return whether looking for the article would take too long."""
    return any(count > _MAX_ELEMENTS or len(element) > _MAX_CHILDREN for count, element in enumerate(root.iter(), 1))


def _choice(root: HtmlElement, page: WalkedPage) -> ArticleChoice | None:
    """Choose the blocks of the article. Return None if there is none."""
    choice = choose(page, _extracted_lines(root, is_fast=True))
    if choice.coverage < _MIN_COVERAGE:
        wider = choose(page, _extracted_lines(root, is_fast=False))
        if wider.coverage > choice.coverage:
            choice = wider
    letters = sum(len(page.composer.block_text(index)) for index, is_chosen in enumerate(choice.chosen) if is_chosen)
    return choice if letters >= _MIN_ARTICLE else None


def _extracted_lines(root: HtmlElement, *, is_fast: bool) -> Iterable[str]:
    """Yield the lines that trafilatura takes for the article."""
    from trafilatura import bare_extraction

    try:
        extracted = bare_extraction(root, fast=is_fast, include_comments=False, output_format="xml")
    except Exception:  # malformed pages break the extractor in many ways (deep nesting: RecursionError)
        return
    if extracted is None or isinstance(extracted, dict) or extracted.body is None:
        return
    for element in extracted.body:
        yield "".join(map(str, element.itertext()))
        if element.tag in ("list", "table"):
            yield from ("".join(map(str, inner.itertext())) for inner in element.iter("item", "row", "cell"))
        if element.tail:
            yield element.tail


def _left_out(choice: ArticleChoice) -> str:
    """Return the notice about the text that is not shown, or ""."""
    parts = []
    if choice.other_words:
        parts.append(f"{_words(choice.other_words)} around the article (menus, links, other articles)")
    if choice.hidden_words:
        parts.append(f"{_words(choice.hidden_words)} that the page hides")
    return f"left out: {' and '.join(parts)}; {ALL_TEXT_ADVICE}" if parts else ""


def _words(count: int) -> str:
    return f"{count:,} word{'' if count == 1 else 's'}"


def _with_title(composition: Composition, title: str) -> Composition:
    """Return the article with its title as a heading, unless it begins with it."""
    first = [
        _folded(composition.text[block.start : block.end])
        for block in composition.blocks[:3]
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
    ]
    if not title or _folded(title) in first:
        return composition
    composer = Composer()
    composer.heading = 1
    composer.add([TextRun(title)])
    return join_compositions((composer.result(), composition))


def _folded(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()
