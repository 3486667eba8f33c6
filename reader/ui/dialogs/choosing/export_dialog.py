"""The dialog of an export: the formats, and what each of them leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.structures.named_tuple import NamedTuple
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.choice_rows import ChoiceRows
from reader.ui.dialogs.base.dialog import Dialog
from reader.ui.keys.key_names import name_of_key

_MAX_ROWS: Final = 22
_OTHER_ROWS: Final = 14
"""Rows of the dialog besides the formats."""
_STEPS: Final = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}


class ExportOption(NamedTuple):
    """A format that the dialog offers."""

    name: str
    description: str
    suffix: str
    """The suffix of its file; "" for a folder."""
    omits: Sequence[str]
    """What the format cannot carry."""


class ExportChoice(NamedTuple):
    """The answer: the number of the format, and whether to write only what a person decided about."""

    option: int
    decided: bool


class ExportDialog(Dialog[ExportChoice]):
    """Asks for the format of an export. Below the list is what the format under the cursor cannot carry."""

    def __init__(self, title: str, options: Sequence[ExportOption], *, cursor: int = 0, decided: bool = False) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._cursor = cursor
        self._decided = decided
        width = max((len(option.name) for option in options), default=0)
        self._rows = ChoiceRows([_choice(option, width) for option in options], ticking=False)
        self._preview = Static(classes="export--preview")
        self._scope = Static(classes="export--scope")

    def compose(self) -> ComposeResult:
        """Lay out the list and the preview."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._rows
            yield self._preview
            yield self._scope
            yield Static(Content("j k move · d decided or all · Enter choose · Esc leave"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Show the format that was chosen last."""
        self._rows.refill(cursor=self._cursor)
        self._rows.focus()
        self._show_preview()

    def on_resize(self) -> None:
        """Show as many formats as fit; the list scrolls to the others."""
        super().on_resize()
        self._rows.styles.height = max(min(len(self._options), _MAX_ROWS, self.most_rows - _OTHER_ROWS), 1)

    def process_key(self, event: events.Key) -> None:
        """Choose, move, switch or leave."""
        consume(event)
        key = name_of_key(event)
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self.answer(ExportChoice(self._rows.cursor, self._decided))
        elif key == "d":
            self._decided = not self._decided
            self._show_preview()
        elif step := _STEPS.get(key):
            self._rows.move(step)
            self._show_preview()

    @on(RowList.Moved)
    def _show_preview(self) -> None:
        option = self._options[self._rows.cursor]
        omits = f"Leaves out: {', '.join(option.omits)}." if option.omits else "Leaves out nothing."
        self._preview.update(Content(f"{option.description}\n{omits}"))
        scope = "only mentions that a person decided about" if self._decided else "all mentions, machine-found ones too"
        self._scope.update(Content(f"Writes {scope}."))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self.answer(ExportChoice(event.index, self._decided))


def _choice(option: ExportOption, width: int) -> Choice:
    """Return the row of a format, with its description in a column of its own after `width` cells of name."""
    suffix = f"*{option.suffix}" if option.suffix else "a folder"
    return Choice(f"{option.name:{width}}  {option.description}", suffix)
