"""Wraps text into rows of terminal cells: greedily at spaces, and long words between grapheme clusters.

Rows are offsets in two arrays, since a text may have hundreds of thousands of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import Final

from reader.display.cells import NO_CELLS, clusters, is_narrow, takes_two_cells
from reader.structures.lazy_pattern import lazy_pattern

_HIDDEN: Final = lazy_pattern(f"{NO_CELLS}+")


def wrap_lines(text: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Wrap the lines of `text[start:end]`, which is code."""
    while start <= end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if line_end > start:
            wrap_as(is_narrow(text, start, line_end), text, start, line_end, room, starts, ends)
        else:
            starts.append(start)
            ends.append(start)
        start = line_end + 1


def wrap(flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Append the offsets of the rows of `flat[start:end]`, each up to `room` cells wide; `flat` has no line breaks."""
    wrap_as(is_narrow(flat, start, end), flat, start, end, room, starts, ends)


def wrap_as(narrow: bool, flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Wrap `flat[start:end]`, part of a text all of whose characters are of one cell if `narrow`."""
    if not narrow:
        if flat.find(NO_CELLS, start, end) >= 0 and is_narrow(visible := flat[start:end].replace(NO_CELLS, "")):
            _wrap_indented(visible, flat, start, end, room, starts, ends)
        else:
            _wrap_wide(flat, start, end, room, starts, ends)
        return
    find, add_start, add_end = flat.rfind, starts.append, ends.append
    while end - start > room:
        cut = find(" ", start + 1, start + room + 1)
        if cut < 0:
            cut = after = start + room
        else:
            after = cut + 1
            while after < end and flat[after] == " ":
                after += 1
        add_start(start)
        add_end(cut)
        start = after
    if start < end or not starts or starts[-1] != start:
        add_start(start)
        add_end(end)


def _wrap_indented(
    visible: str, flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]
) -> None:
    """Wrap `flat[start:end]`, of which `visible` are the characters that take a cell."""
    visible_starts, visible_ends = array("q"), array("q")
    wrap_as(True, visible, 0, len(visible), room, visible_starts, visible_ends)
    hidden = 0
    hidden_from: list[int] = []
    """Offsets in `visible` before which hidden characters stand, and with each, how many there are up to it."""
    hidden_counts = [0]
    for match in _HIDDEN.finditer(flat, start, end):
        hidden_from.append(match.start() - start - hidden)
        hidden += match.end() - match.start()
        hidden_counts.append(hidden)
    starts.extend([start + offset + hidden_counts[bisect_right(hidden_from, offset)] for offset in visible_starts])
    ends.extend([start + offset + hidden_counts[bisect_left(hidden_from, offset)] for offset in visible_ends])


def _wrap_wide(flat: str, start: int, end: int, room: int, starts: array[int], ends: array[int]) -> None:
    """Wrap text with zero-width and wide characters: between words, next to wide characters, or inside a long word."""
    row = start
    used = cut = used_at_cut = 0
    after = row
    after_wide = after_space = False
    for first, last, size in clusters(flat[start:end]):
        first, last = first + start, last + start
        is_space = flat[first] == " " and flat[first:last].rstrip(NO_CELLS) == " "
        is_wide = size == 2 and takes_two_cells(flat[first])
        if first > row and (is_wide or after_wide) and not is_space:
            cut = after = first
            used_at_cut = used
        if used + size > room and not is_space:
            if cut <= row:
                cut = after = first
                used_at_cut = used
            starts.append(row)
            ends.append(_without_spaces(flat, row, cut))
            row, used, cut = after, used - used_at_cut, 0
        used += size
        if is_space and last > row:
            cut, after, used_at_cut = cut if after_space else first, last, used
        after_space = is_space
        after_wide = is_wide
    starts.append(row)
    ends.append(_without_spaces(flat, row, end) if used > room else end)


def _without_spaces(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1] == " ":
        end -= 1
    return end


def wrapped(text: str, width: int) -> list[str]:
    """Wrap a short text in rows of at most `width` cells."""
    starts, ends = array("Q"), array("Q")
    wrap(text, 0, len(text), max(width, 1), starts, ends)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
