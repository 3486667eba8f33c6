"""The line at the foot of a dialog: its keys, or what is wrong."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reader.display.wrapping import wrapped


class HintLine(Static):
    """The keys of a dialog. They take several rows if they do not fit in one."""

    hint = ""
    """What it says."""

    def __init__(self) -> None:
        super().__init__(classes="dialog--hint")

    def show(self, hint: str, *, alarm: bool = False) -> None:
        """Say something else.

        Args:
            hint: The keys, or a message.
            alarm: Whether it must not be missed.
        """
        self.hint = hint
        self.update(Content(hint))
        self.set_class(alarm, "-alarm")

    def rows(self, width: int) -> int:
        """Return how many rows it takes in a width in cells."""
        return len(wrapped(self.hint, max(width, 1))) or 1
