"""Keeps keys and pastes in the order in which they were typed, across screens that open and close.

Keys can arrive faster than screens open and close: a slow line delivers them in bursts. No key may be lost or reach
the wrong screen. A key typed while a command is about to ask something belongs to the answer; a key typed after the
answer is a command again. The app hands every key and paste to the top screen. While a command runs, the queue of its
screen is paused. A dialog pushed above it starts paused as well, until the screen below has forwarded everything that
was typed earlier.
"""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import Any, Protocol

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from reader.ui.textual_internals.key_events import forwarded_copy, was_stopped
from reader.ui.textual_internals.typing_screen import Typed

_typed_at = attrgetter("time")


class QueueScreen(Protocol):
    """A screen that has a `TypingQueue`."""

    @property
    def answered(self) -> bool:
        """Whether the screen is being left, so that it takes no more keys."""

    @property
    def app(self) -> App[Any]:
        """The app."""

    async def handle_typed(self, event: Typed) -> None:
        """Handle a key or a paste."""

    def post_message(self, message: Message) -> bool:
        """Add a message to the screen's own queue."""

    def call_later(self, callback: Any, *args: Any, **kwargs: Any) -> bool:
        """Call a function after the messages that have arrived so far."""


class TypingQueue:
    """The keys and pastes of one screen that are waiting for their turn."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._pauses = 0
        self._waiting: list[Typed] = []
        self._above: TypingQueue | None = None
        self.closed = asyncio.Event()
        """Set once the screen has been removed and has passed on the keys that came after it was left."""

    async def receive(self, event: Typed) -> None:
        """Handle a key or paste now, or queue it while the queue is paused."""
        if not self._pauses:
            await self._screen.handle_typed(event)
            return
        consume(event)
        if self._above is not None and not self._above.screen_answered:
            self._above.queue_event(event)
        else:
            self._waiting.append(forwarded_copy(event))

    @property
    def paused(self) -> bool:
        """Whether a command is running, so that what is typed waits."""
        return self._pauses > 0

    @property
    def screen_answered(self) -> bool:
        """Whether the screen is being left."""
        return self._screen.answered

    def queue_event(self, event: Typed) -> None:
        """Take over an event that reached another screen."""
        if self._pauses:
            self._waiting.append(forwarded_copy(event))
        else:
            self._screen.post_message(forwarded_copy(event))

    def pass_below(self, event: Typed) -> None:
        """Pass an event that was typed after this screen was left to the screen below it; drop it if there is none."""
        consume(event)
        queues = [typing_queue_of(screen) for screen in self._screen.app.screen_stack]
        below = queues[: queues.index(self)] if self in queues else queues
        if below and below[-1] is not None:
            below[-1].queue_event(event)

    def pause(self) -> None:
        """Queue what is typed from now on. Pauses add up: each needs a `resume`."""
        self._pauses += 1

    def resume(self) -> None:
        """Handle what is queued, after everything that is on its way to this screen has arrived."""
        self._screen.call_later(self._handle_waiting)

    def forward_to(self, above: TypingQueue) -> None:
        """Forward queued and arriving events to a screen that has just been pushed above this one."""
        self._above = above
        for event in sorted(self._waiting, key=_typed_at):
            above.queue_event(event)
        self._waiting.clear()
        self._screen.call_later(above.resume)

    def stop_forwarding(self) -> None:
        """Keep what is typed from now on: the screen above has been answered."""
        self._above = None

    async def _handle_waiting(self) -> None:
        self._pauses -= 1
        waiting, self._waiting = sorted(self._waiting, key=_typed_at), []
        while waiting and not self._pauses:
            event = waiting.pop(0)
            await self._screen.handle_typed(event)
            if not was_stopped(event):
                self._screen.app.post_message(event)
        self._waiting = waiting + self._waiting


def typing_queue_of(screen: Screen[Any] | None) -> TypingQueue | None:
    """Return the queue of a screen, None if it has none."""
    queue = getattr(screen, "typing_queue", None)
    return queue if isinstance(queue, TypingQueue) else None


def consume(event: Typed) -> None:
    """Mark an event as handled: it neither bubbles nor triggers the default handling."""
    event.stop()
    event.prevent_default()
