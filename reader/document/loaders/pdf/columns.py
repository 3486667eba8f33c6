"""The reading order of a page: columns are found by their gutters, and rows of short cells are a table.

A gutter is a horizontal position that at least three pairs of neighbors leave free, one above the follower. Text that
crosses it, such as a headline over two columns, divides the page into strips, which are read from top to bottom.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from reader.document.loaders.pdf.pieces import Line, Piece, rows_of, share_row
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_GUTTER: Final = 0.9
"""Minimum width of a gutter, as a share of the font size."""
_MIN_PAIRS: Final = 3
_CELL_GAP: Final = 2.0
"""Gap between two cells outside of tables, as a share of the font size."""
_WORD_GAP: Final = 0.15
_MAX_CELL: Final = 16
"""Columns whose typical line has at most so many characters are columns of a table, if their lines are aligned."""
_ALIGNED: Final = 0.15
_MAX_DEPTH: Final = 20
_MARKER: Final = lazy_pattern(r"\W{1,3}|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]+)[.):]?|(?:\d{1,3}\.)+\d*\.?")


class _Pair(NamedTuple):
    """Neighbors in a row with a gap between them."""

    first: Piece
    second: Piece


def regions_in_order(pieces: Sequence[Piece]) -> list[list[Line]]:
    """Return the lines of each column or strip, in reading order."""
    regions = ([line for line in lines if line.text] for lines in _divide(list(pieces), _MAX_DEPTH))
    return [lines for lines in regions if lines]


def _divide(pieces: list[Piece], depth: int) -> Iterator[list[Line]]:
    pairs = _pairs(pieces)
    gutter = _gutter(pairs) if depth else None
    if gutter is None:
        yield _lines(pieces, [])
        return
    plain: list[Piece] = []  # strips without columns
    for strip in _strips(pieces, gutter):
        members = set(map(id, strip))
        strip_pairs = [
            pair for pair in pairs if id(pair.first) in members and pair.first.end <= gutter <= pair.second.start
        ]
        if len(strip_pairs) < _MIN_PAIRS:
            plain += strip
            continue
        near_side = [piece for piece in strip if (piece.start + piece.end) / 2 < gutter]
        far_side = [piece for piece in strip if (piece.start + piece.end) / 2 >= gutter]
        if _is_table(strip_pairs, near_side, far_side):
            plain += strip
            continue
        if plain:
            yield from _divide(plain, depth - 1)
            plain = []
        sides = (far_side, near_side) if _is_right_to_left(strip) else (near_side, far_side)
        for side in sides:
            yield from _divide(side, depth - 1)
    if len(plain) == len(pieces):
        yield _lines(pieces, pairs)
    elif plain:
        yield from _divide(plain, depth - 1)


def _pairs(pieces: list[Piece]) -> list[_Pair]:
    """Return the horizontal neighbors that are a gutter apart."""
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    baselines = [piece.baseline for piece in ordered]
    pairs = []
    for piece in ordered:
        first = bisect_left(baselines, piece.baseline - piece.size)
        last = bisect_left(baselines, piece.baseline + piece.size)
        nearest: Piece | None = None
        for follower in ordered[first:last]:
            is_nearer = piece.start < follower.start and (nearest is None or follower.start < nearest.start)
            if is_nearer and share_row(piece, follower):
                nearest = follower
        if nearest is not None and nearest.start - piece.end >= _GUTTER * min(piece.size, nearest.size):
            pairs.append(_Pair(piece, nearest))
    return pairs


def _gutter(pairs: list[_Pair]) -> float | None:
    """Return the position that most pairs leave free, or None if fewer than three do."""
    edges = sorted([(pair.first.end, 1) for pair in pairs] + [(pair.second.start, -1) for pair in pairs])
    best, count, position = _MIN_PAIRS - 1, 0, None
    for (start, change), (end, _) in pairwise(edges):
        count += change
        if count > best and end > start:
            best, position = count, (start + end) / 2
    return position


def _strips(pieces: list[Piece], gutter: float) -> list[list[Piece]]:
    """Divide a page at the rows that cross a gutter, from top to bottom."""
    strips: list[list[Piece]] = []
    crossed_before: bool | None = None
    for row in rows_of(pieces):
        crosses = any(piece.start < gutter - 1 and piece.end > gutter + 1 for piece in row)
        if crosses is crossed_before:
            strips[-1] += row
        else:
            strips.append(list(row))
        crossed_before = crosses
    return strips


def _is_table(pairs: list[_Pair], near_side: list[Piece], far_side: list[Piece]) -> bool:
    aligned = sum(abs(pair.first.baseline - pair.second.baseline) <= _ALIGNED * pair.first.size for pair in pairs)
    lengths = [median(len(piece.text.strip()) for piece in side) for side in (near_side, far_side)]
    return aligned >= 0.8 * len(pairs) and min(lengths) <= _MAX_CELL


def _lines(pieces: list[Piece], table_pairs: list[_Pair]) -> list[Line]:
    """Join the pieces of one column into lines, and those far apart or in `table_pairs` into rows of a table."""
    ends_of_cells = {id(pair.first) for pair in table_pairs}
    return [_line(row, ends_of_cells) for row in rows_of(pieces)]


def _line(row: list[Piece], ends_of_cells: set[int]) -> Line:
    if _is_right_to_left(row):
        row = row[::-1]
    cells = [row[0].text]
    for piece, following in pairwise(row):
        size = min(piece.size, following.size)
        gap = max(following.start - piece.end, piece.start - following.end)
        is_cell = gap >= _GUTTER * size if id(piece) in ends_of_cells else gap >= _CELL_GAP * size
        if is_cell and not (len(cells) == 1 and _MARKER.fullmatch(cells[0].strip())):
            cells.append(following.text)
        else:
            cells[-1] += (" " if gap > _WORD_GAP * size else "") + following.text
    texts = [" ".join(cell.split()) for cell in cells]
    letters = [(len(piece.text), piece) for piece in row]
    main = max(letters, key=lambda letter: letter[0])[1]
    bold = sum(length for length, piece in letters if piece.is_bold)
    return Line(
        text=" ".join(texts).strip(),
        start=min(piece.start for piece in row),
        end=max(piece.end for piece in row),
        baseline=main.baseline,
        size=main.size,
        is_bold=bold >= 0.9 * sum(length for length, _ in letters),
        cells=tuple(texts) if len(texts) > 1 else (),
    )


def _is_right_to_left(pieces: Sequence[Piece]) -> bool:
    """Return whether most pieces are in a script that is written from right to left."""
    starts = [next((char for char in piece.text if char.isalpha()), "") for piece in pieces]
    count = sum(unicodedata.bidirectional(char) in ("R", "AL") for char in starts if char)
    return count * 2 > sum(map(bool, starts))
