"""The help screen: every key by pane, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.display.cells import fit, pad
from reader.ui.base.row_list import RowList
from reader.ui.base.typing_order import consume
from reader.ui.dialogs.question import Dialog
from reader.ui.keys.commands import CONTEXT_TITLES, Command, Context, contexts_of
from reader.ui.keys.key_names import name_of_key
from reader.ui.keys.keymap import Keymap

_READING_CONTEXTS: Final = frozenset(
    {Context.TEXT, Context.SELECTING, Context.RESIZING, Context.ENTITIES, Context.DETAILS, Context.ANYWHERE}
)
"""The contexts of the reading screen; its help shows all of them."""
_MAX_KEYS_WIDTH: Final = 24
"""Most cells for the column of keys."""
_SIGNS: Final = (
    ("o p g …", "The label of an entity, as its letter in the label menu"),
    ("+2", "Two more names of the same entity"),
    ("?", "Perhaps the same as another entity; the details say which"),
    ("●", "Marked for merging"),
    ("✎  #", "Has a note; has tags"),
    ("double line", "You added the mention, or chose its label"),
)
"""The signs beside names and under mentions."""


class HelpRow(NamedTuple):
    """A row of the help screen: the keys of a command, or a sign, and what it means.

    A row without keys is a title; one without any text is empty.
    """

    keys: str
    description: str


class HelpRows(RowList):
    """A title for each pane, and a row for each of its commands."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--key", "help--title"}

    def __init__(self, keymap: Keymap, context: Context, can_run: Callable[[Command], bool]) -> None:
        super().__init__()
        current_contexts = contexts_of(context)
        contexts = [*current_contexts]
        if context in _READING_CONTEXTS:
            contexts += [other for other in Context if other in _READING_CONTEXTS and other not in current_contexts]
        self._rows: list[HelpRow] = []
        for section in contexts:
            self._add_title(CONTEXT_TITLES[section])
            for command in keymap.commands_of(section):
                if can_run(command) and (keys := keymap.keys_of(command)):
                    self._rows.append(HelpRow("  ".join(keys), command.about))
        if Context.TEXT in contexts:
            self._add_title("Signs")
            self._rows += [HelpRow(*sign) for sign in _SIGNS]

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def marks_cursor(self) -> bool:
        """Return False: there is nothing to choose."""
        return False

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a command or a title."""
        row = self._rows[index]
        if not row.keys:
            return [[Segment(f" {row.description}", self.get_component_rich_style("help--title", partial=True))]]
        keys_width = min(_MAX_KEYS_WIDTH, max(width // 4, 8))
        key_style = self.get_component_rich_style("help--key", partial=True)
        description = fit(row.description, max(width - keys_width - 5, 4))
        return [[Segment("   " + pad(row.keys, keys_width) + " ", key_style), Segment(description)]]

    def _add_title(self, title: str) -> None:
        if self._rows:
            self._rows.append(HelpRow("", ""))
        self._rows.append(HelpRow("", title))


class HelpScreen(Dialog[None]):
    """Shows every key, those of the current pane first."""

    def __init__(self, keymap: Keymap, context: Context, can_run: Callable[[Command], bool]) -> None:
        super().__init__()
        self._rows = HelpRows(keymap, context, can_run)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog -large"):
            yield Static(Content("Keys"), classes="dialog--title")
            yield self._rows
            yield Static(Content("j k move · Esc leave · a count goes before a key: 5j"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Fill the list."""
        self._rows.refill()
        self._rows.focus()

    def process_key(self, event: events.Key) -> None:
        """Scroll or leave."""
        consume(event)
        key = name_of_key(event)
        page = self._rows.page_size()
        distances = {"j": 1, "down": 1, "k": -1, "up": -1, "space": page, "pagedown": page, "b": -page, "pageup": -page}
        if key in {"escape", "q", "?", "f1", "enter"}:
            self.answer(None)
        elif distance := distances.get(key):
            self._rows.scroll_relative(y=distance, animate=False)
