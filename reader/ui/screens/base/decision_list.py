"""Lists of decisions about one document: undo and redo work in them, and they follow changes made in other windows."""

from __future__ import annotations

from typing import Any, Final

from reader.annotate import Decision
from reader.reading import Reading
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.base.list_screen import ListScreen

_CHECK_SECONDS: Final = 0.3
"""Seconds between checks for decisions made in another window."""


class DecisionList:
    """What a list screen does with the decisions of one document."""

    def __init__(self, screen: ListScreen[Any], reading: Reading) -> None:
        self.reading = reading
        self._screen = screen
        self._shown = reading.history

    @property
    def prompts(self) -> Prompts:
        """Asks questions over the screen."""
        return self._screen.prompts

    def watch(self) -> None:
        """Start to check for decisions made in another window."""
        self._screen.set_interval(_CHECK_SECONDS, self._check)

    def mark_shown(self) -> None:
        """Remember that the list shows the current history."""
        self._shown = self.reading.history

    def show_message(self, message: str) -> None:
        """Show one line; say so if decisions could not be saved."""
        store, status = self.reading.store, self._screen.status_bar
        if store.safe:
            status.show(message)
        else:
            status.show(f"NOT SAVED: {message} ({store.problem})", alarm=True)

    def decide(self, *decisions: Decision) -> None:
        """Record decisions as one step, and fill the list again."""
        self.reading.refresh()
        self._screen.fill(self.reading.decide(*decisions))

    def undo(self, count: int) -> None:
        """Undo the last steps."""
        undone = [step for _ in range(count) if (step := self.reading.undo())]
        self._screen.fill(f"undid: {undone[-1]}" if undone else "nothing to undo")

    def redo(self, count: int) -> None:
        """Redo the steps undone last."""
        redone = [step for _ in range(count) if (step := self.reading.redo())]
        self._screen.fill(f"redid: {redone[-1]}" if redone else "nothing to redo")

    def _check(self) -> None:
        if self.reading.history is not self._shown and self._screen.is_attached:
            self._screen.fill("another window changed the annotations")


DECISION_ACTIONS: Final = ActionTable[DecisionList](counted={"undo": DecisionList.undo, "redo": DecisionList.redo})
