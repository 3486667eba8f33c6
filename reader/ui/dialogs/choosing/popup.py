"""A question that opens beside what it is about instead of in the middle of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Region, Size

from reader.display.cells import cells
from reader.display.wrapping import wrapped
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.choosing.question import Question

_MIN_WIDTH, _MAX_WIDTH = 46, 64
"""Cells: the first has room for the hints, and no choice needs more than the second."""
_ROW_EXTRAS, _MARGINS = 9, 2
"""Cells of a row besides its words, scrollbar included; cells beside the rows."""


class PopUp(Question):
    """Asks for one choice beside a region of the screen, without covering the region if there is room."""

    def __init__(self, title: str, choices: Sequence[Choice], target: Region, *, cursor: int = 0) -> None:
        """Create the question.

        Args:
            title: The question.
            choices: The possible answers.
            target: The region of the screen that it is about, in cells.
            cursor: The index of the choice under the cursor.
        """
        super().__init__(title, choices, cursor=cursor)
        self.add_class("-popup")
        self._target = target

    def on_resize(self) -> None:
        """Open beside the region, inside the screen whatever its size."""
        super().on_resize()
        screen, choices = self.app.size, self._rows.choices
        widest = max((cells(choice.text) + cells(choice.note) for choice in choices), default=0) + _ROW_EXTRAS
        width = min(max(widest, cells(self._title), _MIN_WIDTH) + _MARGINS, _MAX_WIDTH, screen.width)
        title_rows = len(wrapped(self._title, max(width - _MARGINS, 1)))
        hint_rows = self.hint_line.rows(width - _MARGINS)
        other_rows = 1 if self.has_class("-tight") else title_rows + hint_rows
        rows = max(min(len(choices), screen.height - other_rows), 1)
        self._rows.styles.min_height = self._rows.styles.max_height = rows
        region = region_beside(self._target, Size(width, rows + other_rows), screen)
        dialog = self.query_one(".dialog")
        dialog.styles.width = width
        dialog.styles.offset = region.offset

    def on_click(self, event: events.Click) -> None:
        """Leave if the click is outside the dialog."""
        if not self.query_one(".dialog").region.contains(event.screen_x, event.screen_y):
            self.withdraw()


def region_beside(target: Region, size: Size, screen: Size) -> Region:
    """Return a region of a size below another one, above it, right or left of it, or else over it.

    It never leaves the screen, unless the screen is smaller.
    """
    last_x, last_y = max(screen.width - size.width, 0), max(screen.height - size.height, 0)
    x, y = max(min(target.x, last_x), 0), max(min(target.y, last_y), 0)
    if 0 <= target.bottom <= last_y:
        return Region(x, target.bottom, *size)
    if 0 <= target.y - size.height <= last_y:
        return Region(x, target.y - size.height, *size)
    if 0 <= target.right <= last_x:
        return Region(target.right, y, *size)
    if 0 <= target.x - size.width <= last_x:
        return Region(target.x - size.width, y, *size)
    return Region(x, y, *size)
