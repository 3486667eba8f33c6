"""Reads messages saved by Outlook (MS-OXMSG): they are rewritten as internet mail, and read as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reader.document.encoding import decode, encoding_name
from reader.document.loaders.mail import message_file
from reader.document.loaders.mail.compressed_rtf import text_of_compressed_rtf
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line
from reader.document.signatures import OUTLOOK_MESSAGE, SAVE_ANEW
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from email.mime.base import MIMEBase
    from email.mime.multipart import MIMEMultipart

    from olefile import OleFileIO

_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAMES, _SENDER_ADDRESSES = (0x0C1A, 0x0042), (0x5D01, 0x5D02, 0x0C1F, 0x0065)
_TO, _CC, _HEADERS, _MESSAGE_ID = 0x0E04, 0x0E03, 0x007D, 0x1035
_FILE_NAMES, _DATA, _EMBEDDED, _CONTENT_ID, _MIME_TYPE = (0x3707, 0x3704, 0x3001), 0x3701, "3701000D", 0x3712, 0x370E
_TIMES: Final = (0x0039, 0x0E06, 0x3007)
"""When the message was sent, received and written."""
_CODE_PAGES: Final = (0x3FDE, 0x3FFD)
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_TOP_HEADER, _INNER_HEADER = 32, 24
"""Bytes before the first property of the message of the file, and of a message in it."""
_PROPERTY: Final = 16
"""Bytes of a property."""
_STREAM: Final = "__substg1.0_"
_ATTACHMENT: Final = "__attach_version1.0_"
_MAX_DEPTH: Final = 4
_DATE_HEADER: Final = lazy_pattern(r"^Date:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)


def load_content(raw: RawSource) -> LoadedContent:
    """Return a message: its subject as a heading, its main headers, and its text.

    Raises:
        DocumentError: The file is damaged.
    """
    return message_file.load_content(_as_mail(raw))


def open_container(raw: RawSource) -> message_file.MailAttachments:
    """Return the attachments of a message.

    Raises:
        DocumentError: The file is damaged.
    """
    return message_file.open_container(_as_mail(raw))


def _as_mail(raw: RawSource) -> RawSource:
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(raw.data)) as file:
            data = _Message(_Streams(file, len(raw.data)), (), _TOP_HEADER).mail(0).as_bytes()
    except Exception as error:  # OleFileError, but also struct.error, ValueError, RecursionError, …
        raise raw.error(f"{OUTLOOK_MESSAGE} that is damaged; {SAVE_ANEW}") from error
    return replace(raw, data=data)


class _Streams:
    """The streams of a compound file. A damaged one may name streams larger than itself, or the same sectors often."""

    def __init__(self, file: OleFileIO, size: int) -> None:
        self._file = file
        self._size = size
        self._budget = 2 * size
        if file.root.size > size:
            raise ValueError
        self.paths = {tuple(path): None for path in file.listdir(streams=True, storages=True)}
        """The paths of streams and storages, in order."""

    def read(self, path: tuple[str, ...]) -> bytes:
        """Return the bytes of a stream, b"" if there is none.

        Raises:
            ValueError: It is larger than the file, or more was read than the file has.
        """
        if path not in self.paths:
            return b""
        size = self._file.get_size(list(path))
        self._budget -= size
        if size > self._size or self._budget < 0:
            raise ValueError
        return bytes(self._file.openstream(list(path)).read())


class _Message:
    """A message in a compound file: that of the file itself, or an attached one."""

    def __init__(self, streams: _Streams, path: tuple[str, ...], header: int) -> None:
        self._streams = streams
        self._path = path
        self._fixed = dict(self._fixed_properties(header))
        pages = (int.from_bytes(self._fixed.get(key, b"")[:4], "little") for key in _CODE_PAGES)
        self._code_page = next((name for page in pages if page and (name := _code_page(page))), "")

    def mail(self, depth: int) -> MIMEMultipart:
        """Return the message as internet mail with its attachments."""
        from email.header import Header
        from email.mime.multipart import MIMEMultipart

        message = MIMEMultipart()
        name, address = self._first_text(_SENDER_NAMES), self._first_text(_SENDER_ADDRESSES, "@")
        headers = {
            "Subject": self._text(_SUBJECT),
            "From": f"{name} <{address}>".strip() if address and address != name else name,
            "To": self._text(_TO),
            "Cc": self._text(_CC),
            "Date": self._date(),
        }
        for key, value in headers.items():
            if line := one_line(value):
                message[key] = Header(line, "utf-8").encode(maxlinelen=0)
        if (body := self._body()) is not None:
            message.attach(body)
        storages = sorted(
            {path[len(self._path)] for path in self._inner_paths() if path[len(self._path)].startswith(_ATTACHMENT)}
        )
        for storage in storages:
            with suppress(OSError, ValueError, LookupError):  # the others are read
                if part := self._attachment((*self._path, storage), depth):
                    message.attach(part)
        return message

    def _body(self) -> MIMEBase | None:
        """Return the text: plain, else HTML, else what the RTF form says."""
        from email.mime.text import MIMEText

        if (text := self._text(_BODY)).strip():
            return MIMEText(text.replace("\r\n", "\n"), "plain", "utf-8")
        if html := self._bytes(_HTML, "0102"):
            return _file_part(html, "text", "html", self._code_page)
        if (text := self._text(_HTML)).strip():
            return MIMEText(text, "html", "utf-8")
        text = text_of_compressed_rtf(self._bytes(_RTF, "0102"))
        return MIMEText(text, "plain", "utf-8") if text.strip() else None

    def _attachment(self, path: tuple[str, ...], depth: int) -> MIMEBase | None:
        """Return an attached file or message, or None for a picture inside the text and what is neither."""
        from email.header import Header
        from email.mime.message import MIMEMessage

        storage = _Message(self._streams, path, 8)
        embedded = (*path, f"{_STREAM}{_EMBEDDED}")
        if embedded in self._streams.paths:
            if depth >= _MAX_DEPTH:
                return None
            return MIMEMessage(_Message(self._streams, embedded, _INNER_HEADER).mail(depth + 1))
        data = storage._bytes(_DATA, "0102")
        if not data:
            return None
        kind, _, subtype = storage._text(_MIME_TYPE).partition("/")
        if (
            not re.fullmatch(r"[a-z]+", kind)
            or not re.fullmatch(r"[\w.+-]+", subtype)
            or kind in ("multipart", "message")
        ):
            kind, subtype = "application", "octet-stream"
        part = _file_part(data, kind, subtype)
        part["Content-Disposition"] = "inline" if kind == "image" and storage._text(_CONTENT_ID) else "attachment"
        if content_id := one_line(storage._text(_CONTENT_ID)):
            part["Content-ID"] = Header(content_id, "utf-8").encode(maxlinelen=0)
        if name := one_line(storage._first_text(_FILE_NAMES)):
            part.set_param("name", name, charset="utf-8")
        return part

    def _date(self) -> str:
        from email.utils import format_datetime

        if stated := _DATE_HEADER.search(self._text(_HEADERS)):
            return stated[1]
        for key in _TIMES:
            ticks = int.from_bytes(self._fixed.get(key, b""), "little")
            if ticks:
                with suppress(OverflowError):
                    return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10))
        return ""

    def _first_text(self, keys: tuple[int, ...], within: str = "") -> str:
        """Return the first of some properties that has text, with `within` in it."""
        return next((text for key in keys if within in (text := self._text(key)) and text), "")

    def _text(self, key: int) -> str:
        if data := self._bytes(key, "001F"):
            return data.decode("utf-16-le", "replace").rstrip("\0")
        data = self._bytes(key, "001E").rstrip(b"\0")
        return decode(data, self._code_page).text

    def _bytes(self, key: int, kind: str) -> bytes:
        return self._streams.read((*self._path, f"{_STREAM}{key:04X}{kind}"))

    def _fixed_properties(self, header: int) -> Iterator[tuple[int, bytes]]:
        """Yield the properties of fixed size by their keys: code pages and times."""
        data = self._streams.read((*self._path, "__properties_version1.0"))
        for start in range(header, len(data) - _PROPERTY + 1, _PROPERTY):
            yield int.from_bytes(data[start + 2 : start + 4], "little"), data[start + 8 : start + 16]

    def _inner_paths(self) -> Iterator[tuple[str, ...]]:
        depth = len(self._path)
        return (path for path in self._streams.paths if len(path) > depth and path[:depth] == self._path)


def _file_part(data: bytes, kind: str, subtype: str, charset: str = "") -> MIMEBase:
    from email.encoders import encode_base64
    from email.mime.base import MIMEBase

    part = MIMEBase(kind, subtype)
    part.set_payload(data)
    encode_base64(part)
    if charset:
        part.set_param("charset", charset)
    return part


def _code_page(number: int) -> str:
    """Return the encoding of a Windows code page, or "" for an unknown one."""
    names = {65001: "utf-8", 20127: "ascii", 28591: "cp1252", 20866: "koi8-r", 21866: "koi8-u", 51949: "euc-kr"}
    if 28591 < number <= 28605:
        return f"iso-8859-{number - 28590}"
    return names.get(number, "") or encoding_name(f"cp{number}")
