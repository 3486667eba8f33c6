"""The text of a document as recognition, merging and search see it: the same however it was typeset.

The normal form of a text has one kind of space, apostrophe, quotation mark, hyphen and dash, composed letters, no
ligatures, no invisible characters, no line break inside a block and no word broken by a hyphen at the end of a line.
`NormalText` maps offsets exactly between the normal form and the document, whose own text is never altered.
"""

from __future__ import annotations

import heapq
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from reader.document.blocks import Block, BlockKind
from reader.document.document import Document
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_APOSTROPHES: Final = "‘’‚‛ʼʻ`´′ʿʾ＇"
_QUOTES: Final = "“”„‟″«»＂"
_HYPHENS: Final = "‐‑‒−﹣－"
_SPACES: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""White space other than the space itself."""
_INVISIBLE: Final = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
)
"""Format characters (Unicode category Cf), as ranges of a character class; the first is the soft hyphen."""
_PDF_HYPHEN: Final = "\u2402"
"""What `sanitize` makes of U+0002, with which PDF readers mark a hyphen at the end of a line."""
_MARKS: Final = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys(_HYPHENS, "-"),
        "―": "—",
    }
)
# Each pattern begins with a character class, by which the regular expression engine skips ordinary text quickly.
_SPACE_RUN: Final = lazy_pattern(rf"[ {_SPACES}](?=[{_INVISIBLE}]*[ {_SPACES}])[ {_SPACES}{_INVISIBLE}]*")
_DASH_RUN: Final = lazy_pattern(rf"[-{_HYPHENS}–—―\u00ad{_PDF_HYPHEN}]+")
_UNSEEN: Final = lazy_pattern(rf"[{_INVISIBLE[1:]}\ufffd\ufb00-\ufb06]+")
_LINE_END: Final = lazy_pattern(rf"[{_INVISIBLE}]*[^\S\n]*\n\s*(?=[^\W\d_])")
_NO_SOFT_HYPHENS: Final = dict.fromkeys(map(ord, f"\u00ad{_PDF_HYPHEN}"))
_NON_ASCII_RUN: Final = lazy_pattern(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Where letters may be composed: composition needs a non-ASCII character after at most one ASCII character."""
_PART_BEFORE: Final = lazy_pattern(r"[^\W\d_]+\Z")
_PART_AFTER: Final = lazy_pattern(r"[^\W\d_]+")
_LONGEST_PART: Final = 64
"""Code points that are looked at on either side of a hyphen at the end of a line."""
_HYPHENATED_PREFIXES: Final = frozenset(
    ("all", "anti", "cross", "ex", "half", "high", "left", "long", "low", "mid", "multi", "non", "post", "pre", "pro",
     "right", "self", "short", "so", "vice", "well")
)  # fmt: skip
"""First parts of English compounds that usually keep their hyphen."""
_JOINING_WORDS: Final = frozenset(("and", "or", "to", "nor", "und", "oder", "bis", "et", "ou"))
"""Words after a hyphen that stands for the rest of a compound: "pre- and post-war"."""


class _Edit(NamedTuple):
    """A span of the document and what the normal form has in its place."""

    start: int
    end: int
    text: str


def normalize(text: str) -> str:
    """Return the normal form of a text that is no document, such as a name, without outer white space."""
    pieces: list[str] = []
    copied = 0
    for edit in _edits(text, 0, len(text)):
        pieces += (text[copied : edit.start].translate(_MARKS), edit.text)
        copied = edit.end
    return "".join([*pieces, text[copied:].translate(_MARKS)]).strip()


class NormalText:
    """The normal form of a document's text, with an exact map to the document's offsets.

    Attributes:
        text: The normal form.
        blocks: The blocks of the document, in offsets of the normal form.
    """

    def __init__(self, document: Document) -> None:
        self._source = document
        # Each segment of the normal form is as long as its span in the document, or is one character that stands for
        # a span of any length.
        self._normal_starts, self._starts, self._ends = array("Q"), array("Q"), array("Q")
        self.text = self._build()
        self.blocks: Sequence[Block] = document.blocks if self.identity else tuple(map(self._move, document.blocks))

    @property
    def identity(self) -> bool:
        """Whether every offset of the normal form is the same in the document."""
        return len(self._starts) <= 1

    @cached_property
    def document(self) -> Document:
        """The document with the normal form as its text. Without links, whose offsets are not mapped."""
        if self.text == self._source.text:
            return self._source
        return replace(self._source, text=self.text, blocks=self.blocks, links=())

    def to_document(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the document that a span of the normal form stands for.

        It begins with the first character and ends with the last one, whatever invisible characters are around them.
        """
        if self.identity or start >= end:
            return (start, end) if self.identity else (self._start_of(start), self._start_of(start))
        return self._start_of(start), self._end_of(end - 1)

    def to_normal(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the normal form that contains all of a span of the document."""
        if self.identity:
            return start, end
        segment = bisect_right(self._ends, start)
        if segment == len(self._ends):
            return len(self.text), len(self.text)
        first = self._normal_starts[segment] + min(max(0, start - self._starts[segment]), self._length(segment))
        segment = bisect_left(self._starts, end) - 1
        if segment < 0:
            return first, first
        last = self._normal_starts[segment] + min(end - self._starts[segment], self._length(segment))
        return first, max(first, last)

    def form(self, start: int, end: int) -> str:
        """Return the normal form of a span of the document, without outer white space."""
        first, last = self.to_normal(start, end)
        return self.text[first:last].strip()

    def _start_of(self, offset: int) -> int:
        if offset >= len(self.text):
            return len(self._source.text)
        segment = bisect_right(self._normal_starts, offset) - 1
        return self._starts[segment] + offset - self._normal_starts[segment]

    def _end_of(self, offset: int) -> int:
        segment = bisect_right(self._normal_starts, offset) - 1
        position = offset - self._normal_starts[segment]
        if position == self._length(segment) - 1:
            return self._ends[segment]
        return self._starts[segment] + position + 1

    def _length(self, segment: int) -> int:
        following = segment + 1
        end = self._normal_starts[following] if following < len(self._normal_starts) else len(self.text)
        return end - self._normal_starts[segment]

    def _move(self, block: Block) -> Block:
        start, end = self.to_normal(block.start, block.end)
        return replace(block, start=start, end=end)

    def _build(self) -> str:
        text = self._source.text
        pieces: list[str] = []
        size = copied = 0
        segment_start = segment_normal_start = 0
        for block in self._source.blocks:
            pieces.append(text[copied : block.start])
            size += block.start - copied
            copied = block.start
            if block.kind is BlockKind.CODE:
                continue
            for edit in _edits(text, block.start, block.end):
                pieces += (text[copied : edit.start].translate(_MARKS), edit.text)
                size += edit.start - copied
                copied = edit.end
                if len(edit.text) == edit.end - edit.start:
                    size += len(edit.text)
                    continue
                if edit.start > segment_start:
                    self._add_segment(segment_normal_start, segment_start, edit.start)
                for _ in edit.text:
                    self._add_segment(size, edit.start, edit.end)
                    size += 1
                segment_start, segment_normal_start = edit.end, size
            pieces.append(text[copied : block.end].translate(_MARKS))
            size += block.end - copied
            copied = block.end
        pieces.append(text[copied:])
        if len(text) > segment_start:
            self._add_segment(segment_normal_start, segment_start, len(text))
        return "".join(pieces)

    def _add_segment(self, normal_start: int, start: int, end: int) -> None:
        self._normal_starts.append(normal_start)
        self._starts.append(start)
        self._ends.append(end)


def _edits(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Yield what changes in a part of a text besides single characters, in order and without overlaps."""
    sources = [_space_edits(text, start, end), _dash_edits(text, start, end)]
    if not text[start:end].isascii():
        sources.append(_unseen_edits(text, start, end))
        if not unicodedata.is_normalized("NFC", text[start:end]):
            sources.append(_composition_edits(text, start, end))
    position = start
    for edit in heapq.merge(*sources):
        if edit.start >= position:
            yield edit
            position = edit.end


def _space_edits(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Yield the runs of white space that become one space."""
    for match in _SPACE_RUN.finditer(text, start, end):
        yield _Edit(*match.span(), " ")


def _unseen_edits(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Yield invisible characters and ligatures. A replacement character is kept inside a word, where it is a letter."""
    for match in _UNSEEN.finditer(text, start, end):
        run = match[0]
        if "\ufffd" in run and _is_letter(text, match.start() - 1) and _is_letter(text, match.end()):
            continue
        letters = "".join(unicodedata.normalize("NFKC", char) for char in run if "\ufb00" <= char <= "\ufb06")
        yield _Edit(*match.span(), letters)


def _dash_edits(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Yield hyphens at line ends, and dashes: "-" between spaces, "—" between words, "-" for "–" inside a word."""
    for match in _DASH_RUN.finditer(text, start, end):
        first, last = match.span()
        if last - first == 1 and _is_letter(text, first - 1) and (line_end := _LINE_END.match(text, last, end)):
            yield _Edit(first, line_end.end(), _broken_hyphen(text, first, line_end.end()))
            continue
        dashes = match[0].translate(_NO_SOFT_HYPHENS)
        if dashes and _is_space(text, first - 1, -1) and _is_space(text, last, 1):
            yield _Edit(first, last, "-")
        elif len(dashes) > 1:
            yield _Edit(first, last, "—")
        elif dashes == "–" or len(dashes) < last - first:
            yield _Edit(first, last, dashes.translate(_MARKS).replace("–", "-"))


def _is_letter(text: str, offset: int) -> bool:
    return 0 <= offset < len(text) and text[offset].isalpha()


def _is_space(text: str, offset: int, step: int) -> bool:
    """Return whether the first visible character from an offset on, in the direction of `step`, is white space."""
    for _ in range(_LONGEST_PART):
        if not 0 <= offset < len(text):
            return True
        if not _UNSEEN.match(text, offset) and text[offset] != "\u00ad":
            return text[offset].isspace()
        offset += step
    return False


def _broken_hyphen(text: str, hyphen: int, following: int) -> str:
    """Return "-" where a hyphen at the end of a line belongs to the word, "" where it only divides it.

    Before a word such as "and" it stands for the rest of a compound, and a space follows it.

    This depends on the two parts of the word alone, so that a name has the same form inside and outside its text.

    Args:
        text: The text.
        hyphen: Offset of the hyphen.
        following: Offset of the first letter in the next line.
    """
    if text[hyphen] in ("\u00ad", _PDF_HYPHEN):
        return ""
    first = _PART_BEFORE.search(text, max(hyphen - _LONGEST_PART, 0), hyphen)
    second = _PART_AFTER.match(text, following, following + _LONGEST_PART)
    if first is None or second is None:
        return "-"
    if second[0] in _JOINING_WORDS:
        return "- "
    in_capitals = first[0].isupper() and len(first[0]) > 1
    if second[0][0].isupper():
        return "" if in_capitals and second[0].isupper() else "-"
    return "-" if in_capitals or first[0].casefold() in _HYPHENATED_PREFIXES else ""


def _composition_edits(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Yield the clusters that composition (Unicode normalization form C) changes."""
    for run in _NON_ASCII_RUN.finditer(text, start, end):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        first = run.start()
        for offset in range(run.start() + 1, run.end() + 1):
            if offset < run.end() and _joins_cluster(text, first, offset):
                continue
            cluster = text[first:offset]
            composed = unicodedata.normalize("NFC", cluster)
            if composed != cluster:
                yield _Edit(first, offset, composed.translate(_MARKS))
            first = offset


def _joins_cluster(text: str, start: int, offset: int) -> bool:
    """Return whether the character at an offset may change the cluster before it, or be changed by it."""
    if unicodedata.combining(text[offset]):
        return True
    before = unicodedata.normalize("NFC", text[start:offset])
    both = unicodedata.normalize("NFC", text[start : offset + 1])
    return both != before + unicodedata.normalize("NFC", text[offset])
