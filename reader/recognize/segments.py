"""What the recognizer is shown of a document: its blocks, long ones cut, in batches of a few paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reader.document import Block, BlockKind
from reader.recognize.capitals import as_title, in_capitals

_SEGMENT: Final = 6_000
"""Code points after which a block is cut."""
_FIRST_BATCH: Final = 6_000
_BATCH: Final = 16_000
"""Code points that are recognized at once: large enough to be fast, small enough to answer a few times a second. The
first batch is what most readers have in view: it is smaller."""
_LONGEST_WORD: Final = 400
"""Longer runs without a space are no words (and cost the tokenizer quadratic time): they are shown as spaces."""

_NO_SPACES: Final = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
"""Characters of scripts that are written without spaces (or with few)."""
_RUN: Final = re.compile(rf"[^\s{_NO_SPACES}]{{{_LONGEST_WORD},}}")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""What no encoding has."""
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_SPACE: Final = re.compile(r"\s")


class Segment(NamedTuple):
    """A block or a part of a long one, as the recognizer sees it."""

    start: int
    """Where it begins in the document (code points)."""
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive segments that are recognized together."""

    segments: tuple[Segment, ...]
    first_block: int
    last_block: int


def shown_text(text: str, block: Block) -> str:
    """Return a block's text as a recognizer makes most of it: same length, same offsets.

    Line breaks, which are layout, are spaces, and a line in capitals is a headline.
    """
    stretch = text[block.start : block.end].replace("\n", " ")
    return as_title(stretch) if in_capitals(stretch) else stretch


def batches(text: str, blocks: Sequence[Block]) -> list[Batch]:
    """Divide a document for recognition.

    The division depends on the document alone, never on the order of work, so results do not either. Code is left
    out: what looks like a name there is an identifier.
    """
    found: list[Batch] = []
    gathered: list[Segment] = []
    size = first = last = 0
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.CODE:
            continue
        for segment in _segments(shown_text(text, block), block.start):
            if segment.text.isspace():
                continue
            if gathered and size + len(segment.text) > (_BATCH if found else _FIRST_BATCH):
                found.append(Batch(tuple(gathered), first, last))
                gathered, size = [], 0
            if not gathered:
                first = number
            gathered.append(segment)
            last = number
            size += len(segment.text)
    if gathered:
        found.append(Batch(tuple(gathered), first, last))
    return found


def _segments(text: str, offset: int) -> Iterator[Segment]:
    text = _SURROGATE.sub("\ufffd", text)
    if len(text) >= _LONGEST_WORD:
        text = _RUN.sub(lambda run: " " * len(run[0]), text)
    start = 0
    while len(text) - start > _SEGMENT:
        end = _cut(text, start)
        yield Segment(offset + start, text[start:end])
        start = end
    if start < len(text):
        yield Segment(offset + start, text[start:] if start else text)


def _cut(text: str, start: int) -> int:
    """Where to cut: after the last sentence end in the second half, else at the last space, else anywhere."""
    middle, limit = start + _SEGMENT // 2, start + _SEGMENT
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, middle, limit)]
        if ends:
            return ends[-1]
    return limit
