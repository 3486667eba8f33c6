"""Where in a document an entity occurs, as bars on one row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final

_LEVELS: Final = "▁▂▃▄▅▆▇█"
_EMPTY: Final = "·"
POSITION: Final = "│"
"""The sign of the position where no mention is near."""
POSITION_AT_MENTION: Final = "┿"
"""The sign of the position among mentions."""


def density_counts(mentions: Sequence[tuple[Any, ...]], length: int, width: int) -> list[int]:
    """Return how many mentions start in each of `width` equal parts of a text.

    Args:
        mentions: Sorted spans.
        length: The number of code points of the text.
        width: The number of parts.
    """
    starts = [bisect_left(mentions, (start_of_part(part, length, width),)) for part in range(width)]
    return [end - start for start, end in zip(starts, [*starts[1:], len(mentions)], strict=True)]


def density_row(counts: Sequence[int], position: int | None) -> str:
    """Return a row of bars: the more mentions a part has, the higher its bar.

    The position has a sign of its own, not only a color.

    Args:
        counts: The number of mentions in each part of the text.
        position: The part with the position; None for none.
    """
    most = max(counts, default=0)
    row = [_LEVELS[(count * len(_LEVELS) - 1) // most] if count else _EMPTY for count in counts]
    if position is not None and position < len(row):
        row[position] = POSITION_AT_MENTION if counts[position] else POSITION
    return "".join(row)


def start_of_part(part: int, length: int, width: int) -> int:
    """Return the first offset of a part of a text, of `width` equal parts."""
    return -(-part * length // width)


def part_of(offset: int, length: int, width: int) -> int:
    """Return the index of the part of a text that holds an offset, of `width` equal parts."""
    return min(offset * width // max(length, 1), width - 1)
