"""Phrases of a search, and how texts without spaces between words are made searchable.

Databases split texts into words at spaces and marks. Chinese, Japanese and Thai have no spaces between words, and
Korean attaches particles to them. Runs of their characters are indexed as overlapping pairs instead, so that names of
two characters are found too; trigrams would need three.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple
from reader.structures.undecomposed_letters import UNDECOMPOSED_LETTERS

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Korean
    "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_LONGEST_TEXT: Final = 2_000
"""Code points of a text that is looked for in names."""
_UNSPACED_RUN: Final = lazy_pattern(f"[{_UNSPACED}]+")
_SCRIPT_RUN: Final = lazy_pattern(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_WORD: Final = lazy_pattern(r"[^\W_]+")


class SearchPhrase(NamedTuple):
    """Words that follow each other in a text."""

    words: tuple[str, ...]
    """Folded, without marks between them."""
    is_prefix: bool = False
    """Whether the last word may go on: "brib*"."""
    excluded: bool = False
    """Whether the phrase must not occur."""

    @property
    def is_unspaced(self) -> bool:
        """Whether the phrase is written without spaces between words."""
        return any(_UNSPACED_RUN.search(word) for word in self.words)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of characters of an unspaced phrase; one character if there is only one."""
        return tuple(pair for word in self.words for pair in _pairs_of(word))


def search_phrases(text: str, *, excluded: bool = False) -> list[SearchPhrase]:
    """Return the phrases that a user types as one; several if it mixes scripts with and without spaces.

    An asterisk at the end makes the last one a prefix.
    """
    pieces = (tuple(_WORD.findall(piece)) for piece in _SCRIPT_RUN.findall(fold(text)))
    phrases = [SearchPhrase(words, excluded=excluded) for words in pieces if words]
    if phrases and text.rstrip().endswith("*"):
        phrases[-1] = phrases[-1]._replace(is_prefix=True)
    return phrases


class SearchableText(NamedTuple):
    """What full-text search compares: words and pairs of characters, separated by spaces."""

    words: str
    pairs: str


def searchable_text(text: str) -> SearchableText:
    """Return the words and pairs of characters of a text. Every database splits them at the spaces only."""
    folded = fold(text)
    if folded.isascii():
        return SearchableText(" ".join(_WORD.findall(folded)), "")
    pairs = " ".join(pair for run in _UNSPACED_RUN.findall(folded) for pair in _pairs_of(run))
    return SearchableText(" ".join(_WORD.findall(_UNSPACED_RUN.sub(" ", folded))), pairs)


def fold(text: str) -> str:
    """Return text in lower case without accents, as full-text search compares it. It may have another length.

    Letters with a stroke and joined letters count as accented ones: "ł" as "l", "ø" as "o", "æ" as "ae".
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(UNDECOMPOSED_LETTERS))
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not _is_accent(char)))


def like_pattern(text: str, *, prefix: str = "%", suffix: str = "%") -> str:
    """Return a pattern of LIKE with "!" as its escape for a folded text, by default anywhere in another one."""
    # SQLite refuses patterns of 50,000 bytes. No name is nearly as long as what is compared here.
    escaped = text[:_LONGEST_TEXT].replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"{prefix}{escaped}{suffix}"


def _pairs_of(run: str) -> tuple[str, ...]:
    return tuple(run[index : index + 2] for index in range(len(run) - 1)) or (run,)


def _is_accent(char: str) -> bool:
    """Return whether a combining mark can be left out: those of Latin, Greek, Cyrillic, Hebrew and Arabic."""
    return "\u0300" <= char <= "\u036f" or "\u0591" <= char <= "\u05c7" or "\u064b" <= char <= "\u065f"
