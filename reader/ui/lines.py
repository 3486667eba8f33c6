"""A line of text being typed."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class Line(Input):
    """An input that is done with Enter or Escape: what is typed after that is no part of it, however fast it comes."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=True)
        self._done = False

    def begin(self) -> None:
        """Be empty, and take what is typed."""
        self._done = False
        self.value = ""

    def on_key(self, event: events.Key) -> None:
        """Let Enter and Escape, and whatever follows them, go to the screen."""
        if self._done or event.key in {"enter", "escape"}:
            self._done = True
            event.prevent_default()
