"""A list that gets shorter while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.input_line import InputLine
from reader.ui.dialogs.question import ChoiceRows, Dialog
from reader.ui.keys.key_names import name_of_key

_ROWS = 12
_AROUND = 8

Filter = Callable[[str], Sequence[tuple[int, Choice]]]
"""From what was typed to the choices that fit, the best first, each with the number that stands for it."""


class Picker(Dialog[tuple[int, str]]):
    """Asks for one of many choices; answers with its number and with what was typed, or None where it was left."""

    def __init__(self, title: str, choices: Filter) -> None:
        super().__init__()
        self._heading = title
        self._choices = choices
        self._line = InputLine(placeholder="type to filter")
        self._numbers: list[int] = []
        self._rows = ChoiceRows((), ticking=False)
        self._rows.can_focus = False
        self._fill("")

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._heading), classes="dialog--title")
            yield self._line
            yield self._rows
            yield Static(Content("Up Down move · Enter done · Esc leave"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Show everything."""
        self._rows.refill()

    def on_resize(self) -> None:
        """Show as many choices as there is room for."""
        super().on_resize()
        self._rows.styles.height = max(min(_ROWS, self.app.size.height - _AROUND), 1)

    def take(self, event: events.Key) -> None:
        """Answer, move, leave or type."""
        key = name_of_key(event)
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self._fill(self._line.value)
            self._choose(self._rows.cursor)
        elif step := {"down": 1, "up": -1, "pagedown": _ROWS, "pageup": -_ROWS}.get(key):
            self._rows.move(step)
        else:
            self._line.process_key(event)
            return
        consume(event)

    def put(self, text: str) -> None:
        """Type what is pasted."""
        self._line.insert_pasted(text)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill(self._line.value)
        self._rows.refill(cursor=0)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    def _fill(self, typed: str) -> None:
        found = self._choices(typed)
        self._numbers = [number for number, _ in found]
        self._rows.choices = [choice for _, choice in found]

    def _choose(self, index: int) -> None:
        chosen = self._numbers[min(index, len(self._numbers) - 1)] if self._numbers else None
        self.answer(None if chosen is None else (chosen, self._line.value))
