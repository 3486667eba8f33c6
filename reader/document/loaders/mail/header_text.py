"""Reads the headers of mail (RFC 5322) with their encoded words (RFC 2047), also where they break the rules."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from quopri import decodestring
from typing import TYPE_CHECKING, Final

from reader.document.encoding import decode
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from email.message import Message

_ENCODED_WORD: Final = lazy_pattern(r"=\?([^?*\s]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN_WORDS: Final = lazy_pattern(r"(\?=)\s+(?==\?)")


def header_text(message: Message, name: str) -> str:
    """Return the first header of that name as one line, or ""."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return decode_words(decode(str(value).encode("utf-8", "surrogateescape")).text)
    return ""


def decode_words(value: str) -> str:
    """Return the value of a header as one line, with its encoded words decoded."""
    pieces: list[str] = []
    pending, pending_charset = b"", ""
    end = 0
    joined = _BETWEEN_WORDS.sub(r"\1", value)
    for word in _ENCODED_WORD.finditer(joined):
        charset, encoding, text = word[1].lower(), word[2].lower(), word[3]
        if pending and (word.start() > end or charset != pending_charset):
            pieces.append(decode(pending, pending_charset).text)
            pending = b""
        pieces.append(joined[end : word.start()])
        pending, pending_charset = pending + _decoded(encoding, text), charset
        end = word.end()
    if pending:
        pieces.append(decode(pending, pending_charset).text)
    return one_line("".join((*pieces, joined[end:])))


def _decoded(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding == "q":
        return decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except Error:
        return data


def iso_date(value: str) -> str:
    """Return the date of a mail in ISO 8601 format, or the value itself if it cannot be parsed."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).isoformat()
    except Exception:  # dates without a day, with years of ten digits, …
        return value
