"""The commands of the screen, by name, in the command palette."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from reader.ui.commands import COMMANDS, Command, Context
from reader.ui.screens.commanded import CommandedScreen


class CommandProvider(Provider):
    """Offers what the table of commands has for the screen from which the palette was opened."""

    async def discover(self) -> Hits:
        """Offer everything."""
        for command in self._commands():
            yield DiscoveryHit(self._title(command), partial(self._give, command), help=command.about)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            title = self._title(command)
            score = max(matcher.match(title), matcher.match(command.about) * 0.9)
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._give, command), help=command.about)

    def _commands(self) -> list[Command]:
        screen = self.screen
        if not isinstance(screen, CommandedScreen):
            return []
        contexts = {screen.context, Context.ANYWHERE}
        return [command for command in COMMANDS if command.context in contexts and screen.can_give(command)]

    def _title(self, command: Command) -> str:
        assert isinstance(self.screen, CommandedScreen)
        keys = self.screen.keymap.keys_of(command)
        return f"{command.about}  ({keys[0]})" if keys else command.about

    async def _give(self, command: Command) -> None:
        assert isinstance(self.screen, CommandedScreen)
        await self.screen.give(command)
