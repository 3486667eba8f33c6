"""The words around a place in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from reader.document import Block, Document
from reader.recognize import Mention
from reader.ui.cells import clusters, displayed

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z_])")
_ELLIPSIS: Final = "…"


class Context(NamedTuple):
    """A name with the words on either side of it, each on one line."""

    before: str
    name: str
    after: str


def block_of(document: Document, offset: int) -> Block:
    """Return the block that holds a code point, or the nearest above it."""
    index = bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    return document.blocks[max(index, 0)]


def sentence_at(document: Document, offset: int) -> str:
    """Return the sentence that holds a code point, on one line."""
    block, text = block_of(document, offset), document.text
    start, end = block.start, block.end
    for match in _SENTENCE_END.finditer(text, block.start, block.end):
        if match.end() > offset:
            end = match.end()
            break
        start = match.end()
    return displayed(text[start:end]).strip()


def around(document: Document, mention: Mention, width: int) -> Context:
    """Return a mention with at most `width` cells of its paragraph on either side, cut at cluster borders."""
    block, text = block_of(document, mention.start), document.text
    left = displayed(text[max(block.start, mention.start - 2 * width) : mention.start])
    right = displayed(text[mention.end : max(mention.end, min(block.end, mention.end + 2 * width))])
    return Context(
        _last_cells(left, width, more=mention.start - 2 * width > block.start),
        displayed(text[mention.start : mention.end]),
        _first_cells(right, width, more=mention.end + 2 * width < block.end),
    )


def _first_cells(text: str, width: int, *, more: bool) -> str:
    pieces = clusters(text)
    if not more and sum(size for _, _, size in pieces) <= width:
        return text
    end = used = 0
    for _, stop, size in pieces:
        if used + size > width - 1:
            break
        end, used = stop, used + size
    return text[:end].rstrip() + _ELLIPSIS


def _last_cells(text: str, width: int, *, more: bool) -> str:
    pieces = clusters(text)
    if not more and sum(size for _, _, size in pieces) <= width:
        return text
    start, used = len(text), 0
    for first, _, size in reversed(pieces):
        if used + size > width - 1:
            break
        start, used = first, used + size
    return _ELLIPSIS + text[start:].lstrip()
