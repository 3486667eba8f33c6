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
        mentions: In order of place; where they nest, so do the brackets.
    """
    text, done = document.text, 0
    # At one place what ends comes before what begins, and what was opened last is closed first.
    closing = sorted((mention.end, 0, -mention.start, f" {mention.label}]") for mention in mentions)
    opening = ((mention.start, 1, -mention.end, "[") for mention in mentions)
    pieces: list[str] = []
    for place, _, _, mark in sorted([*closing, *opening]):
        pieces += (text[done:place], mark)
        done = place
    pieces.append(text[done:])
    starts = [mention.start for mention in mentions]
    ends = [end for end, *_ in closing]
    grown = [0, *accumulate(len(mark) for *_, mark in closing)]

    def moved(offset: int) -> int:
        return offset + grown[bisect_right(ends, offset)] + bisect_left(starts, offset) * len("[")

    blocks = tuple(replace(block, start=moved(block.start), end=moved(block.end)) for block in document.blocks)
    return replace(document, text="".join(pieces), blocks=blocks)
