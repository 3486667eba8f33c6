"""A screen whose keys come from the table of commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeVar

from textual import events
from textual.screen import Screen
from textual.widgets import Input

from reader.ui.commands import Command, Context
from reader.ui.keymap import Keymap, Match, Pending
from reader.ui.keys import name_of_key

Result = TypeVar("Result")


class CommandedScreen(Screen[Result]):
    """Turns keys into commands, and commands into calls of the handler of their context."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.handlers: dict[Context, object] = {Context.ANYWHERE: self}
        """What carries out the commands of each context."""

    @property
    def context(self) -> Context:
        """The context in which a key pressed now is understood."""
        raise NotImplementedError

    def typing(self, keys: str) -> None:
        """Show keys typed so far that are no command yet, "" when there are none."""

    async def on_key(self, event: events.Key) -> None:
        """Give the command that the key completes."""
        if isinstance(self.focused, Input):
            if event.key == "escape":
                event.stop()
                self.leave_input()
            return
        match self.keymap.feed(name_of_key(event), self.context):
            case Match(command, count):
                event.stop()
                event.prevent_default()
                self.typing("")
                await self.give(command, count)
            case Pending(typed):
                event.stop()
                event.prevent_default()
                self.typing(typed)
            case None:
                self.typing("")

    def leave_input(self) -> None:
        """Leave the line being typed."""

    def can_give(self, command: Command) -> bool:
        """Tell whether a command can be given on this screen."""
        return hasattr(self.handlers.get(command.context), command.method)

    async def give(self, command: Command, count: int = 1) -> None:
        """Carry a command out; one that asks something goes on in the background."""
        handler = self.handlers.get(command.context)
        method: Callable[[int], Awaitable[Any] | None] | None = getattr(handler, command.method, None)
        if method is None:
            return
        outcome = method(count)
        if isawaitable(outcome):
            self.run_worker(outcome, group="commands", exclusive=True)

    def hints(self) -> list[tuple[str, str]]:
        """Return key and words of the commands worth showing here, those of the pane first."""
        return [
            (self.keymap.keys_of(command)[0], command.words)
            for context in (self.context, Context.ANYWHERE)
            for command in self.keymap.commands_of(context)
            if command.hint and self.can_give(command) and self.keymap.keys_of(command)
        ]
