"""What the line at the foot of a screen is used for: to search, to filter, to go to a position."""

from __future__ import annotations

from typing import Protocol

from reader.ui.keys.contexts import Context


class LineUse(Protocol):
    """One use of the line in which the user types. It learns of every change."""

    @property
    def mode(self) -> str:
        """The word in the status line while the line is open."""

    @property
    def context(self) -> Context | None:
        """The context of the keys that do more than edit, None if there are none."""

    @property
    def placeholder(self) -> str:
        """What the empty line says."""

    def begin(self) -> str:
        """Prepare for typing; return the text that the line begins with."""

    def change(self, text: str) -> None:
        """React to what is typed so far."""

    def end(self, text: str, *, accepted: bool) -> None:
        """React to the end of typing, by Enter (accepted) or by Escape."""
