"""Texts whose letters and accents stand apart ("e" and U+0301), as a recognizer reads them: joined, places kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reader.document import Document
from reader.recognize.mention import Mention

_RUN: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Where something may be joined: composition needs a character beyond ASCII, and at most one within before it."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document in Unicode's normalization form C, and where its places stand in the original.

    Attributes:
        document: What the recognizer, the tables and the rules see.
        places: Where, in the composed text, something ends that is not as long as it was.
        shifts: For each of these, how far what follows stands from its place in the original.
    """

    document: Document
    places: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def back(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the same mentions as places in the original."""
        if not self.places:
            return list(mentions)
        return [
            mention._replace(start=self._place(mention.start), end=self._place(mention.end)) for mention in mentions
        ]

    def _place(self, place: int) -> int:
        number = bisect_right(self.places, place)
        return place + (self.shifts[number - 1] if number else 0)


def composed(document: Document) -> Composed:
    """Return a document composed; itself where nothing is to be done, which is nearly always."""
    if unicodedata.is_normalized("NFC", document.text):
        return Composed(document)
    pieces: list[str] = []
    places, shifts, ends = [], [], [0]
    copied = size = 0
    for start, end, joined in _clusters(document):
        pieces += [document.text[copied:start], joined]
        size += start - copied + len(joined)
        copied = end
        if len(joined) != end - start:
            places.append(size)
            shifts.append(end - size)
            ends.append(end)
    text = "".join([*pieces, document.text[copied:]])

    def forth(place: int) -> int:
        number = bisect_right(ends, place) - 1
        return place - (shifts[number - 1] if number else 0)

    blocks = tuple(replace(block, start=forth(block.start), end=forth(block.end)) for block in document.blocks)
    return Composed(replace(document, text=text, blocks=blocks, links=()), tuple(places), tuple(shifts))


def _clusters(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield what composition changes: where it stands, and what becomes of it; never across the border of a block."""
    for block in document.blocks:
        for run in _RUN.finditer(document.text, block.start, block.end):
            if unicodedata.is_normalized("NFC", run[0]):
                continue
            start = run.start()
            for place in range(run.start() + 1, run.end() + 1):
                if place < run.end() and _joins(document.text, start, place):
                    continue
                cluster = document.text[start:place]
                joined = unicodedata.normalize("NFC", cluster)
                if joined != cluster:
                    yield start, place, joined
                start = place


def _joins(text: str, start: int, place: int) -> bool:
    """Say whether a character may change what stands before it in its cluster, or be changed by it."""
    if unicodedata.combining(text[place]):
        return True
    before, both = (
        unicodedata.normalize("NFC", text[start:place]),
        unicodedata.normalize("NFC", text[start : place + 1]),
    )
    return both != before + unicodedata.normalize("NFC", text[place])
