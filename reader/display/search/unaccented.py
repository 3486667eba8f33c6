"""Text without accents, at the same offsets."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_ACCENTED: Final = lazy_pattern("[\u00c0-\u024f\u0259\u0370-\u052f\u1e00-\u1fff]")
"""Where Latin, Greek and Cyrillic letters with accents are."""
_STROKES: Final = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ə": "a"}
"""Letters that recognition compares like another letter, though Unicode does not decompose them."""
_DOTTED: Final = "İ"
"""The only letter that two code points replace in lower case."""


def unaccented(text: str, *, lower: bool = False) -> str:
    """Return a text in normal form without accents, and in lower case if asked; each code point stays one."""
    if not text.isascii():
        text = _ACCENTED.sub(lambda match: _base(match[0]), text)
    return text.lower() if lower else text


@cache
def _base(letter: str) -> str:
    """Return the letter below the accents, or the letter itself if there is not exactly one."""
    if letter == _DOTTED:
        return "I"
    if stroke := _STROKES.get(letter.lower()):
        return stroke.upper() if letter.isupper() else stroke
    bases = [part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)]
    return bases[0] if len(bases) == 1 else letter
