"""The last messages of the status line, in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.wrapping import wrapped
from reader.document import one_line
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.dialog import DIALOG_MARGINS, Dialog
from reader.ui.keys.key_names import name_of_key

_DIALOG_WIDTH: Final = 98
"""The width of a large dialog in the styles, in cells."""
_MAX_ROWS: Final = 24
_OTHER_ROWS: Final = 8
"""Rows of the dialog besides the messages, and above and below it."""
_STEPS: Final = {
    "j": 1,
    "down": 1,
    "k": -1,
    "up": -1,
    "space": 10,
    "pagedown": 10,
    "pageup": -10,
    "ctrl+d": 10,
    "ctrl+u": -10,
}


class MessageRows(RowList):
    """Messages, wrapped to rows."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__()
        self._messages = messages
        self._lines: list[str] = []

    def fit(self) -> None:
        """Wrap the messages to the new width, and show the last one."""
        width = max(self.scrollable_content_region.width - 4, 1)
        self._lines = [
            ("• " if index == 0 else "  ") + row
            for message in self._messages
            for index, row in enumerate(wrapped(one_line(message), width))
        ]
        self.refill(cursor=len(self._lines) - 1)
        super().fit()

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._lines)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a row."""
        del width
        return [[Segment(f" {self._lines[index]}")]]

    def marks_cursor(self) -> bool:
        """Return that no row is highlighted: there is nothing to choose."""
        return False


class MessageLog(Dialog[None]):
    """Shows messages, the last one at the bottom."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__()
        self._messages = messages
        self.hint_line.show("j k move · Esc leave")
        self._rows = MessageRows(messages or ("there was no message yet",))

    def compose(self) -> ComposeResult:
        """Lay out the messages."""
        with Vertical(classes="dialog -log"):
            yield Static(Content("Messages, the last one at the bottom"), classes="dialog--title")
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Give the messages the focus."""
        self._rows.focus()

    def on_resize(self) -> None:
        """Show as many messages as fit."""
        super().on_resize()
        width = max(min(self.app.size.width, _DIALOG_WIDTH) - DIALOG_MARGINS - 4, 1)
        needed = sum(len(wrapped(one_line(message), width)) for message in self._messages) or 1
        self._rows.styles.height = max(min(needed, _MAX_ROWS, self.room_beside(_OTHER_ROWS)), 1)

    def process_key(self, event: events.Key) -> None:
        """Move or leave."""
        consume(event)
        key = name_of_key(event)
        if key in {"escape", "q", "enter"}:
            self.answer(None)
        elif key in {"G", "end"}:
            self._rows.move_to(self._rows.item_count() - 1)
        elif key in {"g", "home"}:
            self._rows.move_to(0)
        elif step := _STEPS.get(key):
            self._rows.move(step)
