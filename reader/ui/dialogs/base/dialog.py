"""The base of all dialogs."""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events
from textual.screen import ModalScreen

from reader.resources import resource_folder
from reader.ui.base.typing_order import TypingQueue, consume
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

    @property
    def most_rows(self) -> int:
        """The rows of the terminal that the dialog may cover: all but the bars, unless the terminal is low."""
        height = self.app.size.height
        return height if height < _LOW_HEIGHT else height - _BAR_ROWS

    def on_resize(self) -> None:
        """Leave out margins and hints if there is little room."""
        height = self.app.size.height
        self.set_class(height >= _LOW_HEIGHT, "-between-bars")
        self.set_class(height < _TIGHT_HEIGHT, "-tight")

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
