"""Normal forms of names: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SPACE: Final = re.compile(r"\s+")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"(?<=\w)(?:'s|(?<=s)')$", re.IGNORECASE)
_OUTER: Final = " \t\"',;:"
_SIMPLE: Final = re.compile(r"(?!(?:the|an?) )[a-z0-9](?:[a-z0-9.-]| (?! ))*[a-z0-9.]|[a-z0-9]", re.IGNORECASE)
_MARKS: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʻ`´′ʿʾ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\u00ad": None,
        "\u200b": None,
        "\u200d": None,
        "\u2060": None,
    }
)
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a"}
)


def surface(text: str) -> str:
    """Return `text` with line breaks and runs of white space joined into one space each."""
    return text if _plain(text) else _SPACE.sub(" ", text).strip()


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """Return the name without what does not belong to it: article, possessive, outer quotes; marks unified, NFKC.

    Letter case and diacritics stay. A name that consists of an article alone stays as it is.
    """
    if text.isascii() and _SIMPLE.fullmatch(text):
        return text
    joined = _SPACE.sub(" ", unicodedata.normalize("NFKC", text).translate(_MARKS)).strip()
    bare = joined.strip(_OUTER)
    if joined[-1:] == "'" and bare[-1:].lower() == "s":
        bare = bare + "'"
    bare = _POSSESSIVE.sub("", bare)
    article = _ARTICLE.match(bare)
    if article and (bare[:1].islower() or bare[:3].casefold() == "the"):
        bare = bare[article.end() :]
    return bare or joined or text


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the normal form without letter case and diacritics: what search and comparison go by.

    Particles stay as written: "al-Rufayi" and "el-Rufayi" fold apart.
    """
    folded = normal(text).casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_MARKS)
