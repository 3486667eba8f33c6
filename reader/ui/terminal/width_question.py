"""Asks the terminal how wide it draws clusters. Nothing waits for the answers, and keys typed meanwhile are keys."""

from __future__ import annotations

from threading import Event
from typing import Final

from reader.ui.terminal.drawn_clusters import Join

_FIRST_ROW: Final = 1
"""The row of the first sample, counted from 0. In the top row, an answer would look like a modified F3."""
LEAST_ROWS: Final = _FIRST_ROW + len(Join) + 1
"""Rows of a terminal in which every sample has a row of its own."""


class WidthQuestion:
    """The samples drawn at the start, each in a row of its own: so each answer names its sample."""

    def __init__(self) -> None:
        self._rows = dict(enumerate(Join, _FIRST_ROW))
        self._joined: set[Join] = set()
        self._open_rows: set[int] = set()
        self._answered = Event()

    def ask(self) -> str:
        """Return what draws each sample, asks for the position of the cursor, and clears the row again."""
        self._joined.clear()
        self._answered.clear()
        self._open_rows = set(self._rows)
        return "".join(
            f"\x1b[{row + 1};1H{join.sample}\x1b[6n\x1b[{row + 1};1H\x1b[2K" for row, join in self._rows.items()
        )

    def take_answer(self, column: int, row: int) -> bool:
        """Take a position of the cursor, counted from 0; return whether it completes the answers."""
        if row not in self._open_rows:
            return False
        self._open_rows.remove(row)
        if column == 2:
            self._joined.add(self._rows[row])
        if not self._open_rows:
            self._answered.set()
        return not self._open_rows

    @property
    def joined(self) -> frozenset[Join]:
        """What the terminal draws as one character."""
        return frozenset(self._joined)

    def wait(self, seconds: float) -> None:
        """Wait until the terminal has answered, at most some seconds."""
        self._answered.wait(seconds)
