"""Mark names with brackets and labels, for output without colors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reader.document import Document
from reader.recognize import Mention


def with_brackets(document: Document, mentions: Sequence[Mention]) -> Document:
    """Return the document with "Islamic State" written as "[Islamic State ORG]", and its blocks adjusted.

    Args:
        document: The document to mark.
        mentions: Sorted mentions. If they nest, so do the brackets.
    """
    # At one offset closing brackets precede opening ones, and inner brackets close before outer ones.
    closing = sorted((mention.end, 0, -mention.start, f" {mention.label}]") for mention in mentions)
    opening = ((mention.start, 1, -mention.end, "[") for mention in mentions)
    text, copied = document.text, 0
    pieces: list[str] = []
    for offset, _, _, bracket in sorted([*closing, *opening]):
        pieces += (text[copied:offset], bracket)
        copied = offset
    pieces.append(text[copied:])
    starts = [mention.start for mention in mentions]
    ends = [end for end, *_ in closing]
    added = [0, *accumulate(len(bracket) for *_, bracket in closing)]

    def shifted(offset: int) -> int:
        return offset + added[bisect_right(ends, offset)] + bisect_left(starts, offset) * len("[")

    blocks = tuple(replace(block, start=shifted(block.start), end=shifted(block.end)) for block in document.blocks)
    return replace(document, text="".join(pieces), blocks=blocks)
