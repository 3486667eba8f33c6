"""Loads e-books (EPUB 2 and 3), chapter by chapter."""

from __future__ import annotations

import posixpath
from html.entities import html5
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from reader.document.blocks import Block
from reader.document.document import Hyperlink
from reader.document.encoding import declared_in_page, decode
from reader.document.loaders.compose import Composition
from reader.document.loaders.office.zip_package import ZipPackage, attribute, open_package, text_at
from reader.document.loaders.web.html_blocks import compose_tree
from reader.document.loaders.web.page_cleanup import parse_page
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line, sanitize
from reader.document.signatures import SAVE_ANEW
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND: Final = "an e-book"
_ENTITY: Final = lazy_pattern(r"&([A-Za-z][A-Za-z0-9]*;)")
_NAMED: Final = {name: char for name, char in html5.items() if not set(char) & set("&<>")}
_PAGES: Final = frozenset(("application/xhtml+xml", "text/html"))
_BOILERPLATE_OF_SITES: Final = ("nav", "aside", "footer", "menu")
"""Elements that are clutter on a web page, but contents and notes in a book."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text of a book in the order of its spine.

    Raises:
        DocumentError: The file is damaged, protected or too large.
    """
    with open_package(raw, _KIND) as package:
        path = attribute(_find(package.tree("META-INF/container.xml"), ".//{*}rootfile"), "full-path")
        book = package.tree(path)
        if book is None:
            raise raw.error(f"{_KIND} that is damaged; {SAVE_ANEW}")
        pages = _pages(book, posixpath.dirname(path))
        if _protected_parts(package).intersection(pages):
            raise raw.error(f"{_KIND} with copy protection, which only its own reader can open")
        absent = 0
        chapters = []
        for page in pages:
            data = package.read(page)
            if data is None:
                absent += 1
            else:
                chapters.append(_chapter(data))
        authors = [one_line("".join(map(str, author.itertext()))) for author in book.iterfind(".//{*}creator")]
        return LoadedContent(
            *_join(chapters),
            title=one_line(text_at(book, ".//{*}title")),
            author=", ".join(author for author in authors if author),
            date=one_line(text_at(book, ".//{*}date"))[:10],
            notices=(f"chapters missing in the file: {absent:,}",) if absent else (),
        )


def _find(root: _Element | None, path: str) -> _Element | None:
    return None if root is None else root.find(path)


def _pages(book: _Element, folder: str) -> list[str]:
    """Return the paths of the pages in reading order, each once."""
    items = {
        attribute(item, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
        for item in book.iterfind("{*}manifest/{*}item")
        if attribute(item, "media-type") in _PAGES
    }
    spine = [attribute(reference, "idref") for reference in book.iterfind("{*}spine/{*}itemref")]
    return list(dict.fromkeys(items[name] for name in spine if name in items))


def _protected_parts(package: ZipPackage) -> set[str]:
    root = package.tree("META-INF/encryption.xml")
    if root is None:
        return set()
    return {
        posixpath.normpath(unquote(attribute(reference, "URI"))) for reference in root.iterfind(".//{*}CipherReference")
    }


def _chapter(data: bytes) -> Composition:
    body = _body(sanitize(decode(data, declared_in_page(data)).text))
    if body is None:
        return Composition("", (), ())
    for element in body.iter(*_BOILERPLATE_OF_SITES):
        element.tag = "div"
    return compose_tree(body)


def _body(source: str) -> _Element | None:
    """Return the body of a page without namespaces. A page that is not well-formed XML is read as HTML."""
    from lxml import etree

    source = _ENTITY.sub(lambda match: _NAMED.get(match[1], match[0]), source)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        page = parse_page(source)
        return None if page is None else page.body
    for element in root.iter("{*}*"):
        element.tag = str(element.tag).rpartition("}")[2]
    return root.find(".//body")


def _join(chapters: list[Composition]) -> Composition:
    """Return one text of all chapters, with a blank line between them."""
    pieces: list[str] = []
    blocks: list[Block] = []
    links: list[Hyperlink] = []
    length = 0
    for chapter in chapters:
        if not chapter.text:
            continue
        if pieces:
            pieces.append("\n")
            length += 1
        blocks += [
            Block(block.start + length, block.end + length, block.kind, block.level, block.marker)
            for block in chapter.blocks
        ]
        links += [Hyperlink(link.start + length, link.end + length, link.url) for link in chapter.links]
        pieces.append(chapter.text)
        length += len(chapter.text)
    return Composition("".join(pieces), tuple(blocks), tuple(links))
