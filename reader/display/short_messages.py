"""Fits messages into a line by shortening the quotes in them, so that the point of the message remains."""

from __future__ import annotations

from typing import Final

from reader.display.cells import cells, clusters, fit
from reader.display.wrapping import wrapped
from reader.structures.lazy_pattern import lazy_pattern

_QUOTE: Final = lazy_pattern("“([^“”]*)”")
_SHORTEST_QUOTE: Final = 16
"""Cells to which a quote is shortened at most."""
_ELLIPSIS: Final = "…"
_DIVIDER: Final = " · "


def fit_middle(text: str, width: int) -> str:
    """Return the text, with an ellipsis in its middle if it is wider than `width` cells."""
    if cells(text) <= width:
        return text
    if width < 3:
        return fit(text, width)
    pieces = clusters(text)
    start = _fitting_end(pieces, width // 2)
    end_room = width - 1 - cells(text[:start])
    end, used = len(text), 0
    for first, _, size in reversed(pieces):
        if used + size > end_room:
            break
        end, used = first, used + size
    return text[:start].rstrip() + _ELLIPSIS + text[end:].lstrip()


def fit_end(text: str, width: int) -> str:
    """Return the text, with an ellipsis at its start if it is wider than `width` cells."""
    if cells(text) <= width:
        return text
    start, used = len(text), cells(_ELLIPSIS)
    for first, _, size in reversed(clusters(text)):
        if used + size > width:
            break
        start, used = first, used + size
    return _ELLIPSIS + text[start:] if width > 0 else ""


def fit_parts(text: str, width: int) -> str:
    """Return the text without its last parts, which " · " divides, if it is wider than `width` cells.

    If even the first part is too wide, its middle is left out.
    """
    parts = text.split(_DIVIDER)
    while len(parts) > 1 and cells(_DIVIDER.join(parts)) > width:
        parts.pop()
    return fit_middle(_DIVIDER.join(parts), width)


def shorten_quotes(message: str, width: int) -> str:
    """Return a message with its quotes “…” shortened, the longest first, until it fits in `width` cells.

    A message that is too wide without its quotes stays too wide.
    """
    while (excess := cells(message) - width) > 0:
        quotes = [match for match in _QUOTE.finditer(message) if cells(match[1]) > _SHORTEST_QUOTE]
        if not quotes:
            break
        longest = max(quotes, key=lambda match: cells(match[1]))
        second = max((cells(match[1]) for match in quotes if match is not longest), default=_SHORTEST_QUOTE)
        size = cells(longest[1])
        target = max(size - excess, min(second, size - 1), _SHORTEST_QUOTE)
        shortened = fit_middle(longest[1], target)
        message = message[: longest.start(1)] + shortened + message[longest.end(1) :]
    return message


def message_rows(message: str, width: int, most_rows: int, more: str) -> list[str]:
    """Return a message in rows of at most `width` cells; if it needs more than `most_rows`, it ends in `more`."""
    rows = wrapped(shorten_quotes(message, width * most_rows), width)
    if len(rows) <= most_rows:
        return rows
    last = f"{_ELLIPSIS} {more}"
    shown_rows = rows[:most_rows]
    shown_rows[-1] = fit(shown_rows[-1], max(width - cells(last) - 1, 0), ellipsis="").rstrip() + last
    return shown_rows


def _fitting_end(pieces: list[tuple[int, int, int]], width: int) -> int:
    end = used = 0
    for _, stop, size in pieces:
        if used + size > width:
            break
        end, used = stop, used + size
    return end
