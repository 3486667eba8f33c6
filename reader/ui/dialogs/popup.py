"""A question that opens where one points, instead of in the middle of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.geometry import Region, Size

from reader.display.cells import cells
from reader.display.page import wrapped
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.question import Question

_LEAST, _MOST = 46, 64
"""Cells: the line of keys fits into the one, no choice needs more than the other."""
_ROW, _SIDES = 9, 2
"""Cells of a row besides its words, scrollbar included; cells beside the rows."""
_KEYS: Final = 1
"""The row that tells the keys."""


class PopUp(Question):
    """Asks for one choice beside a place of the screen, which it does not cover where there is room elsewhere."""

    def __init__(self, title: str, choices: Sequence[Choice], near: Region, *, cursor: int = 0) -> None:
        """Ask.

        Args:
            title: The question.
            choices: What can be answered.
            near: What it is about, in cells of the screen.
            cursor: The choice on which the cursor stands.
        """
        super().__init__(title, choices, cursor=cursor)
        self.add_class("-popup")
        self._near = near

    def on_resize(self) -> None:
        """Open beside the place, on the screen whatever its size."""
        super().on_resize()
        screen, choices = self.app.size, self._rows.choices
        widest = max((cells(each.text) + cells(each.note) for each in choices), default=0) + _ROW
        width = min(max(widest, cells(self._heading), _LEAST) + _SIDES, _MOST, screen.width)
        tight = self.has_class("-tight")
        title = 1 if tight else len(wrapped(self._heading, max(width - _SIDES, 1)))
        around = title + (0 if tight else _KEYS)
        rows = max(min(len(choices), screen.height - around), 1)
        self._rows.styles.min_height = self._rows.styles.max_height = rows
        place = beside(self._near, Size(width, rows + around), screen)
        dialog = self.query_one(".dialog")
        dialog.styles.width = width
        dialog.styles.offset = place.offset

    def on_click(self, event: events.Click) -> None:
        """Leave when something else is clicked."""
        if not self.query_one(".dialog").region.contains(event.screen_x, event.screen_y):
            self.withdraw()


def beside(near: Region, size: Size, screen: Size) -> Region:
    """Return where something of this size lies best: below a place, above it, beside it, or else over it.

    It is never off the screen, unless the screen is the smaller one.
    """
    last_x, last_y = max(screen.width - size.width, 0), max(screen.height - size.height, 0)
    x, y = max(min(near.x, last_x), 0), max(min(near.y, last_y), 0)
    if 0 <= near.bottom <= last_y:
        return Region(x, near.bottom, *size)
    if 0 <= near.y - size.height <= last_y:
        return Region(x, near.y - size.height, *size)
    if 0 <= near.right <= last_x:
        return Region(near.right, y, *size)
    if 0 <= near.x - size.width <= last_x:
        return Region(near.x - size.width, y, *size)
    return Region(x, y, *size)
