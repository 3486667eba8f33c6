"""A line of text being typed."""

from __future__ import annotations

from functools import cache

from textual import events
from textual.binding import Binding
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.document.sanitize import sanitize


class Line(Input):
    """An input that takes keys in the order in which they were typed, however fast they come.

    An `Input` takes letters at once, but lets editing keys (Ctrl+U) rise to the app first, where letters typed after
    them overtake them. Here the screen has all keys first and gives them to `take`; Enter and Escape are its own.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self._fresh = bool(value)

    def begin(self) -> None:
        """Be empty, and take what is typed."""
        self.value = ""

    def on_mount(self) -> None:
        """Select the value that is there: what is typed takes its place."""
        if self._fresh:
            self.selection = Selection(0, len(self.value))

    def take(self, event: events.Key) -> None:
        """Edit the line as the key says, also before it has the focus; other keys are left alone."""
        if event.is_printable and event.character:
            event.stop()
            if self._fresh and not self.is_mounted:
                self.value = ""
            self._fresh = False
            self.replace(event.character, *self.selection)
        elif action := _actions().get(event.key):
            event.stop()
            event.prevent_default()
            self._fresh = False
            name, _, selecting = action.partition("(")
            getattr(self, f"action_{name}")(*[True] * bool(selecting))

    def put(self, text: str) -> None:
        """Type the first line of what is pasted, also before it has the focus."""
        if line := sanitize(text).partition("\n")[0]:
            if self._fresh and not self.is_mounted:
                self.value = ""
            self._fresh = False
            self.replace(line, *self.selection)


@cache
def _actions() -> dict[str, str]:
    """Return the actions of an input by their keys."""
    return {each.key: each.action for each in Binding.make_bindings(Input.BINDINGS) if each.action != "submit"}
