"""A screen that lies over another one for a while."""

from __future__ import annotations

from typing import TypeVar

from textual import events

from reader.ui.keys import again
from reader.ui.screens.commanded import CommandedScreen

Result = TypeVar("Result")


class VisitingScreen(CommandedScreen[Result | None]):
    """Left with Escape or q; keys that come after that are for the screen below."""

    async def on_key(self, event: events.Key) -> None:
        """Give the command that the key completes."""
        if not self.answered:
            await super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        screens = self.app.screen_stack
        below = screens[screens.index(self) - 1] if self in screens else self.app.screen
        below.post_message(again(event))

    def do_cancel(self, count: int) -> None:
        """Go back."""
        del count
        self.leave(None)

    def do_quit(self, count: int) -> None:
        """Go back."""
        del count
        self.leave(None)
