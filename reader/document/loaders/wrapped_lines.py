"""Finds the lines of a plain text and joins hard-wrapped paragraphs.

A line continues in the next one only if the first word of the next one would not have fit. Short lines such as verse,
addresses, captions and headings therefore stay separate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

_TAB_SIZE: Final = 4
_MIN_WIDTH: Final = 42
_MAX_WIDTH: Final = 120
_SLACK: Final = 15
"""Code points by which a wrapped line may exceed the wrap width, because of a URL or a long word."""
_SAMPLE_CHUNKS: Final = 500
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


def wrap_width(chunks: list[list[TextLine]]) -> int:
    """Return the width in columns at which paragraphs are hard-wrapped, or 0 if each paragraph is one line."""
    widths = [width for chunk in chunks[:_SAMPLE_CHUNKS] if len(chunk) > 1 and (width := _chunk_width(chunk))]
    return sorted(widths)[len(widths) // 2] if widths else 0


def split_paragraphs(chunk: list[TextLine], width: int) -> Iterator[list[TextLine]]:
    """Yield the lines of each paragraph and list item in a chunk that was hard-wrapped at `width` columns."""
    group = chunk[:1]
    in_item = begins_item(group[0].body)
    for line in chunk[1:]:
        _, indent, body = line
        is_prose = not indent and body[0].isalpha() and body[1:2] != ")"  # most lines of a book: only length matters
        if _fills(group[-1], body, width) if is_prose else _continues(group, line, width, in_item):
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


def _chunk_width(chunk: list[TextLine]) -> int:
    line_pairs = [(a, b) for a, b in pairwise(chunk) if not begins_item(b.body)]
    width = max((line.indent + len(line.body) for line, _ in line_pairs), default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    full = sum(_fills(a, b.body, width) for a, b in line_pairs)
    lower_case = sum(b.body[0].isalpha() and not b.body[0].isupper() for _, b in line_pairs)
    return width if full >= 0.75 * len(line_pairs) and lower_case >= 0.3 * len(line_pairs) else 0


def _continues(group: list[TextLine], line: TextLine, width: int, in_item: bool) -> bool:
    first, last = group[0], group[-1]
    if line.body[0] == ">" or first.body[0] == ">":
        return False
    if begins_item(line.body) and (in_item or _may_follow_prose(line.body)):
        return False
    if in_item and line.indent > first.indent:
        return True
    if len(group) > 1 and line.indent > last.indent:  # paragraphs marked by an indented first line
        return False
    return _fills(last, line.body, width)


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
