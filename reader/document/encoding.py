"""From bytes to characters: byte-order marks, UTF-8, what a page declares, and at last an assumption that is told."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple


class Decoded(NamedTuple):
    """Characters, and how the bytes were read."""

    text: str
    encoding: str
    notice: str = ""
    """One line for the user where the encoding is an assumption; empty where the bytes prove it."""


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 65_536
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\r\f\b\x1b")) + b"\x7f"
_CONTROLS_ALLOWED_ANYWHERE: Final = 2
_CONTROLS_IN_UTF8: Final = 0.2
_CONTROLS_IN_LEGACY: Final = 0.04
"""Bytes by chance are control characters one time in ten."""
_MULTIBYTE: Final = "[^\x00-\x7f\ufffd]"
_META: Final = rb"""(?i)<meta[^>]+?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)"""
_XML: Final = rb"""<\?xml[^>]+?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)"""
_WESTERN: Final = {"ascii", "iso8859-1", "cp1252"}
_QUOTES: Final = "’‘“”„«»–—…•€§°·©®\xa0"
_SIGNS: Final = {
    "cp1252": "àáâãäåæçèéêëíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÒÓÔÖØÙÚÜŒ£¡¿ªº",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚÝŽäöüőűľôÄÖÜßđĐ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîû",
}
"""What text in a Latin script has beyond ASCII, in the order of likelihood."""
_HIGH: Final = bytes(range(0x80, 0x100))
_SIGNS_SHARE: Final = 0.9
_SIGNS_DENSITY: Final = 0.25


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the characters of some bytes, without a byte-order mark.

    A byte-order mark decides; then valid UTF-8 with anything beyond ASCII; then the declared encoding; what is left is
    UTF-16 without a mark, slightly damaged UTF-8, or a legacy encoding that is guessed.

    Args:
        data: The bytes.
        declared: The encoding that a header or the page itself names, if any; unknown names are ignored.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _certain(data[len(mark) :], encoding)
    named = _codec(declared)
    if named and data.isascii():
        return _certain(data, named)
    try:
        return (
            Decoded(data.decode("utf-8"), _unmarked_utf16(data) or "utf-8") if b"\0" not in data else _with_nuls(data)
        )
    except UnicodeDecodeError:
        return _legacy(data, named)


def looks_binary(data: bytes) -> bool:
    """Return whether bytes are not text in any encoding, by the share of control characters in the first 64 kB."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS[1:]) or _unmarked_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= _CONTROLS_ALLOWED_ANYWHERE:
        return controls > 0.5 * len(sample)
    return controls > (_CONTROLS_IN_UTF8 if _is_utf8(sample) else _CONTROLS_IN_LEGACY) * len(sample)


def declared_in_page(data: bytes) -> str:
    """Return the encoding that a web page or XML declaration names in its first 4 kB, or an empty string."""
    head = data[:4096]
    found = re.search(_META, head) or re.match(_XML, head.lstrip())
    return found[1].decode("ascii") if found else ""


def _certain(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, encoding, _lost_notice(encoding, lost) if lost and not _valid(data, encoding) else "")


def _valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lost_notice(encoding: str, lost: int) -> str:
    return f"read as {encoding}; {lost} damaged {'place is' if lost == 1 else 'places are'} shown as \ufffd"


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
    damaged = data.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    if named == "utf-8" or len(re.findall(_MULTIBYTE, damaged)) >= 4 * lost:
        return Decoded(damaged, "utf-8", _lost_notice("utf-8", lost))
    guess = _guess(data)
    return Decoded(data.decode(guess, "replace"), guess, f"read as {guess}: not UTF-8, and nothing says what it is")


def _guess(data: bytes) -> str:
    """Return the first Latin code page in which nearly all bytes beyond ASCII are signs of its languages.

    The detector has the word where there is none, or where most of the text is beyond ASCII.
    """
    sample = data[:_SAMPLE] if not data[:_SAMPLE].isascii() else _around_first_high_byte(data)
    high = len(sample) - len(sample.translate(None, _HIGH))
    if high <= _SIGNS_DENSITY * len(sample):
        for page, signs in _SIGNS.items():
            found = len(sample) - len(sample.translate(None, (signs + _QUOTES).encode(page)))
            if found >= _SIGNS_SHARE * high:
                return page
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return (_codec(best.encoding) if best else "") or "cp1252"


def _around_first_high_byte(data: bytes) -> bytes:
    first = next(re.finditer(rb"[\x80-\xff]", data)).start()
    return data[max(0, first - 2_000) : first + _SAMPLE]


def _codec(name: str) -> str:
    """Return Python's name of an encoding, "" where it has none; Latin-1 is taken for cp1252, as in browsers."""
    try:
        known = codecs.lookup(name).name if name else ""
        "".encode(known or "utf-8")
    except (LookupError, ValueError):
        return ""
    return "cp1252" if known in _WESTERN else known
