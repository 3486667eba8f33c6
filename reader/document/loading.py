"""Load a document from wherever the user says: a path, an address or standard input."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from reader.document.document import Block, Document, DocumentError, Hyperlink, digest_of
from reader.document.encoding import Decoded, declared_in_page, decode, looks_binary
from reader.document.loaders.plain import plain_blocks
from reader.document.sanitize import one_line, sanitize
from reader.document.sources.local_files import known_binary, read_file, read_stream
from reader.document.titles import title_of

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_FORMATS: Final = {
    **dict.fromkeys((".txt", ".text", ".log", ".asc"), "plain"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht", ".shtml"), "html"),
    **dict.fromkeys((".mhtml", ".mht"), "mhtml"),
}
_PAGE_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

_Parts: TypeAlias = tuple[str, tuple[Block, ...], tuple[Hyperlink, ...]]


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that were read and what is known of them before they are text."""

    data: bytes
    source: str
    """As the user named it."""
    name: str = ""
    """File name, for the title and the format."""
    format: str = ""
    """"plain", "markdown" or "html" where a header says it; empty where name and content decide."""
    charset: str = ""
    """The encoding that a header declares."""
    url: str = ""
    """Where a page was found, for its relative links."""


def load(source: str, *, stdin: BinaryIO | None = None) -> Document:
    """Return the document that a source names.

    Args:
        source: A path, a `file:`, `http:` or `https:` address, or "-" for standard input.
        stdin: Where "-" reads from; the process's standard input if not given.

    Raises:
        DocumentError: It cannot be read or holds no text; the message is one line without control characters.
    """
    return parse(_read(source, stdin))


def parse(raw: Raw) -> Document:
    """Return the document that some bytes hold.

    Raises:
        DocumentError: They hold no text.
    """
    _refuse_what_is_no_text(raw)
    match raw.format or _FORMATS.get(Path(raw.name).suffix.lower()) or _sniffed(raw.data):
        case "html":
            return _page(raw, raw.data, raw.charset, raw.url)
        case "mhtml":
            return _saved_page(raw)
        case "markdown":
            return _markdown(raw)
        case _:
            return _plain(raw)


def _read(source: str, stdin: BinaryIO | None) -> Raw:
    if source == "-":
        return Raw(read_stream(stdin or sys.stdin.buffer, "standard input"), source)
    address = _ADDRESS.match(source)
    scheme = address[1].lower() if address else "file"
    if scheme in ("http", "https"):
        from reader.document.sources.fetch import fetch

        page = fetch(source)
        return Raw(page.data, source, page.name, page.format, page.charset, page.url)
    if scheme != "file":
        raise DocumentError(f"{one_line(source)}: only files and http or https addresses can be opened, not {scheme}")
    path = _path_of(source) if address else source
    return Raw(read_file(path), source, Path(path).name)


def _path_of(address: str) -> str:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost"):
        raise DocumentError(f"{one_line(address)}: a file of another machine")
    return url2pathname(parts.path)


def _refuse_what_is_no_text(raw: Raw) -> None:
    name = _called(raw)
    if not raw.data:
        raise DocumentError(f"{name}: {'nothing came in' if raw.source == '-' else 'the file is empty'}")
    if kind := known_binary(raw.data):
        raise DocumentError(f"{name}: {kind}, not text; text, Markdown and web pages can be opened")
    if looks_binary(raw.data):
        raise DocumentError(f"{name}: a binary file, not text")


def _called(raw: Raw) -> str:
    return "standard input" if raw.source == "-" else one_line(raw.source)


def _sniffed(data: bytes) -> str:
    return "html" if _PAGE_START.match(data[:4096]) else "plain"


def _plain(raw: Raw) -> Document:
    decoded = decode(raw.data, raw.charset)
    text = sanitize(decoded.text)
    return _document(raw, decoded, (text, plain_blocks(text), ()))


def _markdown(raw: Raw) -> Document:
    from reader.document.loaders.front_matter import split_matter
    from reader.document.loaders.markdown import render_markdown

    decoded = decode(raw.data, raw.charset)
    matter, body = split_matter(sanitize(decoded.text))
    return _document(raw, decoded, render_markdown(body), title=matter.title, author=matter.author, date=matter.date)


def _saved_page(raw: Raw) -> Document:
    from reader.document.loaders.mhtml import unpack_page

    saved = unpack_page(raw.data)
    if saved is None:
        raise DocumentError(f"{_called(raw)}: no page in the archive")
    return _page(raw, *saved)


def _page(raw: Raw, data: bytes, charset: str, url: str) -> Document:
    from reader.document.loaders.html import read_page

    decoded = decode(data, charset or declared_in_page(data))
    page = read_page(sanitize(decoded.text), url)
    return _document(raw, decoded, page.composition, page.title, page.author, page.date, page.notice)


def _document(
    raw: Raw, decoded: Decoded, parts: _Parts, title: str = "", author: str = "", date: str = "", notice: str = ""
) -> Document:
    text, blocks, links = parts
    if not blocks:
        raise DocumentError(f"{_called(raw)}: nothing to read in it")
    return Document(
        text=text,
        blocks=blocks,
        title=title_of(title, text, blocks, raw.name),
        source=raw.source,
        author=author,
        date=date,
        links=links,
        encoding=decoded.encoding,
        notices=tuple(line for line in (decoded.notice, notice) if line),
        file_digest=digest_of(raw.data),
    )
