"""Decodes bytes by byte-order mark, UTF-8, declared encoding or, as a last resort, a guess reported to the user."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple


class Decoded(NamedTuple):
    """Decoded text and its encoding."""

    text: str
    encoding: str
    notice: str = ""
    """One line for the user if the encoding is a guess or bytes were damaged, otherwise ""."""


_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\r\f\b\x1b")) + b"\x7f"
_CONTROLS_ALLOWED_ANYWHERE: Final = 2
_CONTROLS_IN_UTF8: Final = 0.2
_CONTROLS_IN_LEGACY: Final = 0.04
"""Random bytes are control characters one time in ten."""
_NON_ASCII: Final = "[^\x00-\x7f\ufffd]"
_META_CHARSET: Final = rb"""(?i)<meta[^>]+?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)"""
_XML_ENCODING: Final = rb"""<\?xml[^>]+?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)"""
_WESTERN: Final = {"ascii", "iso8859-1", "cp1252"}
_NOT_ENCODINGS: Final = frozenset(("idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape"))
_QUOTES: Final = "’‘“”„«»–—…•€§°·©®\xa0"
_LETTERS: Final = {
    "cp1252": "àáâãäåæçèéêëíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÒÓÔÖØÙÚÜŒ£¡¿ªº",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚÝŽäöüőűľôÄÖÜßđĐ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîû",
}
"""Non-ASCII letters of Latin-script languages, by code page; the most likely code page first."""
_HIGH_BYTES: Final = bytes(range(0x80, 0x100))
_LETTERS_SHARE: Final = 0.9
_MAX_NON_ASCII: Final = 0.25


def decode(data: bytes, declared: str = "", *, chosen: str = "") -> Decoded:
    """Decode bytes and drop a byte-order mark.

    The encoding is, in this order: the one that the user chose, the one of the byte-order mark, UTF-8 if the bytes are
    valid UTF-8 with non-ASCII characters, the declared encoding, UTF-16 without a byte-order mark, slightly damaged
    UTF-8, a guessed legacy encoding.

    Args:
        data: The bytes.
        declared: The encoding named by a header or by the page itself, or "". Unknown names are ignored.
        chosen: The encoding that the user chose, as `encoding_name` returns it, or "".
    """
    if chosen:
        return _decode_as(_without_mark(data, chosen), chosen)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    named = _codec(declared)
    if named and data.isascii():
        return _decode_as(data, named)
    try:
        return (
            Decoded(data.decode("utf-8"), _unmarked_utf16(data) or "utf-8") if b"\0" not in data else _with_nuls(data)
        )
    except UnicodeDecodeError:
        return _legacy(data, named)


def looks_binary(data: bytes) -> bool:
    """Return whether bytes are not text in any encoding, by the share of control characters in the first 64 kB."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS[1:]) or _unmarked_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= _CONTROLS_ALLOWED_ANYWHERE:
        return controls > 0.5 * len(sample)
    return controls > (_CONTROLS_IN_UTF8 if _is_utf8(sample) else _CONTROLS_IN_LEGACY) * len(sample)


def declared_in_page(data: bytes) -> str:
    """Return the encoding declared in the first 4 kB of a web page or XML file, or ""."""
    head = data[:4096]
    declaration = re.search(_META_CHARSET, head) or re.match(_XML_ENCODING, head.lstrip())
    return declaration[1].decode("ascii") if declaration else ""


def _without_mark(data: bytes, encoding: str) -> bytes:
    """Return the bytes without the byte-order mark of an encoding. Python drops the marks of "utf-16" and "utf-32"."""
    marks = (mark for mark, marked in _BYTE_ORDER_MARKS if marked == encoding)
    return next((data[len(mark) :] for mark in marks if data.startswith(mark)), data)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    damaged = text.count("\ufffd")
    return Decoded(text, encoding, _damage_notice(encoding, damaged) if damaged and not _valid(data, encoding) else "")


def _valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _damage_notice(encoding: str, damaged: int) -> str:
    return f"read as {encoding}; {damaged} damaged {'character' if damaged == 1 else 'characters'} shown as \ufffd"


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _with_nuls(data: bytes) -> Decoded:
    encoding = _unmarked_utf16(data[:_SAMPLE])
    if not encoding:
        return Decoded(data.decode("utf-8"), "utf-8")
    return Decoded(data.decode(encoding, "replace"), encoding, f"read as {encoding}: every second byte is zero")


def _unmarked_utf16(sample: bytes) -> str:
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.02 * half else ""


def _legacy(data: bytes, named: str) -> Decoded:
    if unmarked := _unmarked_utf16(data[:_SAMPLE]):
        return Decoded(data.decode(unmarked, "replace"), unmarked, f"read as {unmarked}: every second byte is zero")
    if named and named != "utf-8" and _valid(data, named):
        return Decoded(data.decode(named), named)
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if named == "utf-8" or len(re.findall(_NON_ASCII, text)) >= 4 * damaged:
        return Decoded(text, "utf-8", _damage_notice("utf-8", damaged))
    guess = _guess(data)
    return Decoded(data.decode(guess, "replace"), guess, f"read as {guess}: not UTF-8, and no encoding is declared")


def _guess(data: bytes) -> str:
    """Return the most likely legacy encoding.

    That is the first Latin code page in which nearly all non-ASCII bytes are letters of its languages. If there is none
    or much of the text is non-ASCII, charset-normalizer decides.
    """
    sample = data[:_SAMPLE] if not data[:_SAMPLE].isascii() else _around_first_high_byte(data)
    high = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    if high <= _MAX_NON_ASCII * len(sample):
        for page, letters in _LETTERS.items():
            expected = len(sample) - len(sample.translate(None, (letters + _QUOTES).encode(page)))
            if expected >= _LETTERS_SHARE * high:
                return page
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return (_codec(best.encoding) if best else "") or "cp1252"


def _around_first_high_byte(data: bytes) -> bytes:
    first = next(re.finditer(rb"[\x80-\xff]", data)).start()
    return data[max(0, first - 2_000) : first + _SAMPLE]


def encoding_name(name: str) -> str:
    """Return Python's name for an encoding, or "" if there is none of that name."""
    try:
        codec = codecs.lookup(name.strip()).name if name else ""
        b"".decode(codec or "utf-8").encode(codec or "utf-8")
    except (LookupError, ValueError, AttributeError):
        return ""
    return "" if codec in _NOT_ENCODINGS else codec


def _codec(name: str) -> str:
    """Return Python's name for a declared encoding, "" if unknown; ASCII and Latin-1 become cp1252, as in browsers."""
    codec = encoding_name(name)
    return "cp1252" if codec in _WESTERN else codec
