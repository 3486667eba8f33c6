"""Advice that an empty list shows in place of its first row."""

from __future__ import annotations

from rich.segment import Segment

from reader.display.wrapping import wrapped
from reader.ui.base.row_list import RowList


def advice_heading(rows: RowList, advice: str, width: int) -> list[list[Segment]]:
    """Return an empty line, and while a list has no rows, advice on why or on how to get some.

    Args:
        rows: The list; it has the style "sides--faint".
        advice: The advice.
        width: The width of a row in cells.
    """
    if rows.item_count():
        return [[]]
    faint = rows.get_component_rich_style("sides--faint", partial=True)
    return [[], *([Segment(f" {row}", faint)] for row in wrapped(advice, max(width - 2, 1)))]
