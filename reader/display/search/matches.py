"""The matches of a search, to step through."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import field
from typing import TYPE_CHECKING, Final

from reader.display.search.query import Query
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.document.normal_text import NormalText


_NO_QUERY: Final = Query()


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches of a search, in text order. All offsets are those of the document."""

    query: Query = _NO_QUERY
    normal_starts: array[int] = field(default_factory=lambda: array("Q"))
    """Where the matches start in the normal form of the text."""
    normal_ends: array[int] = field(default_factory=lambda: array("Q"))
    normal: NormalText | None = None
    complete: bool = True
    """Whether the whole text has been searched."""

    def __len__(self) -> int:
        return len(self.normal_starts)

    def span(self, index: int) -> tuple[int, int]:
        """Return the span of a match."""
        start, end = self.normal_starts[index], self.normal_ends[index]
        return self.normal.to_document(start, end) if self.normal else (start, end)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The spans of all matches."""
        return [self.span(index) for index in range(len(self))]

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the matches that overlap `start:end`."""
        if not len(self):
            return []
        first, last = self._to_normal(start), self._to_normal(end, last=True)
        indexes = range(bisect_right(self.normal_ends, first), bisect_left(self.normal_starts, last))
        return [span for span in map(self.span, indexes) if span[0] < end and start < span[1]]

    def after(self, offset: int) -> int | None:
        """Return the index of the first match after `offset`, wrapping to the first; None if there are no matches."""
        if not len(self):
            return None
        index = bisect_left(self.normal_starts, self._to_normal(offset))
        while index and self.span(index - 1)[0] > offset:  # where a run of spaces is one in the normal form
            index -= 1
        while index < len(self) and self.span(index)[0] <= offset:
            index += 1
        return index % len(self)

    def before(self, offset: int) -> int | None:
        """Return the index of the last match before `offset`, wrapping to the last; None if there are no matches."""
        if not len(self):
            return None
        index = bisect_right(self.normal_starts, self._to_normal(offset, last=True)) - 1
        while index + 1 < len(self) and self.span(index + 1)[0] < offset:
            index += 1
        while index >= 0 and self.span(index)[0] >= offset:
            index -= 1
        return index % len(self)

    def at(self, offset: int) -> int | None:
        """Return the index of the match that starts at `offset`, or None."""
        index = self.after(offset - 1)
        return index if index is not None and self.span(index)[0] == offset else None

    def span_at(self, offset: int) -> tuple[int, int] | None:
        """Return the span of the match that starts at `offset`, or None."""
        index = self.at(offset)
        return None if index is None else self.span(index)

    def _to_normal(self, offset: int, *, last: bool = False) -> int:
        """Return the offset in the normal form of an offset, or of the end of a span that ends there."""
        if self.normal is None or offset < 0:
            return max(offset, 0)
        return self.normal.to_normal(offset, offset + 1)[1 if last else 0]
