"""A screen whose keys and pastes wait for their turn."""

from __future__ import annotations

import asyncio
from typing import Protocol, TypeAlias, TypeVar

from textual import events, on

from reader.ui.textual_internals.screen_stack import SizedScreen

Result = TypeVar("Result")
Typed: TypeAlias = events.Key | events.Paste


class Queue(Protocol):
    """Keeps keys and pastes in the order in which they were typed."""

    closed: asyncio.Event
    """Set once the screen has been removed."""

    async def receive(self, event: Typed) -> None:
        """Handle a key or paste now, or later."""


class TypingScreen(SizedScreen[Result]):
    """Gives every key and paste to its queue before a widget or the app can take it."""

    typing_queue: Queue
    _answered = False

    @property
    def answered(self) -> bool:
        """Whether the screen is being left, so that it takes no more keys."""
        return self._answered

    async def on_key(self, event: events.Key) -> None:
        """Queue a key, or handle it."""
        await self.typing_queue.receive(event)

    async def on_paste(self, event: events.Paste) -> None:
        """Queue a paste, or handle it."""
        await self.typing_queue.receive(event)

    @on(events.Unmount)
    def _close_queue(self) -> None:
        self.typing_queue.closed.set()
