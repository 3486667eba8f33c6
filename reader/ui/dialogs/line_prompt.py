"""A dialog that asks for a line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.input_line import InputLine


class Prompt(Dialog[str]):
    """Asks for a line of text."""

    def __init__(
        self, title: str, value: str = "", *, advice: Sequence[str] = (), changed: Callable[[str], None] | None = None
    ) -> None:
        """Ask for a line.

        Args:
            title: The question.
            value: The text that the line begins with.
            advice: What can be typed, in lines below the line.
            changed: What to do with the text after every change.
        """
        super().__init__()
        self._title = title
        self._line = InputLine(value)
        self.hint_line.show("Enter done · Esc leave")
        self._advice = advice
        self._changed = changed

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            if self._advice:
                yield Static(Content("\n".join(self._advice)), classes="dialog--advice")
            yield self.hint_line

    def process_key(self, event: events.Key) -> None:
        """Answer, leave or type."""
        if event.key in {"enter", "escape"}:
            consume(event)
            self.answer(self._line.value if event.key == "enter" else None)
        else:
            self._line.process_key(event)
            self._tell()

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line."""
        self._line.insert_pasted(text)
        self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed(self._line.value)
