"""The keys, by pane, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

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

_ELSEWHERE: Final = frozenset(Context) - {
    Context.TEXT,
    Context.SELECTING,
    Context.RESIZING,
    Context.ENTITIES,
    Context.DETAILS,
    Context.ANYWHERE,
}
"""Contexts of other screens."""
_KEYS_WIDTH: Final = 24
_SIGNS: Final = (
    ("o p g …", "The label of an entity: the letter that gives it when marking"),
    ("+2", "Two more names of the same entity"),
    ("?", "Perhaps the same as another; the details say which"),
    ("●", "Marked for merging"),
    ("✎  #", "There is a note; there are tags"),
    ("double line", "You marked it, or gave it its label"),
)
"""What stands beside names, and under them."""


class HelpRows(RowList):
    """A row for each command, a title for each pane."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--key", "help--title"}

    def __init__(self, keymap: Keymap, context: Context, can_give: Callable[[Command], bool]) -> None:
        super().__init__()
        here = contexts_of(context)
        beside = () if context in _ELSEWHERE else (each for each in Context if each not in {*here, *_ELSEWHERE})
        order = [*here, *beside]
        self._lines: list[tuple[str, str]] = []
        for each in order:
            self._lines += [("", ""), ("", CONTEXT_TITLES[each])] if self._lines else [("", CONTEXT_TITLES[each])]
            for command in keymap.commands_of(each):
                if can_give(command) and (keys := keymap.keys_of(command)):
                    self._lines.append(("  ".join(keys), command.about))
        if Context.TEXT in order:
            self._lines += [("", ""), ("", "Signs"), *_SIGNS]

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._lines)

    def marks_cursor(self) -> bool:
        """Nothing is chosen here."""
        return False

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a command or a title."""
        keys, words = self._lines[index]
        if not keys:
            return [[Segment(f" {words}", self.get_component_rich_style("help--title", partial=True))]]
        room = min(_KEYS_WIDTH, max(width // 4, 8))
        key_style = self.get_component_rich_style("help--key", partial=True)
        return [[Segment("   " + pad(keys, room) + " ", key_style), Segment(fit(words, max(width - room - 5, 4)))]]


class HelpScreen(Dialog[None]):
    """Shows every key; those of the pane at hand first."""

    def __init__(self, keymap: Keymap, context: Context, can_give: Callable[[Command], bool]) -> None:
        super().__init__()
        self._rows = HelpRows(keymap, context, can_give)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="dialog -large"):
            yield Static(Content("Keys"), classes="dialog--title")
            yield self._rows
            yield Static(Content("j k move · Esc leave · counts go before a key: 5j"), classes="dialog--hint")

    def on_mount(self) -> None:
        """Fill the list."""
        self._rows.refill()
        self._rows.focus()

    def process_key(self, event: events.Key) -> None:
        """Scroll or leave."""
        consume(event)
        key = name_of_key(event)
        page = self._rows.page_size()
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "space": page, "pagedown": page, "b": -page, "pageup": -page}
        if key in {"escape", "q", "?", "f1", "enter"}:
            self.answer(None)
        elif step := steps.get(key):
            self._rows.scroll_relative(y=step, animate=False)
