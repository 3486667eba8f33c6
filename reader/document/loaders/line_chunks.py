"""Splits a plain text into chunks of lines, which blank lines divide, also from somewhere within it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final, cast

from reader.document.loaders.line_breaks import TextLine
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_TAB_SIZE: Final = 4
_MAX_LINES: Final = 1_000
"""Lines of a chunk by which its form is judged."""
_PORTION: Final = 65_536
"""Code points that are split into lines at once."""
_BLANK_LINE: Final = lazy_pattern(r"\n[^\S\n]*\n")

_make_line: Final = tuple.__new__
"""Builds a `TextLine` without the Python-level constructor, which takes half the time of reading a long text."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines between two blank lines; at least one."""

    lines: list[TextLine]
    """The first lines. The form of the chunk is judged by them."""
    later_lines: Iterator[TextLine]
    """The lines after them, of a long chunk. They are read once, before the next chunk."""
    begins_within: bool = False
    """Whether reading begins within the chunk: iterating yields `later_lines` only."""

    def __iter__(self) -> Iterator[TextLine]:
        return self.later_lines if self.begins_within else chain(self.lines, self.later_lines)

    @property
    def is_long(self) -> bool:
        """Whether the chunk has as many lines as its form is judged by, and perhaps more."""
        return len(self.lines) == _MAX_LINES


def split_chunks(text: str, start: int = 0) -> Iterator[Chunk]:
    """Yield the chunks of a text, which blank lines divide, from the start of a line on."""
    return _divide(_lines(text, start))


def chunks_from(text: str, offset: int) -> Iterator[Chunk]:
    """Yield the chunks of a text from the one around an offset.

    The lines of a long chunk are read from the offset on, unless all of them may be one block of code.
    """
    start = _chunk_start(text, offset)
    line_start = text.rfind("\n", start, offset) + 1
    if offset - start > _PORTION and line_start:
        first = next(split_chunks(text, start))
        is_cut = first.is_long and line_start > first.lines[0].end
        if is_cut and not all(line.indent for line in first.lines):
            lines = _lines(text, line_start)
            part = Chunk(first.lines, _until_blank(lines), begins_within=True)
            yield part
            for _ in part:
                pass
            yield from _divide(lines)
            return
    yield from split_chunks(text, start)


def _chunk_start(text: str, offset: int) -> int:
    """Return the start of the line after the last blank line before an offset; 0 if there is none."""
    reach = _PORTION
    while True:
        begin = max(offset - reach, 0)
        starts = [match.end() for match in _BLANK_LINE.finditer(text, begin, offset)]
        if starts or not begin:
            return max(starts, default=0)
        reach *= 4


def _divide(lines: Iterator[TextLine | None]) -> Iterator[Chunk]:
    for first in lines:
        if first is None:
            continue
        chunk = [first]
        later_lines: Iterator[TextLine] = iter(())
        for line in lines:
            if line is None:
                break
            chunk.append(line)
            if len(chunk) == _MAX_LINES:
                later_lines = _until_blank(lines)
                break
        yield Chunk(chunk, later_lines)
        for _ in later_lines:
            pass


def _until_blank(lines: Iterator[TextLine | None]) -> Iterator[TextLine]:
    return cast("Iterator[TextLine]", iter(lines.__next__, None))


def _lines(text: str, position: int) -> Iterator[TextLine | None]:
    """Yield the lines of a text from the start of one on, None for a blank line."""
    while position <= len(text):
        end = text.find("\n", position + _PORTION)
        for line in text[position : None if end < 0 else end].split("\n"):
            body = line.strip()
            if not body:
                yield None
            elif line[0] == body[0]:
                yield _make_line(TextLine, (position, 0, body))
            else:
                margin = line[: line.index(body[0])]
                yield TextLine(position + len(margin), len(margin.expandtabs(_TAB_SIZE)), body)
            position += len(line) + 1
