"""Makes text from outside the program safe for a terminal.

Line ends become LF first. Then every unsafe character is replaced by exactly one visible character, so that offsets
stay the same. Text is sanitized once, where bytes, file names or error messages enter the program.
"""

from __future__ import annotations

import re
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_LINE_ENDS: Final = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_UNSAFE: Final = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_PICTURES: Final = 0x2400
_REPLACEMENT: Final = "\ufffd"
_SPACE: Final = lazy_pattern(r"\s+")


def sanitize(text: str) -> str:
    """Return `text` with LF line ends and without characters that control a terminal.

    DEL and the C0 controls except LF and TAB become control pictures ("␛"). C1 controls, bidirectional embeddings,
    overrides and isolates, and lone surrogates become U+FFFD. Clean text is returned unchanged after a single search.
    """
    if _UNSAFE.search(text) is None:  # no line end but LF either: all others are unsafe
        return text
    return _UNSAFE.sub(_visible, fold_line_ends(text))


def fold_line_ends(text: str) -> str:
    """Return `text` with CRLF, CR, NEL and the Unicode line and paragraph separators replaced by LF."""
    for line_end in _LINE_ENDS:
        if line_end in text:
            text = text.replace(line_end, "\n")
    return text


def one_line(text: str, limit: int = 0) -> str:
    """Return `text` sanitized and on one line, with white space collapsed to single spaces.

    Used for titles, file names, URLs and messages. A result longer than `limit` code points is cut and ends in an
    ellipsis; 0 means no limit.
    """
    line = _SPACE.sub(" ", sanitize(text)).strip()
    if limit and len(line) > limit:
        return line[: limit - 1].rstrip() + "…"
    return line


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT
