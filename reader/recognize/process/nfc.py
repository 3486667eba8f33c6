"""Convert a document with decomposed letters ("e" and U+0301) to Unicode normalization form C, and offsets back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from reader.document import Document
from reader.recognize.mention import Mention

_COMPOSABLE: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Matches text that may change: composition needs a non-ASCII character, preceded by at most one ASCII character."""


@dataclass(frozen=True, slots=True)
class NfcDocument:
    """A document in Unicode normalization form C, which recognizer, tables and rules use.

    Attributes:
        document: The composed document.
        changes: Offsets in the composed text, sorted: the end of each letter whose length changed.
        shifts: For each of `changes`, what to add to an offset from there on to get the offset in the original text.
    """

    document: Document
    changes: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def to_original(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return mentions with their offsets in the original text."""
        if not self.changes:
            return list(mentions)
        return [
            mention._replace(start=self._original_offset(mention.start), end=self._original_offset(mention.end))
            for mention in mentions
        ]

    def _original_offset(self, offset: int) -> int:
        number = bisect_right(self.changes, offset)
        return offset + (self.shifts[number - 1] if number else 0)


def to_nfc(document: Document) -> NfcDocument:
    """Return a document in normalization form C: the document itself if nothing changes, as in nearly all cases."""
    if unicodedata.is_normalized("NFC", document.text):
        return NfcDocument(document)
    pieces: list[str] = []
    changes, shifts, original_ends = [], [], [0]
    copied = size = 0
    for start, end, composed in _compositions(document):
        pieces += [document.text[copied:start], composed]
        size += start - copied + len(composed)
        copied = end
        if len(composed) != end - start:
            changes.append(size)
            shifts.append(end - size)
            original_ends.append(end)
    text = "".join([*pieces, document.text[copied:]])

    def nfc_offset(offset: int) -> int:
        number = bisect_right(original_ends, offset) - 1
        return offset - (shifts[number - 1] if number else 0)

    blocks = tuple(
        replace(block, start=nfc_offset(block.start), end=nfc_offset(block.end)) for block in document.blocks
    )
    return NfcDocument(replace(document, text=text, blocks=blocks, links=()), tuple(changes), tuple(shifts))


def _compositions(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end offset of each span that composition changes, and its new text.

    No span crosses the border of a block.
    """
    for block in document.blocks:
        for match in _COMPOSABLE.finditer(document.text, block.start, block.end):
            if unicodedata.is_normalized("NFC", match[0]):
                continue
            start = match.start()
            for end in range(match.start() + 1, match.end() + 1):
                if end < match.end() and _combines(document.text, start, end):
                    continue
                cluster = document.text[start:end]
                composed = unicodedata.normalize("NFC", cluster)
                if composed != cluster:
                    yield start, end, composed
                start = end


def _combines(text: str, start: int, offset: int) -> bool:
    """Return whether composition may combine the character at `offset` with the text from `start` to it."""
    if unicodedata.combining(text[offset]):
        return True
    first, both = (
        unicodedata.normalize("NFC", text[start:offset]),
        unicodedata.normalize("NFC", text[start : offset + 1]),
    )
    return both != first + unicodedata.normalize("NFC", text[offset])
