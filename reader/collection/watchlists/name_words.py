"""The words of names and texts in the form in which they are compared: folded, and in Latin letters if possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final, cast

from reader.names.matcher import WORD
from reader.names.normal import fold
from reader.names.tables import particles
from reader.names.tables.word_lists import legal_forms
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han, as ranges of a character class. Their texts have no spaces, so each character is a word."""
_HAS_UNSPACED: Final = lazy_pattern(f"[{_UNSPACED}]")
_UNSPACED_WORD: Final = lazy_pattern(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_OTHER_SCRIPTS: Final = lazy_pattern(r"[\u0370-\u058f\u10a0-\u10ff\uac00-\ud7af]")
"""Greek, Cyrillic, Armenian, Georgian and Hangul, which `rigour` writes in Latin letters."""


class NameWord(NamedTuple):
    """A word of a text: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    folded: str


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[NameWord]:
    """Yield the words of a text between two offsets, in order."""
    limit = len(text) if end is None else end
    pattern = _UNSPACED_WORD if _HAS_UNSPACED.search(text, start, limit) else WORD
    for match in pattern.finditer(text, start, limit):
        if folded := fold_word(match[0]):
            yield NameWord(match.start(), match.end(), folded)


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text, in order: those of `words_of`, faster."""
    if text.isascii():
        return WORD.findall(text.lower())
    pattern = WORD if not _HAS_UNSPACED.search(text) else _UNSPACED_WORD
    return [folded for word in pattern.findall(text) if (folded := fold_word(word))]


@lru_cache(maxsize=1 << 18)
def fold_word(word: str) -> str:
    """Return a word in lower case, without diacritics, in Latin letters if `rigour` is installed."""
    if word.isascii():
        return word.lower()
    folded = fold(word)
    if _OTHER_SCRIPTS.search(folded) and (in_latin := _latinizer()) is not None:
        return in_latin(folded).lower()
    return folded


@cache
def _latinizer() -> Callable[[str], str] | None:
    """Return a function that writes a word in Latin letters; None without the extra `watchlists`."""
    try:
        from rigour.text.translit import maybe_ascii
    except ImportError:
        return None
    return cast("Callable[[str], str]", maybe_ascii)


def split_legal_form(words: list[str]) -> tuple[list[str], list[str]]:
    """Split the folded words of a name into those of the name itself and those of its legal form, if any."""
    for ending in _legal_endings().get(words[-1], ()) if words else ():
        if len(words) > len(ending) and words[-len(ending) :] == ending:
            return words[: -len(ending)], ending
    return words, []


def is_legal_form(text: str) -> bool:
    """Return whether a text is the legal form of a company and nothing else."""
    words = folded_words(text)
    return bool(words) and words in _legal_endings().get(words[-1], ())


@cache
def small_words() -> frozenset[str]:
    """Return the particles and link words that many names have, and that spellings join, drop or add."""
    return frozenset(fold_word(word) for particle in particles() for word in WORD.findall(particle)) | {
        "of",
        "the",
        "and",
    }


@cache
def _legal_endings() -> dict[str, list[list[str]]]:
    """Return the folded words of the legal forms by their last word, the longest first."""
    endings: dict[str, list[list[str]]] = {}
    for form in legal_forms():
        words = folded_words(form)
        if words and words not in endings.setdefault(words[-1], []):
            endings[words[-1]].append(words)
    return {last: sorted(forms, key=len, reverse=True) for last, forms in endings.items()}
