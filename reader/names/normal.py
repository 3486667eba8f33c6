"""Normal forms of names, in which two spellings of one name are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.undecomposed_letters import UNDECOMPOSED_LETTERS

_SPACE: Final = lazy_pattern(r"\s+")
_SURFACE: Final = lazy_pattern(r"[!-,.-_a-~]+(?:[ -][!-,.-_a-~]+)*")
"""ASCII without runs of spaces or hyphens: a surface form already, and nearly always the case."""
_ARTICLE: Final = lazy_pattern(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE: Final = lazy_pattern(r"(?<=\w)(?:'s|(?<=s)')$", re.IGNORECASE)
_OUTER: Final = " \t\"',;:"
_SIMPLE: Final = lazy_pattern(r"(?!(?:the|an?) )[a-z0-9](?:[a-z0-9.-]| (?! ))*[a-z0-9.]|[a-z0-9]", re.IGNORECASE)
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


def surface(text: str) -> str:
    """Return the surface form of a name: its text in normal form (see `reader.document.normal_text`)."""
    return text if _SURFACE.fullmatch(text) else _normalize(text)


@lru_cache(maxsize=1 << 13)
def _normalize(text: str) -> str:
    from reader.document.normal_text import normalize  # its patterns are not needed before the first odd name

    return normalize(text)


@lru_cache(maxsize=1 << 13)
def normal(text: str) -> str:
    """Return a name without its article, possessive ending and outer quotes, in NFKC and with plain quotes and hyphens.

    Letter case and diacritics stay. A name that is only an article stays as it is.
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


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """Return the normal form in lower case and without diacritics, as search and comparison use it.

    Particles stay as written: "al-Rufayi" and "el-Rufayi" fold to different forms.
    """
    folded = normal(text).casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded.translate(UNDECOMPOSED_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_MARKS)
