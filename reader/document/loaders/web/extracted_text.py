"""The text that was extracted from a page, prepared for comparing blocks with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_WORD: Final = lazy_pattern(r"\w+")
_SHINGLE: Final = 3
"""Words that are compared together."""
_SHINGLES_SHARE: Final = 0.6
"""Share of a block's shingles that occur in the extracted text if the block does."""
_UNSPACED: Final = lazy_pattern("[\u0e00-\u0fff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")
"""Letters of scripts in which a line can be one word."""


class ExtractedText:
    """The lines of a text, and the sequences of three words in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        words: list[str] = []
        self._lines: set[str] = set()
        for line in lines:
            line_words = words_of(line)
            self._lines.add("".join(line_words))
            words += line_words
        self._shingles = set(_shingles(words))
        self._folded = "".join(words)

    def has(self, words: list[str]) -> bool:
        """Return whether the words of a block occur in the text."""
        if len(words) < _SHINGLE:
            line = "".join(words)
            return line in self._lines or (_UNSPACED.search(line) is not None and line in self._folded)
        count = len(words) - _SHINGLE + 1
        hits = sum(shingle in self._shingles for shingle in _shingles(words))
        return hits >= _SHINGLES_SHARE * count


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.casefold())


def _shingles(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)
