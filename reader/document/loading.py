"""Loads a document from a path, a URL or standard input."""

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
from reader.document.sources.local_files import OPENABLE, known_binary, read_file, read_stream
from reader.document.titles import title_of

_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_FORMATS_BY_SUFFIX: Final = {
    **dict.fromkeys((".txt", ".text", ".log", ".asc"), "plain"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht", ".shtml"), "html"),
    **dict.fromkeys((".mhtml", ".mht"), "mhtml"),
}
_HTML_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

_TextParts: TypeAlias = tuple[str, tuple[Block, ...], tuple[Hyperlink, ...]]


@dataclass(frozen=True, slots=True)
class RawSource:
    """The bytes of a source, before they are decoded, with their metadata."""

    data: bytes
    source: str
    """The path or URL as the user wrote it, or "-" for standard input."""
    name: str = ""
    """File name, used for the title and to detect the format."""
    format: str = ""
    """"plain", "markdown" or "html" if an HTTP header states it; "" to detect it from the name and content."""
    charset: str = ""
    """The encoding declared by an HTTP header, or ""."""
    url: str = ""
    """The URL of a web page, used to resolve relative links."""


def load(source: str, *, stdin: BinaryIO | None = None) -> Document:
    """Load the document at `source`.

    Args:
        source: A path, a `file:`, `http:` or `https:` URL, or "-" for standard input.
        stdin: The stream that "-" reads from; the standard input of the process by default.

    Raises:
        DocumentError: The source cannot be read or contains no text. The message is one line without control
            characters.
    """
    return parse(_read(source, stdin))


def parse(raw: RawSource) -> Document:
    """Build a document from bytes.

    Raises:
        DocumentError: The bytes contain no text.
    """
    _require_text(raw)
    match raw.format or _FORMATS_BY_SUFFIX.get(Path(raw.name).suffix.lower()) or _detected_format(raw.data):
        case "html":
            return _load_page(raw, raw.data, raw.charset, raw.url)
        case "mhtml":
            return _load_saved_page(raw)
        case "markdown":
            return _load_markdown(raw)
        case _:
            return _load_plain(raw)


def _read(source: str, stdin: BinaryIO | None) -> RawSource:
    if source == "-":
        return RawSource(read_stream(stdin or sys.stdin.buffer, "standard input"), source)
    url = _URL.match(source)
    scheme = url[1].lower() if url else "file"
    if scheme in ("http", "https"):
        from reader.document.sources.fetch import fetch

        page = fetch(source)
        return RawSource(page.data, source, page.name, page.format, page.charset, page.url)
    if scheme != "file":
        raise DocumentError(f"{one_line(source)}: only files and http or https URLs can be opened, not {scheme}")
    path = _path_of(source) if url else source
    return RawSource(read_file(path), source, Path(path).name)


def _path_of(url: str) -> str:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise DocumentError(f"{one_line(url)}: a file on another machine")
    return url2pathname(parts.path)


def _require_text(raw: RawSource) -> None:
    name = _display_name(raw)
    if not raw.data:
        raise DocumentError(f"{name}: {'no input' if raw.source == '-' else 'the file is empty'}")
    if description := known_binary(raw.data):
        raise DocumentError(f"{name}: {description}, not text; {OPENABLE}")
    if looks_binary(raw.data):
        raise DocumentError(f"{name}: a binary file, not text")


def _display_name(raw: RawSource) -> str:
    return "standard input" if raw.source == "-" else one_line(raw.source)


def _detected_format(data: bytes) -> str:
    return "html" if _HTML_START.match(data[:4096]) else "plain"


def _load_plain(raw: RawSource) -> Document:
    decoded = decode(raw.data, raw.charset)
    text = sanitize(decoded.text)
    return _build_document(raw, decoded, (text, plain_blocks(text), ()))


def _load_markdown(raw: RawSource) -> Document:
    from reader.document.loaders.front_matter import split_front_matter
    from reader.document.loaders.markdown import render_markdown

    decoded = decode(raw.data, raw.charset)
    front_matter, body = split_front_matter(sanitize(decoded.text))
    return _build_document(
        raw,
        decoded,
        render_markdown(body),
        title=front_matter.title,
        author=front_matter.author,
        date=front_matter.date,
    )


def _load_saved_page(raw: RawSource) -> Document:
    from reader.document.loaders.mhtml import unpack_page

    saved = unpack_page(raw.data)
    if saved is None:
        raise DocumentError(f"{_display_name(raw)}: the archive contains no web page")
    return _load_page(raw, *saved)


def _load_page(raw: RawSource, data: bytes, charset: str, url: str) -> Document:
    from reader.document.loaders.html import read_page

    decoded = decode(data, charset or declared_in_page(data))
    page = read_page(sanitize(decoded.text), url)
    return _build_document(raw, decoded, page.composition, page.title, page.author, page.date, page.notice)


def _build_document(
    raw: RawSource,
    decoded: Decoded,
    parts: _TextParts,
    title: str = "",
    author: str = "",
    date: str = "",
    notice: str = "",
) -> Document:
    text, blocks, links = parts
    if not blocks:
        raise DocumentError(f"{_display_name(raw)}: no text to read")
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
