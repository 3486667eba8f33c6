"""Finds the lines of a plain text and joins hard-wrapped paragraphs.

A line continues in the next one if the first word of the next one would not have fit, or if the next one goes on in
lower case. In prose with ragged lines it also continues if it is long enough and does not end a sentence. A dash or
a number at the start of a line begins no item where the line before it is full and ends within a sentence. Verse,
addresses, captions and headings, whose lines are short and begin with capitals, stay separate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

_TAB_SIZE: Final = 4
_MIN_WIDTH: Final = 24
_MAX_WIDTH: Final = 120
_PROSE_WIDTH: Final = 40
"""Columns that lists of names and addresses do not reach. Full lines that do are prose."""
_HEADLINE_WIDTH: Final = 60
"""Columns that a headline of one line seldom has."""
_SLACK: Final = 15
"""Code points by which a wrapped line may exceed the wrap width, because of a URL or a long word."""
_SAMPLE_CHUNKS: Final = 500
_FULL_SHARE: Final = 0.75
"""Share of full lines from which on a paragraph counts as filled; below that, its lines are ragged."""
_LOWER_SHARE: Final = 0.3
"""Share of lines that begin in lower case from which on they are wrapped prose."""
_SHORT_SHARE: Final = 0.4
"""Share of the wrap width below which a line that ends a sentence also ends a paragraph."""
_BROKEN_SHARE: Final = 0.35
"""The same for a line that ends within a sentence."""
_RAGGED_SHARE: Final = 0.4
"""Share of certainly wrapped lines that are not full from which on the lines of a text are ragged."""
_FEW_PAIRS: Final = 3
"""Pairs of lines that are too few to tell verse from ragged prose."""
_SENTENCE_ENDS: Final = frozenset(".!?:…\"”’')]»")
_BEFORE_ITEM: Final = frozenset(".!?:…")
"""Last characters of a line after which a list item may begin although the line is full."""
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|vs)\.)\Z"
)
_FUNCTION_WORDS: Final = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "her", "his",
     "in", "into", "is", "its", "of", "on", "or", "that", "the", "their", "to", "was", "were", "which", "who", "with")
)  # fmt: skip
"""Words after which a line of prose goes on."""
_LIST_ITEM: Final = re.compile(
    r"(?:[-*+•‣◦▪●·–]|(\d{1,3})[.)]|[a-z][)]|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\))[ \t]+(?![-*•·–+ \t]*(?:\n|\Z))\S"
)
_LIST_ITEM_STARTS: Final = frozenset("-*+•‣◦▪●·–(0123456789abcdefghijklmnopqrstuvwxyz")


class TextLine(NamedTuple):
    """A line that is not blank."""

    start: int
    """Offset of the first code point that is not white space."""
    indent: int
    """Width of the indent in columns; a TAB counts as four."""
    body: str
    """The text of the line without surrounding white space."""

    @property
    def end(self) -> int:
        """Offset after the last code point that is not white space."""
        return self.start + len(self.body)


_make_line: Final = tuple.__new__
"""Builds a `TextLine` without the Python-level constructor, which takes half the time of reading a long text."""


def split_chunks(text: str) -> list[list[TextLine]]:
    """Split a text into chunks of lines at its blank lines. No chunk is empty."""
    chunks: list[list[TextLine]] = []
    chunk: list[TextLine] = []
    position = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            if line[0] == body[0]:
                chunk.append(_make_line(TextLine, (position, 0, body)))
            else:
                margin = line[: line.index(body[0])]
                chunk.append(TextLine(position + len(margin), len(margin.expandtabs(_TAB_SIZE)), body))
        elif chunk:
            chunks.append(chunk)
            chunk = []
        position += len(line) + 1
    if chunk:
        chunks.append(chunk)
    return chunks


class Wrapping(NamedTuple):
    """How the paragraphs of a text are hard-wrapped."""

    width: int
    """Columns; 0 if each paragraph is one line."""
    ragged: bool
    """Whether lines end well before the width."""


def wrapping_of(chunks: list[list[TextLine]]) -> Wrapping:
    """Return how the paragraphs of a text are hard-wrapped."""
    sample = [chunk for chunk in chunks[:_SAMPLE_CHUNKS] if len(chunk) > 1]
    widths = sorted(width for chunk in sample if (width := _chunk_width(chunk)))
    if not widths:
        return Wrapping(0, ragged=False)
    width = widths[len(widths) // 2]
    wrapped = [(a, b) for chunk in sample for a, b in pairwise(chunk) if _begins_lower(b.body)]
    short = sum(not _fills(a, b.body, width) for a, b in wrapped)
    return Wrapping(width, ragged=short > _RAGGED_SHARE * len(wrapped))


def split_paragraphs(chunk: list[TextLine], wrapping: Wrapping) -> Iterator[list[TextLine]]:
    """Yield the lines of each paragraph and list item in a chunk of a hard-wrapped text."""
    width = wrapping.width
    group = chunk[:1]
    form = _form(chunk, wrapping)
    is_item = _is_item_after(chunk, width, form)
    in_item = begins_item(group[0].body)
    for line in chunk[1:]:
        _, indent, body = line
        is_prose = not indent and body[0].isalpha() and body[1:2] != ")"  # most lines of a book: only words matter
        if (
            _goes_on(group[-1], body, width, form)
            if is_prose
            else _continues(group, line, width, form, in_item, is_item)
        ):
            group.append(line)
        else:
            yield group
            group = [line]
            in_item = begins_item(line.body)
    yield group


def begins_item(text: str, position: int = 0) -> bool:
    """Return whether a list item begins at `position` of a text."""
    first = text[position]
    if first not in _LIST_ITEM_STARTS or (first.isalpha() and text[position + 1 : position + 2] != ")"):
        return False
    return _LIST_ITEM.match(text, position) is not None


class _Form(Enum):
    """How the lines of a chunk are wrapped."""

    FILLED = "filled"
    RAGGED = "ragged"
    VERSE = "verse"


def _chunk_width(chunk: list[TextLine]) -> int:
    """Return the wrap width of a chunk of prose, 0 if it is none."""
    line_pairs = [(a, b) for a, b in pairwise(chunk) if not begins_item(b.body)]
    width = max((line.indent + len(line.body) for line, _ in line_pairs), default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    lower = sum(_begins_lower(b.body) for _, b in line_pairs)
    if lower >= _LOWER_SHARE * len(line_pairs):
        return width
    if not all(_fills(a, b.body, width) for a, b in line_pairs):
        return 0
    if len(line_pairs) > 1 and width >= _PROSE_WIDTH and len({len(line.body) for line in chunk}) > 2:
        return width
    runs_on = any(_runs_on(a) for a, _ in line_pairs) or (len(line_pairs) == 1 and _is_sentence(*line_pairs[0]))
    return width if runs_on else 0


def _runs_on(line: TextLine) -> bool:
    """Return whether a line ends within a sentence, by its last word."""
    return line.body.rpartition(" ")[2].casefold() in _FUNCTION_WORDS


def _is_sentence(line: TextLine, following: TextLine) -> bool:
    """Return whether two lines are one sentence rather than a headline and what is below it."""
    last_word = line.body.rpartition(" ")[2]
    is_long = len(line.body) >= max(_HEADLINE_WIDTH, len(following.body))
    return is_long and last_word.isalpha() and last_word.islower() and following.body[-1] in _BEFORE_ITEM


def _form(chunk: list[TextLine], wrapping: Wrapping) -> _Form:
    width = wrapping.width
    line_pairs = [(a, b) for a, b in pairwise(chunk) if not begins_item(b.body)]
    is_prose = any(_begins_lower(b.body) or _runs_on(a) for a, b in line_pairs)
    if wrapping.ragged and (is_prose or len(line_pairs) <= _FEW_PAIRS):
        return _Form.RAGGED
    full = sum(_fills(a, b.body, width) for a, b in line_pairs)
    if full >= _FULL_SHARE * len(line_pairs):
        return _Form.FILLED
    lower = sum(_begins_lower(b.body) for _, b in line_pairs)
    broken = sum(not _begins_lower(b.body) and not _fills(a, b.body, width) for a, b in line_pairs)
    return _Form.VERSE if lower < _LOWER_SHARE * len(line_pairs) and 2 * broken >= len(line_pairs) else _Form.RAGGED


def _begins_lower(body: str) -> bool:
    return body[0].isalpha() and not body[0].isupper()


def _goes_on(last: TextLine, following: str, width: int, form: _Form) -> bool:
    """Return whether a paragraph goes on after its last line with a line of prose."""
    if _fills(last, following, width):
        return True
    if form is _Form.VERSE:
        return False
    if _begins_lower(following):
        return True
    length = last.indent + len(last.body)
    ends_sentence = last.body[-1] in _SENTENCE_ENDS and not _ABBREVIATION.search(last.body)
    if ends_sentence:
        return form is _Form.RAGGED and length >= _SHORT_SHARE * width
    return length >= _BROKEN_SHARE * width


def _continues(
    group: list[TextLine],
    line: TextLine,
    width: int,
    form: _Form,
    in_item: bool,
    is_item: Callable[[TextLine, TextLine], bool],
) -> bool:
    first, last = group[0], group[-1]
    if line.body[0] == ">" or first.body[0] == ">":
        return False
    if begins_item(line.body):
        if in_item and (line.indent or line.body[0] == first.body[0] or is_item(last, line)):
            return False
        if not in_item and _may_follow_prose(line.body) and is_item(last, line):
            return False
    if in_item and line.indent > first.indent:
        return True
    if len(group) > 1 and line.indent > last.indent:  # paragraphs marked by an indented first line
        return False
    return _goes_on(last, line.body, width, form)


def _is_item_after(chunk: list[TextLine], width: int, form: _Form) -> Callable[[TextLine, TextLine], bool]:
    """Return a function that tells whether a line with a marker is an item, given the line before it.

    It is not if the line before it is full, or in ragged prose without other markers long enough, and does not end a
    sentence: the marker is then a dash or a number that a line break happens to precede.
    """
    has_one_marker = sum(begins_item(line.body) for line in chunk) == 1

    def is_item(last: TextLine, line: TextLine) -> bool:
        if line.indent > last.indent or last.body[-1] in _BEFORE_ITEM:
            return True
        is_long = form is _Form.RAGGED and has_one_marker and last.indent + len(last.body) >= _SHORT_SHARE * width
        return not (is_long or _fills(last, line.body, width))

    return is_item


def _may_follow_prose(body: str) -> bool:
    """Return whether an item can directly follow prose. Numbers other than 1 are there by chance."""
    match = _LIST_ITEM.match(body)
    return match is not None and match[1] in (None, "1") and not body[0].islower()


def _fills(line: TextLine, following: str, width: int) -> bool:
    """Return whether the first word of the following line would not have fit at the end of this one."""
    _, indent, body = line
    length = indent + len(body)
    if length >= width:
        return length <= width + _SLACK
    word = following.find(" ")
    return width < length + 1 + (word if word > 0 else len(following))
