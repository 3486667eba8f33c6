"""Running heads, page numbers and footnotes: what a page has around its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from reader.document.loaders.pdf.pieces import Line, Piece, rows_of
from reader.structures.lazy_pattern import lazy_pattern

_ROWS: Final = 2
"""How many rows at the top and the bottom of a page can be running heads."""
_STEP: Final = 8.0
"""Running heads are at the same height on their pages, within so many points."""
_DIGITS: Final = lazy_pattern(r"\d+")
_PAGE_NUMBER: Final = lazy_pattern(r"\W*(?:page|p\.?)?\W*(\d{1,4})(?:\W*(?:of|/)\W*\d{1,4})?\W*", re.IGNORECASE)
_NOTE_START: Final = lazy_pattern(r"[*†‡§¶]|\(?\d{1,3}[.)]?(?=\s?[^\W\d]|\s?[\"“‘(])")
_SMALL: Final = 0.93
"""Largest size of a footnote, as a share of the size of the text."""

_RowKey = tuple[bool, int, str]


def without_running_heads(pages: Sequence[list[Piece]]) -> tuple[list[list[Piece]], int]:
    """Return the pages without running heads and page numbers, and how many rows were removed.

    A row at the top or bottom of a page is one if the same text, apart from numbers, is at the same height on at least
    three pages, or on half of at most four. So is a row at the height of such rows that begins or ends in a number (the
    title of a short chapter), and a page number on any page, if it is the right one.
    """
    edges = [_edge_rows(pieces) for pieces in pages]
    counts = Counter(key for rows in edges for key in {key for key, _ in rows})
    needed = min(3, max(2, (len(pages) + 1) // 2))
    heights = Counter({key[:2]: 0 for key in counts})
    for key, count in counts.items():
        heights[key[:2]] += count if count >= needed else 0
    removed = 0
    bodies = []
    for number, (pieces, rows) in enumerate(zip(pages, edges, strict=True), 1):
        dropped: set[int] = set()
        for is_head in (True, False):
            for key, row in rows:
                if key[0] is not is_head:
                    continue
                is_running = counts[key] >= needed or (heights[key[:2]] >= 3 and _has_number_at_edge(key[2]))
                if not is_running and not _is_number_of(number, row):
                    break
                if all(id(piece) in dropped for piece in row):
                    break
                dropped |= {id(piece) for piece in row}
                removed += 1
        bodies.append([piece for piece in pieces if id(piece) not in dropped])
    return bodies, removed


def _edge_rows(pieces: list[Piece]) -> list[tuple[_RowKey, list[Piece]]]:
    """Return the first rows of a page from the top, then the last ones from the bottom."""
    rows = rows_of(pieces)
    return [(_key(row, is_head=True), row) for row in rows[:_ROWS]] + [
        (_key(row, is_head=False), row) for row in rows[: -_ROWS - 1 : -1]
    ]


def _key(row: list[Piece], *, is_head: bool) -> _RowKey:
    text = _DIGITS.sub("#", "".join("".join(piece.text for piece in row).casefold().split()))
    return is_head, round(row[0].baseline / _STEP), text


def _has_number_at_edge(text: str) -> bool:
    return text.startswith("#") or text.endswith("#")


def _is_number_of(page: int, row: list[Piece]) -> bool:
    match = _PAGE_NUMBER.fullmatch(" ".join(piece.text for piece in row).strip())
    return match is not None and int(match[1]) == page


def split_footnotes(lines: list[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """Return the lines of a column without its footnotes, and the footnotes: small lines at the end, with a mark."""
    first = len(lines)
    while first and lines[first - 1].size <= _SMALL * body_size:
        first -= 1
    while first < len(lines) and not _NOTE_START.match(lines[first].text):
        first += 1
    return lines[:first], lines[first:]
