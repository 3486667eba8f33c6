"""The base of all dialogs."""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events
from textual.screen import ModalScreen

from reader.resources import resource_folder
from reader.ui.base.typing_order import TypingQueue, consume
from reader.ui.dialogs.base.hint_line import HintLine
from reader.ui.keys.key_names import QUIT_KEY
from reader.ui.textual_internals.screen_stack import close_screen
from reader.ui.textual_internals.typing_screen import Typed, TypingScreen

Answer = TypeVar("Answer")
DIALOG_WIDTH: Final = 64
"""The width of a dialog in the styles, in cells."""
WIDE_DIALOG_WIDTH: Final = 90
"""The width of a wide dialog in the styles, in cells, if it leaves some of the terminal."""
_WIDEST_SHARE: Final = 0.95
"""The largest part of the terminal's width that a wide dialog covers."""
DIALOG_MARGINS: Final = 4
"""Cells left and right of the text of a dialog."""
_TIGHT_HEIGHT: Final = 12
"""Rows of the terminal below which a dialog has neither margins nor hints."""
_DENSE_HEIGHT: Final = 18
"""Rows of the terminal below which a dialog has no empty rows."""
_EMPTY_ROWS: Final = 4
"""Empty rows of a dialog: at the top and the bottom, below the title and above the hints."""
_WIDTHS: Final = {"-wide": 90, "-large": 98, "-log": 98}
"""The widths of other dialogs in the styles, by their class."""
_WIDE_SHARE: Final = 0.95
"""The most of the terminal that a wide dialog takes."""
_LOW_HEIGHT: Final = 20
"""Rows of the terminal below which a dialog may cover the bars."""
_BAR_ROWS: Final = 3
"""Rows of the bars: the title at the top, the status and the hints at the bottom."""


def wide_dialog_width(terminal_width: int) -> int:
    """Return the width of a wide dialog in a terminal of a width, both in cells."""
    return min(WIDE_DIALOG_WIDTH, int(terminal_width * _WIDEST_SHARE))


class Dialog(TypingScreen[Answer | None], ModalScreen[Answer | None]):
    """Asks something once. Keys typed after the answer go to the screen below."""

    CSS_PATH = resource_folder("styles") / "dialogs.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.typing_queue: TypingQueue = TypingQueue(self)
        self.hint_line = HintLine()
        """The keys of the dialog, which subclasses lay out."""

    @property
    def most_rows(self) -> int:
        """The rows of the terminal that the dialog may cover: all but the bars, unless the terminal is low."""
        height = self.app.size.height
        return height if height < _LOW_HEIGHT else height - _BAR_ROWS

    @property
    def text_width(self) -> int:
        """The width of the text of the dialog, in cells."""
        width, dialog = self.app.size.width, self.query_one(".dialog")
        most = next((most for name, most in _WIDTHS.items() if dialog.has_class(name)), DIALOG_WIDTH)
        if dialog.has_class("-wide"):
            width = int(width * _WIDE_SHARE)
        return max(min(width, most) - DIALOG_MARGINS, 1)

    def room_beside(self, other_rows: int) -> int:
        """Return how many rows a list has, at least one.

        Args:
            other_rows: The other rows of the dialog, also empty ones, if there is room for them and for all hints in
                one row.
        """
        if not self.has_class("-tight"):
            other_rows += self.hint_line.rows(self.text_width) - 1
        if self.has_class("-dense"):
            other_rows -= _EMPTY_ROWS
        return max(self.most_rows - other_rows, 1)

    def show_hint(self, hint: str, *, alarm: bool = False) -> None:
        """Say something in the line of the keys, and give it the rows that it needs; see `HintLine.show`."""
        self.hint_line.show(hint, alarm=alarm)
        if self.is_attached:
            self.on_resize()

    def on_resize(self) -> None:
        """Leave out margins and hints if there is little room."""
        height = self.app.size.height
        self.set_class(height >= _LOW_HEIGHT, "-between-bars")
        self.set_class(height < _TIGHT_HEIGHT, "-tight")
        self.set_class(_TIGHT_HEIGHT <= height < _DENSE_HEIGHT, "-dense")

    async def handle_typed(self, event: Typed) -> None:
        """Handle a key or a paste as part of the answer."""
        if self.answered:
            self.typing_queue.pass_below(event)
        elif isinstance(event, events.Paste):
            event.stop()
            self.insert_pasted(event.text)
        elif event.key == QUIT_KEY:
            consume(event)
            self.withdraw()
        else:
            self.process_key(event)

    def process_key(self, event: events.Key) -> None:
        """Handle a key."""
        raise NotImplementedError

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text, in dialogs in which text is typed."""

    def withdraw(self) -> None:
        """Leave without an answer."""
        self.answer(None)

    def answer(self, answer: Answer | None) -> None:
        """Give the answer and close the dialog; later answers are ignored."""
        if not self._answered:
            self._answered = True
            close_screen(self, answer)
