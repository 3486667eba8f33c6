"""A screen that lies over another one for a while."""

from __future__ import annotations

from typing import TypeVar

from reader.ui.base.typing_order import Typed
from reader.ui.screens.base.command_screen import CommandedScreen

Result = TypeVar("Result")


class VisitingScreen(CommandedScreen[Result | None]):
    """Left with Escape or q; keys that come after that are for the screen below."""

    async def take_typed(self, event: Typed) -> None:
        """Give the command that a key completes."""
        if self.answered:
            self.pass_down(event)
        else:
            await super().take_typed(event)

    def do_cancel(self, count: int) -> None:
        """Go back."""
        del count
        self.leave(None)

    def do_quit(self, count: int) -> None:
        """Go back."""
        del count
        self.leave(None)
