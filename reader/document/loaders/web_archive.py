"""Reads web archives (WARC, ISO 28500): one member per page, text or document that a server returned."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from reader.document.encoding import declared_in_page, decode
from reader.document.loaders.packed.archive_names import is_document
from reader.document.raw_source import Member, RawSource
from reader.document.sanitize import one_line
from reader.document.sources.local_files import MAX_BYTES, too_large
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from http.client import HTTPResponse

_RECORD: Final = lazy_pattern(rb"(?:\r?\n)*WARC/\d+\.\d+[ \t]*\r?\n")
_HEADER_END: Final = lazy_pattern(rb"\r?\n\r?\n")
_MAX_HEADER: Final = 65_536
_MAX_RECORDS: Final = 200_000
_HEAD: Final = 16_384
"""Bytes of a page in which its title is looked for."""
_FORMATS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "plain",
    "text/markdown": "markdown",
}
_OTHER_TYPES: Final = lazy_pattern(r"(?:image|video|audio|font)/|.*(?:javascript|json|css|wasm)\b")
"""Media types of what pages consist of besides text."""
_TITLE: Final = lazy_pattern(r"<title[^<>]*>([^<]{1,1000})", re.IGNORECASE)
_MAX_TITLE: Final = 120


class _Record(NamedTuple):
    kind: str
    """The type of the record: "response", "resource", …"""
    url: str
    media_type: str
    start: int
    """Offset of the content of the record."""
    end: int


class _Payload(NamedTuple):
    data: bytes
    media_type: str
    charset: str


class WebArchive:
    """A container of the pages of an archive. The number of a member is that of its record, from 1."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._records = _records(raw)

    def members(self) -> tuple[Member, ...]:
        """Return what was saved with success and can be opened, with title and URL."""
        members = []
        for number, record in enumerate(self._records, 1):
            if record.kind not in ("response", "resource", "conversion"):
                continue
            payload = self._payload(record, _HEAD)
            if payload and not _OTHER_TYPES.match(payload.media_type) and is_document(_name(record), payload.data):
                title = " · ".join(part for part in (_title(payload), record.url) if part)
                members.append(Member(str(number), one_line(title, _MAX_TITLE), record.end - record.start))
        return tuple(members)

    def read(self, name: str) -> RawSource | None:
        """Return what a server returned, unpacked, or None if there is no such record.

        Raises:
            DocumentError: It is too large.
        """
        if not (name.isascii() and name.isdecimal() and len(name) < 9 and 1 <= int(name) <= len(self._records)):
            return None
        record = self._records[int(name) - 1]
        payload = self._payload(record, MAX_BYTES + 1)
        if payload is None:
            return None
        if len(payload.data) > MAX_BYTES:
            too_large(f"{self._raw.source} unpacked", 0, MAX_BYTES)
        page = self._raw.member(payload.data, _name(record), _FORMATS.get(payload.media_type, ""))
        return replace(page, charset=payload.charset, url=record.url)

    def _payload(self, record: _Record, limit: int) -> _Payload | None:
        """Return at most `limit` bytes of the content, or None for an answer that is no success or is damaged."""
        data = self._raw.data[record.start : record.end]
        if not record.media_type.startswith("application/http"):
            media_type, _, parameters = record.media_type.partition(";")
            charset = parameters.rpartition("charset=")[2].strip("\"' ")
            if record.kind == "conversion":
                charset = charset or "utf-8"
            return _Payload(data[:limit], media_type.strip().lower(), charset)
        from http.client import HTTPResponse

        try:
            response = HTTPResponse(_Socket(data))  # type: ignore[arg-type]  # it only calls makefile
            response.begin()
            if response.status != 200:
                return None
            headers = response.headers
            return _Payload(_body(response, limit), headers.get_content_type(), headers.get_content_charset("") or "")
        except Exception:  # HTTPException, ValueError, zlib.error, …: a damaged answer
            return None


def open_container(raw: RawSource) -> WebArchive:
    """Return the records of an archive.

    Raises:
        DocumentError: There are too many records.
    """
    return WebArchive(raw)


class _Socket:
    """Bytes in the form in which `http.client` reads an answer."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, mode: str) -> BytesIO:
        """Return the bytes as a file."""
        del mode
        return BytesIO(self._data)


def _body(response: HTTPResponse, limit: int) -> bytes:
    """Return at most `limit` bytes of an answer without its transfer and content encodings."""
    encoding = str(response.headers.get("Content-Encoding", "")).strip().lower()
    data = _all_of(response)
    if encoding in ("gzip", "x-gzip", "deflate") and not data.startswith(b"<"):
        is_raw = encoding == "deflate" and (data[:1] != b"\x78")
        return zlib.decompressobj(-zlib.MAX_WBITS if is_raw else zlib.MAX_WBITS | 32).decompress(data, limit)
    return data[:limit]


def _all_of(response: HTTPResponse) -> bytes:
    """Return the body as far as the archive has it."""
    from http.client import IncompleteRead

    try:
        return response.read()
    except IncompleteRead as error:
        return error.partial


def _records(raw: RawSource) -> list[_Record]:
    records: list[_Record] = []
    data, position = raw.data, 0
    while start := _RECORD.match(data, position) or _RECORD.search(data, position):
        end = _HEADER_END.search(data, start.end())
        if end is None:
            break
        if end.start() - start.end() > _MAX_HEADER:  # the headers of a later record may end there
            position = end.start() - _MAX_HEADER
            continue
        headers = _headers(data[start.end() : end.start()])
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdecimal() and len(length) < 12):
            position = end.end()
            continue
        position = min(end.end() + int(length), len(data))
        url = headers.get("warc-target-uri", "").strip("<>")
        kind, media_type = headers.get("warc-type", "").lower(), headers.get("content-type", "").lower()
        records.append(_Record(kind, url, media_type, end.end(), position))
        if len(records) > _MAX_RECORDS:
            raise raw.error(f"more than {_MAX_RECORDS:,} records; divide the file")
    return records


def _headers(data: bytes) -> dict[str, str]:
    headers = {}
    for line in data.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _name(record: _Record) -> str:
    try:
        return PurePosixPath(unquote(urlsplit(record.url).path)).name
    except ValueError:
        return ""


def _title(payload: _Payload) -> str:
    head = payload.data[:_HEAD]
    if b"<title" not in head.lower():
        return ""
    from html import unescape

    title = _TITLE.search(decode(head, payload.charset or declared_in_page(head)).text)
    return one_line(unescape(title[1])) if title else ""
