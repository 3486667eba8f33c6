"""A screen that is one list: a title above it, a line of messages and the keys below."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult

from reader.annotate import Decision
from reader.reading import Reading
from reader.ui.base.bars import Bar, HintBar
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.asking_screen import AskingScreen
from reader.ui.screens.base.command_screen import Result
from reader.ui.screens.base.visiting_screen import VisitingScreen

_LOOK: Final = 0.3
"""Seconds between looks at whether another window has decided something."""


class ListScreen(AskingScreen[Result]):
    """Lays the list out and moves in it; subclasses fill it."""

    PLACE: ClassVar[Context]
    """The context of its own commands."""

    def __init__(self, keymap: Keymap, rows: RowList) -> None:
        super().__init__(keymap)
        self._list = rows
        self._title, self._status, self._hints = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self.handlers |= {self.PLACE: self, Context.LIST: self}

    @property
    def context(self) -> Context:
        """Always the list."""
        return self.PLACE

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield self._title
        yield self._list
        yield self._status
        yield self._hints

    def on_mount(self) -> None:
        """Fill the list."""
        self._hints.hint(self.hints())
        self.fill()

    def hints(self) -> list[tuple[str, str]]:
        """Return the hints, without keys of everywhere that mean something else here."""
        own = {key for command in self.keymap.commands_of(self.PLACE) for key in self.keymap.keys_of(command)}
        shown = {command.words for command in self.keymap.commands_of(self.PLACE)}
        return [(key, words) for key, words in super().hints() if key not in own or words in shown]

    def fill(self, message: str = "") -> None:
        """Show what there is now, and say something."""
        raise NotImplementedError

    def do_list_down(self, count: int) -> None:
        """Move down."""
        self._list.move(count)

    def do_list_up(self, count: int) -> None:
        """Move up."""
        self._list.move(-count)

    def do_list_page_down(self, count: int) -> None:
        """Move down a page."""
        self._list.move(count * self._list.page_size())

    def do_list_page_up(self, count: int) -> None:
        """Move up a page."""
        self._list.move(-count * self._list.page_size())

    def do_list_first(self, count: int) -> None:
        """Go to the first."""
        del count
        self._list.move_to(0)

    def do_list_last(self, count: int) -> None:
        """Go to the last."""
        del count
        self._list.move_to(self._list.item_count() - 1)


class DecisionsScreen(ListScreen[Result | None], VisitingScreen[Result]):
    """A list made of the decisions about one article; it follows what other windows decide."""

    def __init__(self, keymap: Keymap, rows: RowList, reading: Reading) -> None:
        super().__init__(keymap, rows)
        self.reading = reading
        self._shown = reading.history

    def on_mount(self) -> None:
        """Look at what other windows do."""
        self.set_interval(_LOOK, self._look)

    def fill(self, message: str = "") -> None:
        """Show what holds now."""
        self._shown = self.reading.history
        self.say(message)

    def say(self, message: str) -> None:
        """Show one line, and that something is not saved."""
        store = self.reading.store
        if store.safe:
            self._status.show(message)
        else:
            self._status.show(f"NOT SAVED: {message} ({store.problem})", alarm=True)

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision, and show what holds now."""
        self.reading.refresh()
        self.fill(self.reading.decide(*decisions))

    def do_undo(self, count: int) -> None:
        """Take back the last step."""
        done = [step for _ in range(count) if (step := self.reading.undo())]
        self.fill(f"undid: {done[-1]}" if done else "nothing to undo")

    def do_redo(self, count: int) -> None:
        """Do again what was undone."""
        done = [step for _ in range(count) if (step := self.reading.redo())]
        self.fill(f"redid: {done[-1]}" if done else "nothing to redo")

    def _look(self) -> None:
        if self.reading.history is not self._shown:
            self.fill("another window changed the annotations")
