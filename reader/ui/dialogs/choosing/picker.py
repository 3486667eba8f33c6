"""A list of many choices that typing narrows down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.input_line import InputLine
from reader.ui.keys.key_names import name_of_key

_MAX_ROWS: Final = 12
_OTHER_ROWS: Final = 8
"""Rows of the dialog besides the choices, and above and below it."""
_STEPS: Final = {"down": 1, "up": -1, "pagedown": _MAX_ROWS, "pageup": -_MAX_ROWS}

ChoiceFilter: TypeAlias = Callable[[str], Sequence[tuple[int, Choice]]]
"""Returns the choices that match what was typed, best first, each with the number that identifies it."""


class Picker(Dialog[tuple[int, str]]):
    """Asks for one of many choices. The answer is its number, and what was typed."""

    def __init__(self, title: str, choices: ChoiceFilter, cursor: int = 0) -> None:
        super().__init__()
        self._start = cursor
        self._title = title
        self._choices = choices
        self.hint_line.show("Up Down move · Enter choose · Esc leave")
        self._line = InputLine(placeholder="type to filter")
        self._numbers: list[int] = []
        self._rows = ChoiceRows((), ticking=False)
        self._rows.can_focus = False
        self._nothing = Static(Content("nothing matches; Backspace deletes a letter"), classes="dialog--hint")
        self._fill("")

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._line
            yield self._nothing
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Show all choices, and the one under the cursor."""
        self._rows.refill(cursor=self._start)
        self._rows.show_cursor()
        self._nothing.display = False

    def on_resize(self) -> None:
        """Show as many choices as fit."""
        super().on_resize()
        self._rows.styles.height = min(_MAX_ROWS, self.room_beside(_OTHER_ROWS))

    def process_key(self, event: events.Key) -> None:
        """Choose, move, leave or type."""
        key = name_of_key(event)
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self._fill(self._line.value)
            self._choose(self._rows.cursor)
        elif step := _STEPS.get(key):
            self._rows.move(step)
        else:
            self._line.process_key(event)
            return
        consume(event)

    def insert_pasted(self, text: str) -> None:
        """Insert pasted text into the line."""
        self._line.insert_pasted(text)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._fill(self._line.value)
        self._rows.refill(cursor=0 if self._line.value else self._start)
        self._nothing.display = not self._numbers

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)

    def _fill(self, typed: str) -> None:
        matches = self._choices(typed)
        self._numbers = [number for number, _ in matches]
        self._rows.choices = [choice for _, choice in matches]

    def _choose(self, index: int) -> None:
        if self._numbers:
            number = self._numbers[min(index, len(self._numbers) - 1)]
            self.answer((number, self._line.value))
        else:
            self.answer(None)
