"""A screen that shows one list, with a title above it and the status line and the hints below it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from reader.ui.actions.row_motions import LIST_MOTIONS
from reader.ui.base.bars import Bar, HintBar, StatusBar
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Command
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import CommandScreen, Result
from reader.ui.screens.base.common_actions import COMMON_ACTIONS


class ListScreen(CommandScreen[Result]):
    """Lays the list out and moves its cursor. Subclasses fill it and bind the actions of their own commands."""

    CONTEXT: ClassVar[Context]
    """The context of the screen's own commands."""

    def __init__(self, keymap: Keymap, rows: RowList) -> None:
        super().__init__(keymap)
        self._list = rows
        self._key_hint = ""
        self.title_bar, self.status_bar, self._hint_bar = Bar(id="title"), StatusBar(id="status"), HintBar(id="hints")
        self.actions.bind(COMMON_ACTIONS, self)
        self.actions.bind(LIST_MOTIONS, rows)

    @property
    def context(self) -> Context:
        """The context of the list."""
        return self.CONTEXT

    def compose(self) -> ComposeResult:
        """Lay out the list and the bars."""
        yield self.title_bar
        yield self._list
        yield self.status_bar
        yield self._hint_bar

    def on_mount(self) -> None:
        """Fill the list."""
        self._hint_bar.hint(self.hints())
        self.fill()

    def on_resize(self) -> None:
        """Give a message the rows that it needs in the new width."""
        self.status_bar.fit_rows()

    def show_typed(self, keys: str) -> None:
        """Show the keys that can follow those typed so far."""
        del keys
        self._hint_bar.hint(self.hints())

    def show_key_hint(self, message: str) -> None:
        """Show a hint about a key that does nothing here."""
        self._key_hint = message
        self.status_bar.show(message)

    async def start_command(self, command: Command, count: int = 0) -> None:
        """Run a command, and clear what is said about a key before it."""
        if self._key_hint and self.status_bar.text == self._key_hint:
            self.status_bar.show("")
        self._key_hint = ""
        await super().start_command(command, count)

    def fill(self, message: str = "") -> None:
        """Show the current items, and a message."""
        raise NotImplementedError
