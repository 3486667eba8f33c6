"""Find the sentences of many offsets of a document, from its start to its end, without reading a sentence twice."""

from __future__ import annotations

from bisect import bisect_right

from reader.document import Document
from reader.document.sentences import sentence_ends


class SentenceLookup:
    """Finds the paragraph and the sentence of an offset."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._block = -1
        self._borders: list[int] = []
        """Where the sentences of the block begin, and its end."""

    def at(self, offset: int) -> tuple[int, tuple[int, int]]:
        """Return the index of the block at an offset and the span of its sentence, without outer white space.

        Sentences are those of `reader.document.sentences.sentence_at`.
        """
        document = self._document
        if not document.blocks:
            return 0, (0, len(document.text))
        index = document.block_index_at(offset)
        block = document.blocks[index]
        if index != self._block:
            self._block = index
            ends = [end for end in sentence_ends(document.text, block.start, block.end) if end < block.end]
            self._borders = [block.start, *ends, block.end]
        number = min(bisect_right(self._borders, offset), len(self._borders) - 1)
        start, end = self._borders[max(number - 1, 0)], self._borders[number]
        text = document.text[start:end]
        first = start + len(text) - len(text.lstrip())
        return index, (first, max(first, start + len(text.rstrip())))
