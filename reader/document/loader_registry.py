"""The loaders, and which of them reads a source. Importing this module imports no loader."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from reader.document.encoding import looks_binary
from reader.document.raw_source import Container, LoadedContent, RawSource
from reader.document.signatures import (
    OUTLOOK_MESSAGE,
    SAVED_TEXT,
    ZIP_ARCHIVE,
    binary_refusal,
    has_zip_after_other_data,
    ole_kind,
    refused_kind,
    zip_kind,
)
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_HEAD: Final = 4096
_FIRST_NAME: Final = 30
"""Offset of the name of the first member in a ZIP file."""
_FIRST_BYTE: Final = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*(\S)")
"""The first byte that is no white space, after a byte order mark if there is one. Most formats begin with one of a few,
so that plain text needs no other pattern."""
_HTML_START: Final = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT_START: Final = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<(?:meta|link)\b[^>]*>\s*)*"
    rb"<(?:div|p|article|section|main|table|h[1-6]|ul|ol|span|title|style|script|header|blockquote|center|font)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT_END: Final = lazy_pattern(
    rb"</(?:div|p|article|section|main|table|h[1-6]|ul|ol|blockquote)\s*>", re.IGNORECASE
)
_BZIP2_START: Final = lazy_pattern(rb"BZh[1-9]1AY&SY")
_SUBTITLES_START: Final = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?:[ \t\r\n]|$)|\s{0,9}\d{1,6}[ \t]*\r?\n\d{1,3}:\d\d:\d\d(?:[,.]\d{1,3})?[ \t]*-->)"
)
_WEB_ARCHIVE_START: Final = lazy_pattern(rb"WARC/\d\.\d+\r?\n")
_XML_START: Final = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[\s?]|<(?:TEI|teiCorpus|rss|feed)[\s>])")
_XML_ROOT: Final = lazy_pattern(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[\]]*>\s*)*<([A-Za-z][\w.:-]*)", re.DOTALL
)
_FEED_NAMESPACES: Final = {b"feed": b"http://www.w3.org/2005/Atom", b"RDF": b"http://purl.org/rss/1.0/"}
"""Root elements of feeds, and the namespace that tells them from others of that name."""
_JSON_START: Final = lazy_pattern(
    rb'(?:\xef\xbb\xbf)?\s{0,99}(?:\[\s{0,99})?\{\s{0,99}"(?:[^"\\\r\n]|\\.){0,200}"\s{0,99}:'
)
_MAIL_HEAD: Final = 65_536
_HEADER: Final = lazy_pattern(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
_HEADER_NAMES: Final = lazy_pattern(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_BLANK_LINE: Final = lazy_pattern(rb"\r?\n\r?\n")
_TECHNICAL_HEADERS: Final = frozenset((b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to"))
_MAILBOX_START: Final = lazy_pattern(rb"From [^\r\n]*\b(?:19|20)\d\d\b[^\r\n]*\r?\n>?[!-9;-~]+:")


class DocumentLoader(Protocol):
    """A module that reads documents of one format."""

    def load_content(self, raw: RawSource) -> LoadedContent:
        """Return the content of a document; without blocks if it has no text.

        Raises:
            DocumentError: The document is damaged or protected. Nothing else is ever raised.
        """


class ContainerLoader(Protocol):
    """A module that reads files of many documents."""

    def open_container(self, raw: RawSource) -> Container:
        """Return the open file.

        Raises:
            DocumentError: The file is damaged, protected or too large. Nothing else is ever raised.
        """


@dataclass(frozen=True, slots=True)
class Loader:
    """An entry of the table of loaders."""

    name: str
    kind: str
    """What messages call such a file, such as "a web page"."""
    module: str
    """The dotted name of the module, imported when it is needed. It is a `DocumentLoader`, a `ContainerLoader` or
    both."""
    matches: Callable[[bytes], bool] | None = None
    """Returns whether all bytes of a source are of this format. None if the content does not tell."""
    suffixes: tuple[str, ...] = ()
    """Suffixes of text files of this format, which decide if no content does."""
    is_binary: bool = False
    """Whether the content of the format is certain, so that it decides even if a header states another one."""
    has_text: bool = True
    """Whether the module has `load_content`."""
    has_members: bool = False
    """Whether the module has `open_container`."""

    def documents(self) -> DocumentLoader:
        """Import the module that reads such documents."""
        return cast("DocumentLoader", import_module(self.module))

    def members(self) -> ContainerLoader:
        """Import the module that reads such containers."""
        return cast("ContainerLoader", import_module(self.module))


def _begins_with(data: bytes, first_bytes: bytes) -> bool:
    """Return whether the first byte that is no white space is one of some."""
    match = _FIRST_BYTE.match(data)
    return match is not None and match[1] in first_bytes


def _mail_headers(data: bytes) -> set[bytes]:
    """Return the names of the headers at the start of a mail in lower case; empty if the first line is no header."""
    if not _HEADER.match(data):
        return set()
    head = data[:_MAIL_HEAD]
    end = _BLANK_LINE.search(head)
    return {name.lower() for name in _HEADER_NAMES.findall(head[: end.start() if end else None])}


def _is_saved_page(data: bytes) -> bool:
    head = data[:_HEAD]
    is_saved = b"\nSnapshot-Content-Location:" in head or b"<Saved by " in head
    return is_saved and b"multipart/related" in head and _HEADER.match(data) is not None


def _is_mail(data: bytes) -> bool:
    """Return whether bytes begin with headers of which one names the sender and one is written by programs only."""
    names = _mail_headers(data)
    return bool(names & {b"from", b"received", b"return-path"}) and bool(names & _TECHNICAL_HEADERS)


def _is_mailbox(data: bytes) -> bool:
    return data.startswith(b"From ") and _MAILBOX_START.match(data) is not None


def _is_pdf(data: bytes) -> bool:
    """Return whether bytes are a PDF. Its header may follow up to 1,024 other bytes."""
    if data.startswith(b"%PDF-"):
        return True
    return b"%PDF-" in data[:1024] and b"startxref" in data[-2048:]


def _is_compressed(data: bytes) -> bool:
    if data.startswith(b"BZh"):
        return _BZIP2_START.match(data) is not None
    return data.startswith((b"\x1f\x8b\x08", b"\xfd7zXZ\0"))


def _is_zip_archive(data: bytes) -> bool:
    return data.startswith(b"PK\5\6") or (data.startswith(b"PK\3\4") and zip_kind(data)[0] == ZIP_ARCHIVE)


def _is_tar_archive(data: bytes) -> bool:
    return data.startswith(b"ustar", 257)


def _is_web_page(data: bytes) -> bool:
    return _begins_with(data, b"<") and _HTML_START.match(data[:_HEAD]) is not None


def _is_page_fragment(data: bytes) -> bool:
    """Return whether bytes begin with an element of a web page and close one."""
    if not _begins_with(data, b"<"):
        return False
    head = data[:_MAIL_HEAD]
    return _FRAGMENT_START.match(head) is not None and _FRAGMENT_END.search(head) is not None


def _is_word(data: bytes) -> bool:
    return data.startswith(b"PK") and zip_kind(data)[0] == "a Word document"


def _is_open_document(data: bytes) -> bool:
    return data.startswith(b"mimetypeapplication/vnd.oasis.opendocument.text", _FIRST_NAME)


def _is_epub(data: bytes) -> bool:
    return data.startswith(b"PK") and zip_kind(data)[0] == "an e-book"


def _is_outlook_message(data: bytes) -> bool:
    return ole_kind(data)[0] == OUTLOOK_MESSAGE


def _is_subtitles(data: bytes) -> bool:
    return _begins_with(data, b"W0123456789") and _SUBTITLES_START.match(data) is not None


def _is_web_archive(data: bytes) -> bool:
    return data.startswith(b"WARC/") and _WEB_ARCHIVE_START.match(data) is not None


def _is_feed(data: bytes) -> bool:
    root = _XML_ROOT.match(data[:_HEAD]) if _begins_with(data, b"<") else None
    if root is None:
        return False
    name = root[1].rpartition(b":")[2]
    return name == b"rss" or _FEED_NAMESPACES.get(name, b"\0") in data[:_HEAD]


def _is_xml(data: bytes) -> bool:
    return _begins_with(data, b"<") and _XML_START.match(data) is not None


def _is_json(data: bytes) -> bool:
    """Return whether bytes are an object of JSON, a list of objects, or a line for each object."""
    return (
        _begins_with(data, b"[{") and _JSON_START.match(data) is not None and data[-64:].rstrip()[-1:] in (b"}", b"]")
    )


def _is_rtf(data: bytes) -> bool:
    return data.startswith(b"{\\rtf")


def _is_saved_text(data: bytes) -> bool:
    return data.startswith(SAVED_TEXT)


LOADERS: Final = (
    Loader(
        "saved-text", "a text saved by an import", "reader.document.loaders.saved_text", _is_saved_text, is_binary=True
    ),
    Loader("word", "a Word document", "reader.document.loaders.office.word", _is_word, is_binary=True),
    Loader(
        "open-document",
        "an OpenDocument file",
        "reader.document.loaders.office.open_document",
        _is_open_document,
        is_binary=True,
    ),
    Loader("epub", "an e-book", "reader.document.loaders.office.epub", _is_epub, is_binary=True),
    Loader("rtf", "an RTF document", "reader.document.loaders.office.rtf", _is_rtf, is_binary=True),
    Loader(
        "compressed",
        "a compressed file",
        "reader.document.loaders.packed.compressed_file",
        _is_compressed,
        is_binary=True,
        has_text=False,
        has_members=True,
    ),
    Loader(
        "zip",
        ZIP_ARCHIVE,
        "reader.document.loaders.packed.zip_archive",
        _is_zip_archive,
        is_binary=True,
        has_text=False,
        has_members=True,
    ),
    Loader(
        "tar",
        "a tar archive",
        "reader.document.loaders.packed.tar_archive",
        _is_tar_archive,
        is_binary=True,
        has_text=False,
        has_members=True,
    ),
    Loader("pdf", "a PDF", "reader.document.loaders.pdf.pdf_file", _is_pdf, is_binary=True),
    Loader(
        "outlook",
        OUTLOOK_MESSAGE,
        "reader.document.loaders.mail.outlook_message",
        _is_outlook_message,
        is_binary=True,
        has_members=True,
    ),
    Loader(
        "web-archive",
        "a web archive",
        "reader.document.loaders.web_archive",
        _is_web_archive,
        (".warc",),
        is_binary=True,
        has_text=False,
        has_members=True,
    ),
    Loader("mhtml", "a saved web page", "reader.document.loaders.web.mhtml", _is_saved_page, (".mhtml", ".mht")),
    Loader(
        "mailbox",
        "a mailbox",
        "reader.document.loaders.mail.mailbox_file",
        _is_mailbox,
        (".mbox",),
        has_text=False,
        has_members=True,
    ),
    Loader("mail", "a mail", "reader.document.loaders.mail.message_file", _is_mail, (".eml",), has_members=True),
    Loader(
        "html",
        "a web page",
        "reader.document.loaders.web.html",
        _is_web_page,
        (".html", ".htm", ".xhtml", ".xht", ".shtml"),
    ),
    Loader("subtitles", "subtitles", "reader.document.loaders.subtitles", _is_subtitles, (".srt", ".vtt")),
    Loader(
        "feed",
        "a feed",
        "reader.document.loaders.xml.feed_file",
        _is_feed,
        (".rss", ".atom"),
        has_text=False,
        has_members=True,
    ),
    Loader("xml", "XML", "reader.document.loaders.xml.xml_file", _is_xml, (".xml", ".tei", ".nxml", ".ttml", ".dfxp")),
    Loader(
        "json",
        "a JSON file",
        "reader.document.loaders.records.json_file",
        _is_json,
        (".json", ".jsonl", ".ndjson", ".geojson"),
        has_text=False,
        has_members=True,
    ),
    Loader(
        "table",
        "a table",
        "reader.document.loaders.records.delimited_file",
        suffixes=(".csv", ".tsv", ".tab"),
        has_text=False,
        has_members=True,
    ),
    Loader("fragment", "a piece of HTML", "reader.document.loaders.html_fragment"),
    Loader(
        "markdown",
        "Markdown",
        "reader.document.loaders.markdown",
        suffixes=(".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"),
    ),
    Loader("plain", "plain text", "reader.document.loaders.plain", suffixes=(".txt", ".text", ".log", ".asc")),
)
"""In the order in which their content is tried: special formats first."""
_BY_NAME: Final = {loader.name: loader for loader in LOADERS}
_BY_SUFFIX: Final = {suffix: loader for loader in LOADERS for suffix in loader.suffixes}


def loader_of_suffix(suffix: str) -> str:
    """Return the name of the loader of text files with a suffix, or ""."""
    loader = _BY_SUFFIX.get(suffix.lower())
    return loader.name if loader else ""


def loader_for(raw: RawSource) -> Loader:
    """Return the loader of a source: by the format that a header states, by content, by suffix, or plain text.

    Raises:
        DocumentError: The source is empty or of a format that cannot be opened, which the message names.
    """
    if not raw.data:
        raise raw.error("no input" if raw.source == "-" else "the file is empty")
    suffix = Path(raw.name).suffix.lower()
    for loader in LOADERS:
        if loader.matches is not None and (loader.is_binary or not raw.format) and loader.matches(raw.data):
            return loader
    if has_zip_after_other_data(raw.data):
        for loader in LOADERS:
            if loader.kind == zip_kind(raw.data)[0]:
                return loader
    if refusal := refused_kind(raw.data, suffix):
        raise raw.error(refusal)
    if not raw.encoding and looks_binary(raw.data):
        raise raw.error(binary_refusal(raw.data))
    loader = _BY_NAME.get(raw.format) or _BY_SUFFIX.get(suffix) or _BY_NAME["plain"]
    if loader.name == "plain" and not raw.format and _is_page_fragment(raw.data):
        return _BY_NAME["html"]
    return loader
