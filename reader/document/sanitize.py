"""Make foreign text safe for a terminal without moving an offset.

Line ends become LF; after that every unsafe character is replaced by exactly one visible character, so that offsets
into the result stay valid for whoever saw the same text. Called where bytes, file names or messages become text, and
nowhere else.
"""

from __future__ import annotations

import re
from typing import Final

_LINE_ENDS: Final = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_PICTURES: Final = 0x2400
_REPLACEMENT: Final = "\ufffd"
_SPACE: Final = re.compile(r"\s+")


def sanitize(text: str) -> str:
    """Return text with LF line ends in which no character can steer a terminal.

    C0 controls but LF and TAB, and DEL, become their control pictures ("␛"); C1 controls, bidi embeddings, overrides
    and isolates, and lone surrogates become U+FFFD. Clean text is returned as it is, at the cost of one search.
    """
    text = fold_line_ends(text)
    return text if _UNSAFE.search(text) is None else _UNSAFE.sub(_visible, text)


def fold_line_ends(text: str) -> str:
    """Return text with CRLF, CR, NEL and the Unicode line and paragraph separators made LF."""
    for line_end in _LINE_ENDS:
        if line_end in text:
            text = text.replace(line_end, "\n")
    return text


def one_line(text: str, limit: int = 0) -> str:
    """Return sanitized text on one line with single spaces, cut to `limit` code points (0: uncut) with an ellipsis.

    For titles, file names, addresses and messages.
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
