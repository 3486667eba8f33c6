"""Remembers the position in the document, so that reading continues there the next time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from reader.reading import Reading
    from reader.ui.article.pane import Article
    from reader.ui.screens.reading.recognition_task import RecognitionTask

_DELAY: Final = 0.5
"""Seconds after opening at which the document is remembered, so that this delays neither first paint nor highlights."""
_SECONDS: Final = 15.0
"""Seconds between which the position is remembered, in case the program is killed."""


class RememberedScreen(Protocol):
    """The screen whose position is remembered."""

    reading: Reading
    article: Article
    recognition: RecognitionTask

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""

    def set_timer(self, delay: float, callback: Callable[[], Coroutine[Any, Any, None]]) -> object:
        """Call a function after some seconds."""

    def set_interval(self, interval: float, callback: Callable[[], Coroutine[Any, Any, None]]) -> object:
        """Call a function every so many seconds."""


class PositionMemory:
    """Tells the store where the cursor is: shortly after the document is opened, now and then, and at the end."""

    def __init__(self, screen: RememberedScreen) -> None:
        self._screen = screen
        self._position = screen.article.cursor
        """The position that was remembered last."""
        self._problem = ""
        """Why the position could not be saved the last time, "" if it was."""

    def start(self) -> None:
        """Remember the position from now on."""
        self._screen.set_timer(_DELAY, self.remember)
        self._screen.set_interval(_SECONDS, self.remember_if_moved)

    async def remember(self) -> None:
        """Remember the document and the position in it; this also shows early whether decisions can be saved."""
        reading, self._position = self._screen.reading, self._screen.article.cursor
        if reading.store.persistent:
            await asyncio.to_thread(reading.store.remember, reading.document, self._position)
            self._show_problem(reading.store.problem, has_unsaved_decisions=not reading.store.safe)

    def _show_problem(self, problem: str, *, has_unsaved_decisions: bool) -> None:
        """Say once why nothing can be saved; the status line says so anyway while decisions are unsaved."""
        if problem and problem != self._problem and not has_unsaved_decisions:
            self._screen.show_message(f"nothing can be saved: {problem}", alarm=True)
        self._problem = problem

    async def remember_if_moved(self) -> None:
        """Remember the position if the cursor has moved."""
        if self._screen.article.cursor != self._position:
            await self.remember()

    def remember_at_once(self) -> None:
        """Remember the position, and how many mentions are decided, before the document is left."""
        reading = self._screen.reading
        reading.store.remember(reading.document, self._screen.article.cursor)
        if reading.store.persistent and self._screen.recognition.is_complete:
            from reader.library.decided_counts import DecidedCount, save_count  # not needed for the first paint

            decided, records = reading.decided, reading.store.records(reading.document)
            save_count(reading.document.digest, DecidedCount(decided.total, decided.count, len(records)))
