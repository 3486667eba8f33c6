"""The article for where nothing can be styled: every name in brackets with its label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reader.document import Document
from reader.recognize import Mention


def with_marks(document: Document, mentions: Sequence[Mention]) -> Document:
    """Return the document with "Islamic State" written as "[Islamic State ORG]", its blocks around the same words.

    Args:
        document: What to mark.
        mentions: In order of place, none overlapping another.
    """
    text, done = document.text, 0
    pieces: list[str] = []
    for mention in mentions:
        pieces += (text[done : mention.start], f"[{text[mention.start : mention.end]} {mention.label}]")
        done = mention.end
    pieces.append(text[done:])
    starts = [mention.start for mention in mentions]
    ends = [mention.end for mention in mentions]
    grown = [0, *accumulate(len(f"[ {mention.label}]") for mention in mentions)]

    def moved(offset: int) -> int:
        closed = bisect_right(ends, offset)
        inside = bisect_left(starts, offset) - closed
        return offset + grown[closed] + inside * len("[")

    blocks = tuple(replace(block, start=moved(block.start), end=moved(block.end)) for block in document.blocks)
    return replace(document, text="".join(pieces), blocks=blocks)
