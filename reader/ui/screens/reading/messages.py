"""The line of messages of the reading screen: what is said of a command goes when the next one is given."""

from __future__ import annotations

from reader.reading import Reading
from reader.ui.keys.commands import Command
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.reading.panes import PanedScreen


class Telling(PanedScreen):
    """Says one thing at a time, in the words of the last command that had something to say."""

    def __init__(self, reading: Reading, keymap: Keymap, *, offset: int = 0) -> None:
        super().__init__(reading, keymap, offset=offset)
        self._message, self._alarm, self._lasting = "", False, False

    @property
    def message(self) -> str:
        """What was said last."""
        return self._message

    def say(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line as the last action.

        Args:
            message: The line.
            alarm: Whether it must not be missed.
            lasting: Whether it is about more than the last command, and stays until something else is said; an alarm
                always does.
        """
        self._message, self._alarm, self._lasting = message, alarm, alarm or lasting
        self.refresh_bars()

    async def give(self, command: Command, count: int = 1) -> None:
        """Carry a command out, without what was said of the one before."""
        said, self._message = self._message, self._message if self._lasting else ""
        await super().give(command, count)
        if said != self._message:
            self.refresh_bars()
