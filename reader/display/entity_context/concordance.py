"""Mentions in order of the words around them, as in a concordance (keyword in context)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from heapq import merge
from typing import TYPE_CHECKING, Final

from reader.display.search.unaccented import unaccented
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from reader.document import Document
    from reader.recognize import Mention

_WORD: Final = lazy_pattern("\\w+(?:['\u2019]\\w+)*")
_WORDS_COMPARED: Final = 4
_LENGTH_COMPARED: Final = 80
"""Code points on one side of a mention in which words are compared."""
_MENTIONS_AT_ONCE: Final = 64
"""Mentions between two pauses."""
_RUN: Final = 1024
"""Mentions that are sorted at once, before the sorted runs are merged."""


class MentionOrder(StrEnum):
    """How the mentions of an entity are sorted."""

    POSITION = "by position"
    WORDS_BEFORE = "by the words before"
    WORDS_AFTER = "by the words after"


class Concordance:
    """Sorts mentions by the words on one side of them in their block.

    Words are compared from the mention outward, without accents, case and punctuation. Mentions at the edge of their
    block come first. Mentions between equal words stay in text order.
    """

    def __init__(self, document: Document, mentions: Sequence[Mention], order: MentionOrder) -> None:
        self._document = document
        self._mentions = mentions
        self._order = order
        self.result: Sequence[int] = range(len(mentions))
        """The indexes of the mentions, sorted once `run` has ended."""

    def run(self) -> Iterator[None]:
        """Sort; yield after every few mentions, so that other work can run in between."""
        if self._order is MentionOrder.POSITION:
            return
        runs: list[list[tuple[tuple[str, ...], int]]] = [[]]
        for index, mention in enumerate(self._mentions):
            if len(runs[-1]) == _RUN:
                runs[-1].sort()
                runs.append([])
            runs[-1].append((self._words_beside(mention), index))
            if index % _MENTIONS_AT_ONCE == 0:
                yield
        runs[-1].sort()
        indexes = []
        for _, index in merge(*runs):
            indexes.append(index)
            if len(indexes) % _MENTIONS_AT_ONCE == 0:
                yield
        self.result = indexes

    def _words_beside(self, mention: Mention) -> tuple[str, ...]:
        """Return the words on the side by which mentions are sorted, the nearest first."""
        block, text = self._document.block_at(mention.start), self._document.text
        if self._order is MentionOrder.WORDS_AFTER:
            beside = text[mention.end : max(mention.end, min(block.end, mention.end + _LENGTH_COMPARED))]
            words = _WORD.findall(unaccented(beside, lower=True))
        else:
            beside = text[max(block.start, mention.start - _LENGTH_COMPARED) : mention.start]
            words = _WORD.findall(unaccented(beside, lower=True))[::-1]
        return tuple(words[:_WORDS_COMPARED])
