"""Joins the lines of hard-wrapped paragraphs in a plain text.

A line continues in the next one if the first word of the next one would not have fit, or if the sentence certainly
goes on (`line_breaks`). In prose with ragged lines it also continues if it would be long enough with that word and
does not end a sentence. A dash or a number at the start of a line begins no item where the line before it is full and
ends within a sentence. Verse, addresses, captions and headings, whose lines are short and begin with capitals, stay
separate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import chain, islice, pairwise
from typing import Final

from reader.document.loaders.line_breaks import (
    TextLine,
    are_one_sentence,
    begins_lower,
    begins_sentence_late,
    divides_word,
    ends_sentence,
    goes_on,
    has_prose_words,
    opens_line,
    resumes,
)
from reader.document.loaders.line_chunks import Chunk
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MIN_WIDTH: Final = 24
_MAX_WIDTH: Final = 120
_PROSE_WIDTH: Final = 40
"""Columns that lists of names and addresses do not reach. Full lines that do are prose."""
_HEADLINE_WIDTH: Final = 60
"""Columns that a headline of one line seldom has."""
_SLACK: Final = 15
"""Code points by which a wrapped line may exceed the wrap width, because of a URL or a long word."""
_SAMPLE_CHUNKS: Final = 500
_SAMPLE_LINES: Final = 5_000
"""Chunks, and lines in them, by which the wrapping of a text is judged."""
_FULL_SHARE: Final = 0.75
"""Share of full lines from which on a paragraph counts as filled; below that, its lines are ragged."""
_LOWER_SHARE: Final = 0.3
"""Share of lines that begin in lower case from which on they are wrapped prose."""
_FEW_SHARE: Final = 0.15
"""The same for a chunk that ends like a sentence, in a text without other signs of wrapping."""
_SHORT_SHARE: Final = 0.5
"""Share of the wrap width that a line and the next word must reach if a paragraph goes on after a sentence end."""
_BROKEN_SHARE: Final = 0.45
"""The same for a line that ends within a sentence."""
_DASH_SHARE: Final = 0.4
"""Share of the wrap width from which on a ragged line may be followed by a dash that begins no item."""
_RAGGED_SHARE: Final = 0.4
"""Share of certainly wrapped lines that are not full from which on the lines of a text are ragged."""
_FEW_PAIRS: Final = 3
"""Pairs of lines that are too few to tell verse from ragged prose."""
_BEFORE_ITEM: Final = frozenset(".!?:…")
"""Last characters of a line after which a list item may begin although the line is full."""
_PAUSES: Final = frozenset(".!?:;,…")
"""Last characters of most lines of verse."""
_LIST_ITEM: Final = lazy_pattern(
    r"(?:[-*+•‣◦▪●·–]|(\d{1,3})[.)]|[a-z][)]|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\))[ \t]+(?![-*•·–+ \t]*(?:\n|\Z))\S"
)
_LIST_ITEM_STARTS: Final = frozenset("-*+•‣◦▪●·–(0123456789abcdefghijklmnopqrstuvwxyz")


class Wrapping(NamedTuple):
    """How the paragraphs of a text are hard-wrapped."""

    width: int
    """Columns; 0 if each paragraph is one line."""
    ragged: bool
    """Whether lines end well before the width."""


def first_chunks(chunks: Iterator[Chunk]) -> list[Chunk]:
    """Take the chunks from which `wrapping_of` infers how a text is wrapped; the rest of the last one is not read."""
    sample: list[Chunk] = []
    line_count = 0
    for chunk in islice(chunks, _SAMPLE_CHUNKS):
        sample.append(chunk)
        line_count += len(chunk.lines)
        if chunk.is_long or line_count >= _SAMPLE_LINES:
            break
    return sample


def wrapping_of(chunks: Sequence[Chunk]) -> Wrapping:
    """Return how the paragraphs of a text are hard-wrapped, by its first chunks."""
    sample = [chunk.lines for chunk in chunks if len(chunk.lines) > 1]
    widths = sorted(width for chunk in sample if (width := _chunk_width(chunk)))
    if not widths and not any(_is_unwrapped(line) for chunk in chunks for line in chunk.lines):
        widths = sorted(width for chunk in sample if (width := _sentence_width(chunk)))
    if not widths:
        return Wrapping(0, ragged=False)
    width = widths[len(widths) // 2]
    wrapped = [(a, b) for chunk in sample for a, b in pairwise(chunk) if goes_on(a.body, b.body)]
    short = sum(not _fills(a, b.body, width) for a, b in wrapped)
    return Wrapping(width, ragged=short > _RAGGED_SHARE * len(wrapped))


def split_paragraphs(chunk: Chunk, wrapping: Wrapping) -> Iterator[list[TextLine]]:
    """Yield the lines of each paragraph and list item in a chunk of a hard-wrapped text.

    If reading begins within the chunk, the first of them is one that begins there whatever precedes it.
    """
    width = wrapping.width
    form = _form(chunk.lines, wrapping)
    is_item = _is_item_after(chunk.lines, width, form)
    lines = iter(chunk)
    first = next(lines, None)
    if chunk.begins_within:
        first = next(
            (
                b
                for a, b in pairwise(chain((first,) if first else (), lines))
                if _certainly_begins(a, b, width, form, is_item)
            ),
            None,
        )
    if first is None:
        return
    group = [first]
    in_item = begins_item(first.body)
    for line in lines:
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


def _line_pairs(chunk: list[TextLine]) -> list[tuple[TextLine, TextLine]]:
    """Return each line with the following one, unless a list item begins there."""
    return [(a, b) for a, b in pairwise(chunk) if not begins_item(b.body)]


def _widest(line_pairs: list[tuple[TextLine, TextLine]]) -> int:
    """Return the columns of the longest line but the last one, 0 if they are too many or too few for prose."""
    width = max((line.indent + len(line.body) for line, _ in line_pairs), default=0)
    return width if _MIN_WIDTH <= width <= _MAX_WIDTH else 0


def _chunk_width(chunk: list[TextLine]) -> int:
    """Return the wrap width of a chunk of prose, 0 if it is none."""
    line_pairs = _line_pairs(chunk)
    width = _widest(line_pairs)
    if not width:
        return 0
    lower = sum(begins_lower(b.body) for _, b in line_pairs)
    if lower >= _LOWER_SHARE * len(line_pairs) or any(divides_word(a.body) for a, _ in line_pairs):
        return width
    certain = sum(goes_on(a.body, b.body) for a, b in line_pairs)
    if certain >= _LOWER_SHARE * len(line_pairs) and (lower or chunk[-1].body[-1] in _BEFORE_ITEM):
        return width
    if not all(_fills(a, b.body, width) for a, b in line_pairs):
        return 0
    if len(line_pairs) > 1 and width >= _PROSE_WIDTH and len({len(line.body) for line in chunk}) > 2:
        return width
    return width if certain or (len(line_pairs) == 1 and _is_long_sentence(*line_pairs[0])) else 0


def _sentence_width(chunk: list[TextLine]) -> int:
    """Return the wrap width of a chunk that is probably a sentence over several lines, 0 if it is not."""
    line_pairs = _line_pairs(chunk)
    return _widest(line_pairs) if _is_broken_sentence(chunk, line_pairs) else 0


def _is_broken_sentence(chunk: list[TextLine], line_pairs: list[tuple[TextLine, TextLine]]) -> bool:
    """Return whether a chunk is probably prose: it ends like a sentence, and its lines go on or begin unlike verse."""
    if len(line_pairs) == 1:
        return are_one_sentence(line_pairs[0][0].body, line_pairs[0][1].body)
    if not line_pairs or chunk[-1].body[-1] not in _BEFORE_ITEM:
        return False
    is_wide = _widest(line_pairs) >= _PROSE_WIDTH
    if is_wide and not any(opens_line(b.body) or ends_sentence(a.body) for a, b in line_pairs):
        return has_prose_words([line.body for line in chunk])
    certain = sum(goes_on(a.body, b.body) for a, b in line_pairs)
    pauses = sum(a.body[-1] in _PAUSES for a, _ in line_pairs)
    return 2 * pauses <= len(line_pairs) and certain >= max(1, _FEW_SHARE * len(line_pairs))


def _is_long_sentence(line: TextLine, following: TextLine) -> bool:
    """Return whether two lines are one sentence because the first one is too long for a headline."""
    last_word = line.body.rpartition(" ")[2]
    is_long = len(line.body) >= max(_HEADLINE_WIDTH, len(following.body))
    return is_long and last_word.isalpha() and last_word.islower() and following.body[-1] in _BEFORE_ITEM


def _is_unwrapped(line: TextLine) -> bool:
    """Return whether a line is so long that paragraphs are lines in its text."""
    return len(line.body) > _MAX_WIDTH + _SLACK and " " in line.body


def _form(chunk: list[TextLine], wrapping: Wrapping) -> _Form:
    width = wrapping.width
    line_pairs = _line_pairs(chunk)
    certain = sum(goes_on(a.body, b.body) for a, b in line_pairs)
    is_prose = certain or any(begins_sentence_late(a.body) for a, _ in line_pairs)
    if wrapping.ragged and (is_prose or len(line_pairs) <= _FEW_PAIRS):
        return _Form.RAGGED
    full = sum(_fills(a, b.body, width) for a, b in line_pairs)
    if full >= _FULL_SHARE * len(line_pairs):
        return _Form.FILLED
    broken = sum(not goes_on(a.body, b.body) and not _fills(a, b.body, width) for a, b in line_pairs)
    if certain >= _LOWER_SHARE * len(line_pairs) or 2 * broken < len(line_pairs):
        return _Form.RAGGED
    return _Form.RAGGED if _is_broken_sentence(chunk, line_pairs) else _Form.VERSE


def _goes_on(last: TextLine, following: str, width: int, form: _Form) -> bool:
    """Return whether a paragraph continues after its last line with a line of prose."""
    if _fills(last, following, width) or divides_word(last.body):
        return True
    if form is _Form.VERSE:
        return False
    if goes_on(last.body, following):
        return True
    reach = last.indent + len(last.body) + 1 + _first_word_length(following)
    if ends_sentence(last.body):
        return form is _Form.RAGGED and reach >= _SHORT_SHARE * width
    return reach >= _BROKEN_SHARE * width


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
    if begins_item(line.body) and not _is_dash_within(last, line.body, width):
        if in_item and (line.indent or line.body[0] == first.body[0] or is_item(last, line)):
            return False
        if not in_item and _may_follow_prose(line.body) and is_item(last, line):
            return False
    if in_item and line.indent > first.indent:
        return True
    if len(group) > 1 and line.indent > last.indent:  # paragraphs marked by an indented first line
        return False
    return _goes_on(last, line.body, width, form)


def _certainly_begins(
    last: TextLine, line: TextLine, width: int, form: _Form, is_item: Callable[[TextLine, TextLine], bool]
) -> bool:
    """Return whether `_continues` is false for a line after another one, whatever paragraph that one belongs to."""
    body = line.body
    if body[0] == ">":
        return True
    if line.indent:
        return False
    if begins_item(body) and not _is_dash_within(last, body, width) and _may_follow_prose(body) and is_item(last, line):
        return True
    return not _goes_on(last, body, width, form)


def _is_item_after(chunk: list[TextLine], width: int, form: _Form) -> Callable[[TextLine, TextLine], bool]:
    """Return a function that tells whether a line with a marker is an item, given the line before it.

    It is not if the line before it is full, or in ragged prose without other markers long enough, and does not end a
    sentence: the marker is then a dash or a number that a line break happens to precede.
    """
    has_one_marker = sum(begins_item(line.body) for line in chunk) == 1

    def is_item(last: TextLine, line: TextLine) -> bool:
        if line.indent > last.indent or last.body[-1] in _BEFORE_ITEM:
            return True
        is_long = form is _Form.RAGGED and has_one_marker and last.indent + len(last.body) >= _DASH_SHARE * width
        return not (is_long or _fills(last, line.body, width))

    return is_item


def _may_follow_prose(body: str) -> bool:
    """Return whether an item can directly follow prose. Numbers other than 1 are there by chance."""
    match = _LIST_ITEM.match(body)
    return match is not None and match[1] in (None, "1") and not body[0].islower()


def _is_dash_within(last: TextLine, body: str, width: int) -> bool:
    """Return whether a dash at the start of a line is one of a sentence: after a full line and before a small word."""
    return body[0] in "-–" and last.body[-1] not in _PAUSES and _fills(last, body, width) and resumes(body[1:].lstrip())


def _fills(line: TextLine, following: str, width: int) -> bool:
    """Return whether the first word of the following line would not have fit at the end of this one.

    It may lack one column, because some programs keep room for a space. A single word may be longer than the width.
    """
    _, indent, body = line
    length = indent + len(body)
    if length >= width:
        return length <= width + _SLACK or " " not in body
    return width <= length + 1 + _first_word_length(following)


def _first_word_length(body: str) -> int:
    word = body.find(" ")
    return word if word > 0 else len(body)
