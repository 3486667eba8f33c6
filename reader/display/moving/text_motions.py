"""Motions by words and sentences. Offsets are in code points; the cost does not depend on the length of the text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from reader.display.characters import previous_character
from reader.display.words import next_word, word_at
from reader.document import Block, Document
from reader.document.sentences import sentence_ends

_WINDOW: Final = 20_000
"""Code points before and after an offset in which the borders of sentences are looked for."""


def word_end(text: str, offset: int) -> int:
    """Return the offset of the last character of the word at `offset`, or of the next word if it is there already."""
    start, end = word_at(text, offset)
    last = previous_character(text, end) if start < end else offset
    if last > offset:
        return last
    following = next_word(text, offset)
    return max(previous_character(text, word_at(text, following)[1]), offset) if following < len(text) else offset


def next_sentence(document: Document, offset: int) -> int:
    """Return the start of the next sentence, in this block or the next one; the last character if there is none."""
    if not document.blocks:
        return offset
    block = document.block_at(offset)
    starts = _sentence_starts(document.text, block, offset)
    position = bisect_right(starts, offset)
    if position < len(starts):
        return starts[position]
    following = document.blocks_around(offset, max(block.end, offset + 1))[-1]
    return _first_character(document.text, following) if following.start > offset else following.end - 1


def previous_sentence(document: Document, offset: int) -> int:
    """Return the start of this sentence, or of the previous one if the offset is there; the first character at most."""
    if not document.blocks:
        return offset
    blocks = [block for block in document.blocks_around(offset, offset) if block.start <= offset]
    if not blocks:
        return document.blocks[0].start
    starts = [start for start in _sentence_starts(document.text, blocks[-1], offset) if start < offset]
    if starts:
        return starts[-1]
    if len(blocks) > 1:
        return _sentence_starts(document.text, blocks[-2], blocks[-2].end)[-1]
    return blocks[0].start


def _sentence_starts(text: str, block: Block, offset: int) -> list[int]:
    """Return the starts of the sentences of a block around an offset, in order; at least one."""
    first, last = max(block.start, offset - _WINDOW), min(block.end, offset + _WINDOW)
    starts = [_first_character(text, block)] if first == block.start else []
    for end in sentence_ends(text, first, last):
        start = end
        while start < last and text[start].isspace():
            start += 1
        if start < last:
            starts.append(start)
    return starts or [first]


def _first_character(text: str, block: Block) -> int:
    """Return the offset of the first character of a block that is not white space."""
    start = block.start
    while start < block.end - 1 and text[start].isspace():
        start += 1
    return start
