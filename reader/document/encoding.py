"""Decodes bytes by byte-order mark, UTF-8, declared encoding or, as a last resort, a guess reported to the user."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple


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
_ISO_2022: Final = {
    "iso2022_kr": re.compile(rb"\x1b\$\)C"),
    "iso2022_jp": re.compile(rb"\x1b\$[@B]|\x1b\$?\([IDOQ]"),
}
_ISO_2022_FORMS: Final = {
    "iso2022_kr": ("iso2022_kr",),
    "iso2022_jp": ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004"),
}
_ALPHABETS: Final = frozenset((0x00, 0x03, 0x04, 0x05, 0x06, 0x09, 0x0E, 0x10))
"""High bytes of the UTF-16 units of alphabets: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Georgian."""
_LAST_PLANE: Final = 0x10
_ALPHABET_SHARE: Final = 0.95
_SUPERSETS: Final = {
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
"""Encodings, and those that have their characters and more. Texts are seldom strict about the difference."""
_ALWAYS_SUPERSET: Final = frozenset(("iso8859-9", "tis-620"))
"""Encodings in which every byte is valid, but some are controls that texts do not have."""
_LOW_BYTES: Final = bytes(range(0x80))
_WESTERN_BYTES: Final = "àáâäåæçèéêëíîïñòóôöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÒÓÔÖØÙÚÜŒ£¡¿ªº’‘“”„«»–—…•€§°·©®\xa0".encode("cp1252")
_LATIN: Final = lazy_pattern("[A-Za-z]")
_OTHER_LETTER: Final = "[\u0370-\u1dff\u2c80-\ud7ff]"
"""A letter of a script that is not Latin."""
_FEW: Final = 0.01
"""Share of non-ASCII bytes up to which statistics of letters say little."""


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
    if data.isascii():
        if shifted := _iso_2022(data):
            return Decoded(data.decode(shifted, "replace"), shifted)
        if named:
            return _decode_as(data, named)
    if unmarked := _unmarked_unicode(data[:_SAMPLE]):
        return Decoded(data.decode(unmarked, "replace"), unmarked, f"read as {unmarked}, which its bytes look like")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data, named)


def is_guess(data: bytes) -> bool:
    """Return whether the encoding of bytes without a declaration can only be guessed: it is no kind of Unicode."""
    decoded = decode(data)
    return bool(decoded.notice) and not decoded.encoding.startswith("utf")


def looks_binary(data: bytes) -> bool:
    """Return whether bytes are not text in any encoding, by the share of control characters in the first 64 kB."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS[1:]) or _unmarked_unicode(sample):
        return False
    if _iso_2022(sample):
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
    is_damaged = damaged > 0 and not is_valid(data, encoding)
    return Decoded(text, encoding, _damage_notice(encoding, damaged) if is_damaged else "")


def is_valid(data: bytes, encoding: str) -> bool:
    """Return whether all bytes are valid in an encoding."""
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


def _iso_2022(data: bytes) -> str:
    """Return which ISO 2022 encoding the escape sequences in the bytes belong to, or ""."""
    if b"\x1b" not in data[:_SAMPLE]:
        return ""
    for encoding, mark in _ISO_2022.items():
        if mark.search(data, 0, _SAMPLE):
            return next((form for form in _ISO_2022_FORMS[encoding] if is_valid(data, form)), encoding)
    return ""


def _unmarked_unicode(sample: bytes) -> str:
    """Return which of UTF-32 and UTF-16 the bytes are by the values of every fourth or second byte, or ""."""
    if len(sample) < 4 or b"\0" not in sample:
        return _unmarked_alphabet(sample)
    for encoding, top, next_byte in (
        ("utf-32-le", sample[3::4], sample[2::4]),
        ("utf-32-be", sample[::4], sample[1::4]),
    ):
        if not any(top) and max(next_byte) <= _LAST_PLANE and _is_text(sample[: len(sample) // 4 * 4], encoding):
            return encoding
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.02 * half:
        return "utf-16-be"
    return _unmarked_alphabet(sample)


def _is_text(sample: bytes, encoding: str) -> bool:
    """Return whether nearly all characters that the bytes stand for can be shown."""
    text = sample.decode(encoding, "replace")
    visible = sum(char.isprintable() or char.isspace() for char in text) - text.count("\ufffd")
    return len(text) > 3 and visible >= _ALPHABET_SHARE * len(text)


def _unmarked_alphabet(sample: bytes) -> str:
    """Return which UTF-16 the bytes are if nearly all units are of one alphabet or ASCII, or ""."""
    if len(sample) < 16 or len(sample) % 2:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        (first, count), *seconds = Counter(high).most_common(2)
        second, second_count = seconds[0] if seconds else (first, 0)
        values = {first, second} if seconds else {first}
        if count + second_count >= _ALPHABET_SHARE * len(high) and values <= _ALPHABETS and values != {0}:
            return encoding
    return ""


def _legacy(data: bytes, named: str) -> Decoded:
    if named and named != "utf-8" and is_valid(data, named):
        return Decoded(data.decode(named), named)
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if named == "utf-8" or len(re.findall(_NON_ASCII, text)) >= 4 * damaged:
        return Decoded(text, "utf-8", _damage_notice("utf-8", damaged))
    guess = _guess(data)
    return Decoded(data.decode(guess, "replace"), guess, f"read as {guess}: not UTF-8, and no encoding is declared")


def _guess(data: bytes) -> str:
    """Return the most likely legacy encoding: cp1252 for few non-ASCII bytes that are its letters, else by chardet."""
    sample = data[:_SAMPLE] if not data[:_SAMPLE].isascii() else _around_first_high_byte(data)
    high = sample.translate(None, _LOW_BYTES)
    if len(high) <= max(_FEW * len(sample), 2) and not high.translate(None, _WESTERN_BYTES):
        return "cp1252"
    import chardet

    detected = _codec(str(chardet.detect(sample)["encoding"] or ""))
    if not high.translate(None, _WESTERN_BYTES) and _mixes_scripts(sample, detected):
        return "cp1252"
    if detected in _ALWAYS_SUPERSET or not is_valid(data, detected or "utf-8"):
        detected = _SUPERSETS.get(detected, detected)
    return detected or "cp1252"


def _mixes_scripts(sample: bytes, encoding: str) -> bool:
    """Return whether most letters that an encoding has beyond ASCII would stand beside Latin ones in one word."""
    text = sample.decode(encoding or "cp1252", "replace")
    letters = [match.start() for match in re.finditer(_OTHER_LETTER, text)]
    neighbors = (text[max(index - 1, 0) : index + 2] for index in letters)
    beside_latin = sum(1 for characters in neighbors if _LATIN.search(characters))
    return 2 * beside_latin > len(letters)


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
