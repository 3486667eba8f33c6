"""What the recognizer is shown of a document: its blocks, long ones cut, in batches of a few paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from reader.document import Block, BlockKind
from reader.document.sentences import sentence_ends
from reader.recognize.rules.capitals import Casing, in_capitals
from reader.recognize.rules.headlines import in_headline_case

_SEGMENT: Final = 6_000
"""Code points after which a block is cut."""
_AROUND: Final = 300
"""Code points of a block that are shown on both sides of a cut, so that it is as if there were none."""
_FIRST_BATCH: Final = 6_000
_BATCH: Final = 16_000
"""Code points that are recognized at once: large enough to be fast, small enough to answer a few times a second. The
first batch is what most readers have in view: it is smaller."""
_LONGEST_WORD: Final = 400
"""Longer runs without a space are no words (and cost the tokenizer quadratic time): they are shown as spaces."""

_LOOKED_AT: Final = 200_000
"""Code points of a document that are looked at for how it writes its words."""

_NO_SPACES: Final = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
"""Characters of scripts that are written without spaces (or with few)."""
_RUN: Final = re.compile(rf"[^\s{_NO_SPACES}]{{{_LONGEST_WORD},}}")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""What no encoding has."""
_SPACE: Final = re.compile(r"\s")


class Segment(NamedTuple):
    """A block or a part of a long one, as the recognizer sees it."""

    start: int
    """Where its text begins in the document (code points)."""
    text: str
    before: int = 0
    """Code points at the beginning that belong to the segment before: shown for what they say of the rest."""
    after: int = 0
    """The same at its end."""

    def owns(self, start: int) -> bool:
        """Say whether a name that starts at a place of the text is this segment's to tell."""
        return self.before <= start < len(self.text) - self.after


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive segments that are recognized together."""

    segments: tuple[Segment, ...]
    first_block: int
    last_block: int


def shown_text(text: str, block: Block, casing: Callable[[], Casing]) -> str:
    """Return a block's text as a recognizer makes most of it: same length, same offsets.

    Line breaks, which are layout, are spaces. A line in capitals is written as a headline, a headline as a sentence.
    """
    stretch = text[block.start : block.end].replace("\n", " ")
    if in_capitals(stretch):
        return casing().as_title(stretch)
    return casing().as_sentence(stretch) if in_headline_case(stretch) else stretch


def _casing(text: str, blocks: Sequence[Block]) -> Casing:
    """Return how a document writes its words, as far as its beginning shows."""
    stretches = (text[block.start : block.end] for block in blocks if block.start < _LOOKED_AT)
    return Casing(
        stretch[:_LOOKED_AT]
        for stretch in stretches
        if not (in_capitals(stretch) or in_headline_case(stretch.replace("\n", " ")))
    )


def batches(text: str, blocks: Sequence[Block]) -> list[Batch]:
    """Divide a document for recognition.

    The division depends on the document alone, never on the order of work, so results do not either. Code is left
    out: what looks like a name there is an identifier.
    """
    found: list[Batch] = []
    gathered: list[Segment] = []
    size = first = last = 0
    casing = cache(lambda: _casing(text, blocks))
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.CODE:
            continue
        for segment in _segments(shown_text(text, block, casing), block.start):
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
        yield _with_context(text, start, end, offset)
        start = end
    if start < len(text):
        yield _with_context(text, start, len(text), offset)


def _with_context(text: str, start: int, end: int, offset: int) -> Segment:
    """Return a segment with whole words around it: more than a recognizer looks at from one of its own words."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first > 0 and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return Segment(offset + first, text[first:last], start - first, last - end)


def _cut(text: str, start: int) -> int:
    """Where to cut: after the last sentence end in the second half, else at the last space, else anywhere."""
    middle, limit = start + _SEGMENT // 2, start + _SEGMENT
    # One code point less than the limit: a mark at the very end may be inside a word or number.
    sentences = [end + 1 for end in sentence_ends(text, middle, limit) if end < limit and text[end].isspace()]
    spaces = [match.end() for match in _SPACE.finditer(text, middle, limit)] if not sentences else []
    return (sentences or spaces or [limit])[-1]
