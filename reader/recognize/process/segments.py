"""Divide a document into the texts that the recognizer reads: its blocks, long ones cut, in batches of a few blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from reader.document import Block, BlockKind
from reader.document.sentences import sentence_ends
from reader.recognize.rules.typesetting.capitals import Casing, as_names, has_capitals, in_capitals
from reader.recognize.rules.typesetting.datelines import find_dateline
from reader.recognize.rules.typesetting.headlines import in_headline_case
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MAX_SEGMENT: Final = 6_000
"""Code points: longer blocks are cut."""
_OVERLAP: Final = 300
"""Code points on each side of a cut that the segment also includes, so that results are the same as without a cut."""
_MAX_FIRST_BATCH: Final = 6_000
"""Code points of the first batch: smaller than the others because it is what most readers have in view."""
_MAX_BATCH: Final = 16_000
"""Code points that are recognized at once: large enough to be fast, small enough to send results a few times per
second."""
_MAX_WORD: Final = 400
"""Code points: longer runs without a space are not words, and tokenizing them takes quadratic time. The recognizer
gets spaces instead."""

_CASING_SAMPLE: Final = 200_000
"""Code points of a document that are used to learn how it capitalizes its words."""

_UNSPACED_SCRIPTS: Final = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
"""Characters of scripts that are written with few or no spaces."""
_LONG_RUN: Final = lazy_pattern(rf"[^\s{_UNSPACED_SCRIPTS}]{{{_MAX_WORD},}}")
_SURROGATE: Final = lazy_pattern(r"[\ud800-\udfff]")
"""Matches code points that cannot be encoded."""
_SPACE: Final = lazy_pattern(r"\s")


class Segment(NamedTuple):
    """A block, or part of a long one, as the recognizer reads it."""

    start: int
    """Offset of its text in the document."""
    text: str
    context_before: int = 0
    """Code points at the beginning that belong to the previous segment and are included as context."""
    context_after: int = 0
    """Code points at the end that belong to the next segment and are included as context."""

    def owns(self, start: int) -> bool:
        """Return whether a mention that starts at this offset in the segment's text is outside the context."""
        return self.context_before <= start < len(self.text) - self.context_after


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive segments that are recognized together."""

    segments: tuple[Segment, ...]
    first_block: int
    last_block: int


def recognizer_text(text: str, block: Block, casing: Callable[[], Casing]) -> str:
    """Return a block's text in the form that recognizers read best, with the same length and offsets.

    Line breaks become spaces because they are only layout. A line in capitals becomes a headline, and a headline
    becomes a sentence. In a sentence, the place in a dateline, the tag of a speaker and surnames lose their capitals.
    """
    line = text[block.start : block.end].replace("\n", " ")
    if in_capitals(line):
        return casing().as_title(line)
    if in_headline_case(line):
        return casing().as_sentence(line)
    if not has_capitals(line):
        return line
    for dateline in find_dateline(line, 0, len(line)):
        line = as_names(line, dateline.start, dateline.end)
    return casing().as_prose(line)


def _casing(text: str, blocks: Sequence[Block]) -> Casing:
    """Return how a document capitalizes its words, from the prose at its beginning."""
    block_texts = (text[block.start : block.end] for block in blocks if block.start < _CASING_SAMPLE)
    return Casing(
        block_text[:_CASING_SAMPLE]
        for block_text in block_texts
        if not (in_capitals(block_text) or in_headline_case(block_text.replace("\n", " ")))
    )


def batches(text: str, blocks: Sequence[Block]) -> list[Batch]:
    """Divide a document for recognition.

    The division depends only on the document, not on the order of recognition, so results do not depend on that order
    either. Code blocks are left out: what looks like a name in them is an identifier.
    """
    finished: list[Batch] = []
    segments: list[Segment] = []
    size = first = last = 0
    casing = cache(lambda: _casing(text, blocks))
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.CODE:
            continue
        for segment in _segments(recognizer_text(text, block, casing), block.start):
            if segment.text.isspace():
                continue
            if segments and size + len(segment.text) > (_MAX_BATCH if finished else _MAX_FIRST_BATCH):
                finished.append(Batch(tuple(segments), first, last))
                segments, size = [], 0
            if not segments:
                first = number
            segments.append(segment)
            last = number
            size += len(segment.text)
    if segments:
        finished.append(Batch(tuple(segments), first, last))
    return finished


def _segments(text: str, offset: int) -> Iterator[Segment]:
    text = _SURROGATE.sub("\ufffd", text)
    if len(text) >= _MAX_WORD:
        text = _LONG_RUN.sub(lambda run: " " * len(run[0]), text)
    start = 0
    while len(text) - start > _MAX_SEGMENT:
        end = _cut(text, start)
        yield _with_context(text, start, end, offset)
        start = end
    if start < len(text):
        yield _with_context(text, start, len(text), offset)


def _with_context(text: str, start: int, end: int, offset: int) -> Segment:
    """Return a segment with whole words on both sides: more context than a recognizer uses for any word inside."""
    first, last = max(0, start - _OVERLAP), min(len(text), end + _OVERLAP)
    if first > 0 and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return Segment(offset + first, text[first:last], start - first, last - end)


def _cut(text: str, start: int) -> int:
    """Return the offset of the cut: the last sentence end in the second half, or the last space, or the limit."""
    middle, limit = start + _MAX_SEGMENT // 2, start + _MAX_SEGMENT
    # One code point less than the limit: a mark at the very end may be inside a word or number.
    sentences = [end + 1 for end in sentence_ends(text, middle, limit) if end < limit and text[end].isspace()]
    spaces = [match.end() for match in _SPACE.finditer(text, middle, limit)] if not sentences else []
    return (sentences or spaces or [limit])[-1]
