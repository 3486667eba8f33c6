"""The message in the status line of the reading screen."""

from __future__ import annotations

from collections import deque
from typing import Final

_MOST_LOGGED: Final = 20
"""The number of messages that can be read again."""


class StatusMessage:
    """One message at a time. It goes when the next command runs, unless it is lasting."""

    def __init__(self) -> None:
        self.logged: deque[str] = deque(maxlen=_MOST_LOGGED)
        """The last messages, oldest first."""
        self.text = ""
        self.alarm = False
        """Whether it must not be missed."""
        self.lasting = False
        """Whether it stays until another message is shown."""

    def show(self, text: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Replace the message.

        Args:
            text: One line.
            alarm: Whether it must not be missed. An alarm always lasts.
            lasting: Whether it is about more than the last command, and stays until another message is shown.
        """
        if text and text != self.text:
            self.logged.append(text)
        self.text, self.alarm, self.lasting = text, alarm, alarm or lasting

    def expire(self) -> bool:
        """Clear the message because the next command runs; return whether that changed anything."""
        if self.lasting or not self.text:
            return False
        self.text = ""
        return True
