"""A dialog that asks for one choice, or for ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.wrapping import wrapped
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.dialogs.base.row_keys import moves_rows
from reader.ui.keys.key_names import name_of_key

_MAX_ROWS: Final = 20
_OTHER_ROWS: Final = 5
"""Rows of a question besides its title and choices."""


class Question(Dialog[tuple[int, ...]]):
    """Asks for one choice, or for ticks. The answer is the indexes of the choices."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        ticking: bool = False,
        ticked: Iterable[int] = (),
        cursor: int = 0,
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = ChoiceRows(choices, ticking=ticking)
        self._rows.ticked |= set(ticked)
        self._start = cursor
        letter = "letter or " if any(choice.key for choice in choices) else ""
        choose = f"j k move · {letter}Enter choose · Esc leave"
        self.hint_line.show("Space tick · Enter done · Esc leave" if ticking else choose)

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._rows
            yield self.hint_line

    def on_mount(self) -> None:
        """Move the cursor to the likely answer."""
        self._rows.refill(cursor=self._start)
        self._rows.focus()

    def on_resize(self) -> None:
        """Show as many choices as fit; the list scrolls to the others."""
        super().on_resize()
        title_rows = len(wrapped(self._title, self.text_width))
        other_rows = 1 if self.has_class("-tight") else title_rows + _OTHER_ROWS
        self._rows.styles.height = max(min(len(self._rows.choices), _MAX_ROWS, self.room_beside(other_rows)), 1)

    def process_key(self, event: events.Key) -> None:
        """Answer, move or leave."""
        consume(event)
        key, rows = name_of_key(event), self._rows
        by_letter = {choice.key: index for index, choice in enumerate(rows.choices) if choice.key}
        if key in by_letter and not rows.ticking:
            self.answer((by_letter[key],))
        elif key == "escape":
            self.answer(None)
        elif key == "enter":
            self.answer(tuple(sorted(rows.ticked)) if rows.ticking else (rows.cursor,))
        elif key == "space" and rows.ticking:
            self._toggle(rows.cursor)
        else:
            moves_rows(rows, key)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if self._rows.ticking:
            self._toggle(event.index)
        else:
            self.answer((event.index,))

    def _toggle(self, index: int) -> None:
        self._rows.ticked ^= {index}
        self._rows.refresh()
