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
from reader.ui.dialogs.base.row_keys import moves_rows
from reader.ui.keys.key_names import name_of_key

_MAX_ROWS: Final = 22
_OTHER_ROWS: Final = 14
"""Rows of the dialog besides the formats."""
_PREVIEW_ROWS: Final = 6
"""Rows of what a format cannot carry, which a low terminal has no room for."""
_HINT: Final = "j k move · / filter · d decided or all · Enter choose · Esc leave"
_FILTERING_HINT: Final = "type to filter · Backspace all · Enter choose · Esc leave"


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
        self._shown = [*range(len(options))]
        """The numbers of the formats that the filter lets through."""
        self._typed: str | None = None
        """The filter, None while none is typed."""
        self._cursor = cursor
        self._decided = decided
        width = max((len(option.name) for option in options), default=0)
        self._choices = [_choice(option, width) for option in options]
        self._rows = ChoiceRows(self._choices, ticking=False)
        self._filter_line = Static(classes="dialog--typed")
        self._preview = Static(classes="export--preview")
        self._scope = Static(classes="export--scope")

    def compose(self) -> ComposeResult:
        """Lay out the list and the preview."""
        with Vertical(classes="dialog -wide"):
            yield Static(Content(self._title), classes="dialog--title")
            yield self._filter_line
            yield self._rows
            yield self._preview
            yield self._scope
            yield self.hint_line

    def on_mount(self) -> None:
        """Show the format that was chosen last."""
        self._rows.refill(cursor=self._cursor)
        self._rows.focus()
        self._show_filter()
        self._show_preview()

    def on_resize(self) -> None:
        """Show as many formats as fit; the list scrolls to the others."""
        super().on_resize()
        other_rows = _OTHER_ROWS + (self._typed is not None)
        if self.has_class("-dense"):
            other_rows -= _PREVIEW_ROWS
        self._rows.styles.height = max(min(len(self._options), _MAX_ROWS, self.room_beside(other_rows)), 1)

    def process_key(self, event: events.Key) -> None:
        """Choose, move, switch, filter or leave."""
        consume(event)
        key = name_of_key(event)
        if key == "escape":
            self.answer(None)
        elif key == "enter":
            self._choose(self._rows.cursor)
        elif key == "d" and self._typed is None:
            self._decided = not self._decided
            self._show_preview()
        elif moves_rows(self._rows, key, letters=self._typed is None):
            self._show_preview()
        elif key == "backspace" and self._typed is not None:
            self._filter(self._typed[:-1] or None)
        elif key == "/" and self._typed is None:
            self._filter("")
        elif event.is_printable and event.character:
            self._filter((self._typed or "") + event.character)

    def _filter(self, typed: str | None) -> None:
        """Show the formats whose row has what was typed, those whose name begins with it first."""
        option = self._shown[self._rows.cursor] if self._rows.cursor < len(self._shown) else 0
        query = (typed or "").casefold().strip()
        numbers = [number for number, choice in enumerate(self._choices) if query in self._words(number)]
        self._shown = sorted(numbers, key=lambda number: not self._options[number].name.startswith(query))
        self._typed = typed
        self._rows.choices = [self._choices[number] for number in self._shown]
        self._rows.refill(cursor=0 if query else self._shown.index(option))
        self._show_filter()
        self._show_preview()

    def _words(self, number: int) -> str:
        choice = self._choices[number]
        return f"{choice.text} {choice.note}".casefold()

    def _choose(self, index: int) -> None:
        if index < len(self._shown):
            self.answer(ExportChoice(self._shown[index], self._decided))

    def _show_filter(self) -> None:
        self._filter_line.display = self._typed is not None
        self._filter_line.update(Content(f"/{self._typed or ''}▏"))
        self.show_hint(_HINT if self._typed is None else _FILTERING_HINT)

    @on(RowList.Moved)
    def _show_preview(self) -> None:
        if not self._shown:
            self._preview.update(Content(f"No format has “{self._typed}”."))
            return
        option = self._options[self._shown[self._rows.cursor]]
        omits = f"Leaves out: {', '.join(option.omits)}." if option.omits else "Leaves out nothing."
        self._preview.update(Content(f"{option.description}\n{omits}"))
        scope = "only mentions that a person decided about" if self._decided else "all mentions, machine-found ones too"
        self._scope.update(Content(f"Writes {scope}."))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._choose(event.index)


def _choice(option: ExportOption, width: int) -> Choice:
    """Return the row of a format, with its description in a column of its own after `width` cells of name."""
    suffix = f"*{option.suffix}" if option.suffix else "a folder"
    return Choice(f"{option.name:{width}}  {option.description}", suffix)
