"""The lines of a plain text, and which of them are one paragraph wrapped by hand.

A line is taken to go on in the next one only where the first word of that one would not have fitted, so short lines
(verse, addresses, captions, headings) stay lines.
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
"""How many code points beyond the wrap width a line may reach and still count as wrapped (an address, a long word)."""
_SAMPLE_CHUNKS: Final = 500
_ITEM: Final = re.compile(
    r"(?:[-*+•‣◦▪●·–]|(\d{1,3})[.)]|[a-z][)]|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\))[ \t]+(?![-*•·–+ \t]*(?:\n|\Z))\S"
)
_ITEM_STARTS: Final = frozenset("-*+•‣◦▪●·–(0123456789abcdefghijklmnopqrstuvwxyz")


class Line(NamedTuple):
    """A line that is not blank."""

    start: int
    """First code point that is not white space."""
    indent: int
    """Columns before it, a TAB counting four."""
    body: str
    """The line without the white space around it."""

    @property
    def end(self) -> int:
        """Code point after the last that is not white space."""
        return self.start + len(self.body)


_make_line: Final = tuple.__new__
"""`Line(...)` without its Python-level constructor, which would be half the cost of reading a long text's lines."""


def chunks_of(text: str) -> list[list[Line]]:
    """Return the stretches of lines between blank ones, in order; none is empty."""
    chunks: list[list[Line]] = []
    chunk: list[Line] = []
    position = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            if line[0] == body[0]:
                chunk.append(_make_line(Line, (position, 0, body)))
            else:
                margin = line[: line.index(body[0])]
                chunk.append(Line(position + len(margin), len(margin.expandtabs(_TAB_SIZE)), body))
        elif chunk:
            chunks.append(chunk)
            chunk = []
        position += len(line) + 1
    if chunk:
        chunks.append(chunk)
    return chunks


def wrap_width(chunks: list[list[Line]]) -> int:
    """Return the width, in columns, at which paragraphs were wrapped by hand; 0 for one line per paragraph."""
    widths = [width for chunk in chunks[:_SAMPLE_CHUNKS] if len(chunk) > 1 and (width := _chunk_width(chunk))]
    return sorted(widths)[len(widths) // 2] if widths else 0


def paragraphs_of(chunk: list[Line], width: int) -> Iterator[list[Line]]:
    """Yield the lines of a chunk grouped into paragraphs and list items, given the width at which they were wrapped."""
    group = chunk[:1]
    in_item = begins_item(group[0].body)
    for line in chunk[1:]:
        _, indent, body = line
        plain = not indent and body[0].isalpha() and body[1:2] != ")"  # as most lines of a book: only its length counts
        if _fills(group[-1], body, width) if plain else _goes_on(group, line, width, in_item):
            group.append(line)
        else:
            yield group
            group = [line]
            in_item = begins_item(line.body)
    yield group


def begins_item(text: str, position: int = 0) -> bool:
    """Return whether the marker of a list item stands at a position of a text."""
    first = text[position]
    if first not in _ITEM_STARTS or (first.isalpha() and text[position + 1 : position + 2] != ")"):
        return False
    return _ITEM.match(text, position) is not None


def _chunk_width(chunk: list[Line]) -> int:
    joints = [(a, b) for a, b in pairwise(chunk) if not begins_item(b.body)]
    width = max((line.indent + len(line.body) for line, _ in joints), default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    full = sum(_fills(a, b.body, width) for a, b in joints)
    running_on = sum(b.body[0].isalpha() and not b.body[0].isupper() for _, b in joints)
    return width if full >= 0.75 * len(joints) and running_on >= 0.3 * len(joints) else 0


def _goes_on(group: list[Line], line: Line, width: int, in_item: bool) -> bool:
    first, last = group[0], group[-1]
    if line.body[0] == ">" or first.body[0] == ">":
        return False
    if begins_item(line.body) and (in_item or _interrupts(line.body)):
        return False
    if in_item and line.indent > first.indent:
        return True
    if len(group) > 1 and line.indent > last.indent:  # paragraphs told apart by the indent of their first line
        return False
    return _fills(last, line.body, width)


def _interrupts(body: str) -> bool:
    """Return whether an item may begin right under a line that is none: of numbers only 1, the rest is chance."""
    match = _ITEM.match(body)
    return match is not None and match[1] in (None, "1") and not body[0].islower()


def _fills(line: Line, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted at the end of this one."""
    _, indent, body = line
    length = indent + len(body)
    if length >= width:
        return length <= width + _SLACK
    word = following.find(" ")
    return width < length + 1 + (word if word > 0 else len(following))
