"""Letters that Unicode does not decompose, although readers take them for a plain letter with a mark."""

from __future__ import annotations

from typing import Final

UNDECOMPOSED_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""For `str.translate` of text in lower case: how each is written without it."""
