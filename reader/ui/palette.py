"""The commands of the screen, by name, in the command palette."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from reader.ui.commands import Command, Context, contexts_of
from reader.ui.screens.commanded import CommandedScreen


class CommandProvider(Provider):
    """Offers what the table of commands has for the screen from which the palette was opened, its own pane first."""

    async def discover(self) -> Hits:
        """Offer everything."""
        for command in self._commands():
            yield DiscoveryHit(command.about, partial(self._give, command), help=self._note(command))

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.about), matcher.match(command.words))
            if score > 0:
                title = matcher.highlight(command.about)
                yield Hit(score, title, partial(self._give, command), help=self._note(command))

    def _commands(self) -> list[Command]:
        screen = self.screen
        if not isinstance(screen, CommandedScreen):
            return []
        nearest = contexts_of(screen.context)
        order = [*nearest, *(context for context in Context if context not in nearest)]
        return [
            command
            for context in order
            for command in screen.keymap.commands_of(context)
            if screen.can_give(command) and (context in nearest or screen.can_enter(context))
        ]

    def _note(self, command: Command) -> str:
        assert isinstance(self.screen, CommandedScreen)
        place = "" if command.context is Context.ANYWHERE else f"in the {command.context}"
        return " · ".join(filter(None, (", ".join(self.screen.keymap.keys_of(command)), place)))

    async def _give(self, command: Command) -> None:
        assert isinstance(self.screen, CommandedScreen)
        if command.context not in contexts_of(self.screen.context):
            self.screen.enter(command.context)
        await self.screen.give(command)
