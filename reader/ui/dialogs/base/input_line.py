"""A line in which text is typed."""

from __future__ import annotations

from functools import cache

from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.document.sanitize import sanitize
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.edit_keys import edit_actions, run_edit_action


class InputLine(Input):
    """An input that handles keys in the order in which they are typed, however fast they arrive.

    An `Input` handles letters at once but lets editing keys such as Ctrl+U bubble to the app first, so that letters
    typed after them overtake them. Here the screen receives all keys and hands them to `process_key`; Enter and Escape
    stay with the screen.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self._has_initial_value = bool(value)
        """Whether the value is the initial one, which the first typed text replaces."""

    def begin(self) -> None:
        """Empty the line for new text."""
        self.value = ""

    def on_mount(self) -> None:
        """Select the initial value, so that typing replaces it."""
        if self._has_initial_value:
            self.selection = Selection(0, len(self.value))

    def process_key(self, event: events.Key) -> None:
        """Edit the line by a key, even before the line has the focus; other keys are left alone."""
        if event.is_printable and event.character:
            event.stop()
            self._insert(event.character)
        elif action := _line_actions().get(event.key):
            consume(event)
            self._has_initial_value = False
            run_edit_action(self, action)

    def insert_pasted(self, text: str) -> None:
        """Insert the first line of pasted text, even before the line has the focus."""
        if line := sanitize(text).partition("\n")[0]:
            self._insert(line)

    def _insert(self, text: str) -> None:
        if self._has_initial_value and not self.is_mounted:
            self.value = ""
        self._has_initial_value = False
        self.replace(text, *self.selection)


@cache
def _line_actions() -> dict[str, str]:
    """Return the editing actions of an input by key; Enter is left to the screen."""
    return {key: action for key, action in edit_actions(Input.BINDINGS).items() if action != "submit"}
