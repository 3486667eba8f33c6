"""A screen whose keys come from the table of commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events

from reader.ui.base.typing_order import TurnTaking, Typed
from reader.ui.keys.commands import Command, Context, contexts_of
from reader.ui.keys.key_names import name_of_key
from reader.ui.keys.keymap import Keymap, Match, Pending

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.ui.dialogs.input_line import InputLine
    from reader.ui.dialogs.question import Dialog

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class CommandedScreen(TurnTaking[Result]):
    """Turns keys into commands, and commands into calls of the handler of their context."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.handlers: dict[Context, object] = {Context.ANYWHERE: self}
        """What carries out the commands of each context."""
        self._asked_last: TurnTaking[Any] | None = None
        self._left = False

    @property
    def context(self) -> Context:
        """The context in which a key pressed now is understood."""
        raise NotImplementedError

    @property
    def line(self) -> InputLine | None:
        """The line of text that is being typed on this screen."""
        return None

    def typing(self, keys: str) -> None:
        """Show keys typed so far that are no command yet, "" when there are none."""

    def unheard(self, key: str) -> None:
        """Take note of a key that means nothing here."""

    def leave_line(self, *, accepted: bool) -> None:
        """Leave the line being typed, by Enter or by Escape."""

    async def take_typed(self, event: Typed) -> None:
        """Give the command that a key completes."""
        if self._left:
            event.stop()
        elif isinstance(event, events.Paste):
            if self.line is not None:
                event.stop()
                self.line.insert_pasted(event.text)
        elif (line := self.line) is not None:
            self._type(event, line)
        else:
            await self._feed(event)

    def can_give(self, command: Command) -> bool:
        """Tell whether a command can be given on this screen."""
        return hasattr(self.handlers.get(command.context), command.method)

    def can_enter(self, context: Context) -> bool:
        """Tell whether `enter` leads to a context."""
        del context
        return False

    def enter(self, context: Context) -> None:
        """Go where the commands of a context can be given."""

    async def give(self, command: Command, count: int = 1) -> None:
        """Carry a command out; one that asks something goes on in the background."""
        outcome = self.call(command, count)
        if outcome is not None:
            self.hold()
            self.run_worker(self._work(outcome), group="commands")

    def call(self, command: Command, count: int) -> Awaitable[None] | None:
        """Carry a command out, or return what is still to be waited for."""
        handler = self.handlers.get(command.context)
        method: Callable[[int], Awaitable[None] | None] | None = getattr(handler, command.method, None)
        outcome = method(count) if method else None
        return outcome if isawaitable(outcome) else None

    async def carry_out(self, command: Command) -> None:
        """Carry a command out as part of another."""
        outcome = self.call(command, 1)
        if outcome is not None:
            await outcome

    def leave(self, result: Result) -> None:
        """Leave the screen with a result, or the app from its first screen; keys that still come are for nobody."""
        if self._left:
            return
        self._left = True
        if self.app.screen_stack[0] is self:
            self.app.exit(0)
        else:
            self.dismiss(result)

    @property
    def answered(self) -> bool:
        """Whether the screen has been left."""
        return self._left

    async def ask(self, dialog: Dialog[Answer] | CommandedScreen[Answer | None]) -> Answer | None:
        """Ask something, or go to another screen; return the answer, None where it was left without one."""
        await self._until_closed()
        dialog.hold()
        try:
            screen: Screen[Answer | None] = dialog
            waiting = self.app.push_screen(screen, wait_for_dismiss=True)
            self.pass_up(dialog)
            return await waiting
        finally:
            self.keep()
            self._asked_last = dialog

    def hints(self) -> list[tuple[str, str]]:
        """Return key and words of the commands worth showing here, those of the pane first."""
        return [
            (self.keymap.keys_of(command)[0], command.words)
            for context in (self.context, Context.ANYWHERE)
            for command in self.keymap.commands_of(context)
            if command.hint and self.can_give(command) and self.keymap.keys_of(command)
        ]

    def do_theme(self, count: int) -> None:
        """Change between dark and light, now and at the next start."""
        from reader.settings import save_theme

        del count
        theme = "light" if self.app.current_theme.dark else "dark"
        self.app.theme = f"reader-{theme}"
        save_theme(theme)

    async def do_palette(self, count: int) -> None:
        """Find a command by what it does."""
        from reader.ui.dialogs.palette import fitting, offered
        from reader.ui.dialogs.picker import Picker

        del count
        commands = offered(self)
        chosen = await self.ask(Picker("What is to be done?", partial(fitting, commands, self.keymap)))
        if chosen:
            command = commands[chosen[0]]
            if command.context not in contexts_of(self.context):
                self.enter(command.context)
            await self.carry_out(command)

    async def do_help(self, count: int) -> None:
        """Show the keys."""
        from reader.ui.dialogs.help import HelpScreen

        del count
        await self.ask(HelpScreen(self.keymap, self.context, self.can_give))

    async def _feed(self, event: events.Key) -> None:
        first = not self.keymap.pending
        outcome = self.keymap.feed(name_of_key(event), self.context)
        if outcome is not None:
            event.stop()
            event.prevent_default()
        self.typing(outcome.typed if isinstance(outcome, Pending) else "")
        if isinstance(outcome, Match):
            await self.give(outcome.command, outcome.count)
        elif outcome is None and first:
            self.unheard(name_of_key(event))

    def _type(self, event: events.Key, line: InputLine) -> None:
        if event.key in {"enter", "escape"}:
            event.stop()
            event.prevent_default()
            self.leave_line(accepted=event.key == "enter")
        else:
            line.process_key(event)

    async def _work(self, command: Awaitable[None]) -> None:
        try:
            await command
            await self._until_closed()
        finally:
            self.release()

    async def _until_closed(self) -> None:
        if self._asked_last is not None:
            await self._asked_last.gone.wait()
            self._asked_last = None
