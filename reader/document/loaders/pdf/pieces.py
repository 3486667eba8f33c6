"""Pieces of text with their positions on a page, and lines made of them. Positions are in points, downward."""

from __future__ import annotations

from collections.abc import Iterable

from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

_ASCENT = 0.8
_DESCENT = 0.2
_SAME_ROW = 0.5
"""Pieces share a row if they overlap vertically by this share of the smaller one."""


class Piece(NamedTuple):
    """Characters that follow each other on one baseline in one font."""

    text: str
    start: float
    end: float
    baseline: float
    size: float
    is_bold: bool = False

    @property
    def top(self) -> float:
        """The top of the line, for layout: the same for every piece of a size."""
        return self.baseline - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The bottom of the line, for layout."""
        return self.baseline + _DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table."""

    text: str
    start: float
    end: float
    baseline: float
    size: float
    is_bold: bool = False
    cells: tuple[str, ...] = ()
    """The cells of a table row, empty for a line of prose."""


def share_row(first: Piece, second: Piece) -> bool:
    """Return whether two pieces are at the same height."""
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap >= _SAME_ROW * min(first.size, second.size)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces by height, from top to bottom; a row is in order from left to right."""
    rows: list[list[Piece]] = []
    anchor: Piece | None = None
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if anchor is not None and share_row(anchor, piece):
            rows[-1].append(piece)
            anchor = max(anchor, piece, key=lambda member: member.size)
        else:
            rows.append([piece])
            anchor = piece
    for row in rows:
        row.sort(key=lambda piece: piece.start)
    return rows
