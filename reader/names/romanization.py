"""Spellings of one name in Latin letters: "Gennadiy Zagorodny" and "Hennadii Zahorodnii" are written from one name.

Names that were written in Cyrillic or Arabic letters are spelled in many ways, and Ukrainian, Belarusian and Russian
have forms of their own of the given names they share. A table lists given names; a few rules make the spellings of
other words equal. Both work without a library. Words of other languages become unreadable, but stay different.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.names.tables import name_variants

_SWAPS: Final = {
    "dzh": "j", "sch": "sh", "tch": "ch", "ph": "f", "gh": "g", "ck": "k", "dj": "j", "qu": "k", "q": "k", "x": "ks",
    "w": "v", "tz": "ts", "ou": "u",
}  # fmt: skip
"""Letters that write one sound, and those that replace them."""
_SWAP: Final = re.compile("|".join(sorted(_SWAPS, key=len, reverse=True)))
_LONG_VOWELS: Final = (("ee", "i"), ("oo", "u"))
_LONG_WORD: Final = 5
"""Letters from which on a word is no "Lee" or "Khan", which are other names than "Li" and "Han"."""
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_DOUBLE: Final = re.compile(r"(.)\1+")
_I_SOUNDS: Final = re.compile(r"[iyj]*[iy][iyj]*")
_SOFT_E: Final = re.compile(r"(?<=[aeou])ye(?=v)")
"""A letter that is written "e" or "ye" after a vowel: "Belyaev", "Belyayev"."""
_SERVANT: Final = re.compile(r"^abd(?:[aeu]l|[aeu]r|[aeu]s|[aeu]n)?(?=[^\W\d_]{4})")
"""The first part of "Abdulkarim", which names of two words leave out."""
_LOOSE: Final = str.maketrans({"e": "i", "o": "u", "h": "g"})


@lru_cache(maxsize=1 << 13)
def romanized(word: str) -> str:
    """Return a folded word in a spelling that all common ways of writing it in Latin letters share."""
    letters = word if word.isalpha() else _NOT_LETTERS.sub("", word)
    variant = name_variants().get(letters)
    if variant is not None:
        return variant
    if letters.startswith("abd"):
        letters = _SERVANT.sub("", letters)
        letters = name_variants().get(letters, letters)
    letters = _SOFT_E.sub("e", letters)
    letters = _SWAP.sub(lambda match: _SWAPS[match[0]], letters)
    if len(letters) >= _LONG_WORD:
        for long, short in _LONG_VOWELS:
            letters = letters.replace(long, short)
        if "kh" not in letters:
            letters = letters.replace("g", "h")
    return _DOUBLE.sub(r"\1", _I_SOUNDS.sub("i", letters))


@lru_cache(maxsize=1 << 13)
def loosely_romanized(word: str) -> str:
    """Return a folded word as `romanized`, with vowels that are often exchanged made equal: "Rashed", "Rashid"."""
    letters = romanized(word)
    return _DOUBLE.sub(r"\1", letters.replace("kh", "g").translate(_LOOSE)) if len(letters) >= _LONG_WORD else letters
