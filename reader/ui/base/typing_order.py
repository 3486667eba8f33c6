"""Screens that take what is typed in the order in which it was typed.

Keys may arrive faster than screens open and close (a slow line delivers them in bursts). None is lost or taken for
another: those typed while a command is about to ask something are answers, those typed after an answer are commands.
The app gives each key and each paste to the screen on top; while a command is at work its screen holds them, and what
is pushed above it holds until the screen below has passed on whatever was typed before.
"""

from __future__ import annotations

import asyncio
from typing import Any, TypeAlias, TypeVar

from textual import events, on
from textual.screen import Screen

from reader.ui.base._textual import forwarded_copy, was_stopped

Result = TypeVar("Result")
Typed: TypeAlias = events.Key | events.Paste


class TurnTaking(Screen[Result]):
    """Takes what is typed in its turn, by `take_typed`."""

    def __init__(self) -> None:
        super().__init__()
        self._holds = 0
        self._held: list[Typed] = []
        self._above: TurnTaking[Any] | None = None
        self.gone = asyncio.Event()
        """Set when the screen has been removed, and has passed on what came after it was left."""

    @property
    def answered(self) -> bool:
        """Whether the screen has been left."""
        raise NotImplementedError

    async def take_typed(self, event: Typed) -> None:
        """Understand a key, or a paste."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Take a key, or hold it."""
        await self._take_or_hold(event)

    async def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, or hold it."""
        await self._take_or_hold(event)

    @on(events.Unmount)
    def _say_gone(self) -> None:
        self.gone.set()

    def hear(self, event: Typed) -> None:
        """Take, in its turn, what another screen was given."""
        if self._holds:
            self._held.append(forwarded_copy(event))
        else:
            self.post_message(forwarded_copy(event))

    def pass_down(self, event: Typed) -> None:
        """Let the screen below have what was typed after this one had been left."""
        event.stop()
        event.prevent_default()
        screens = self.app.screen_stack
        below = screens[screens.index(self) - 1] if self in screens else self.app.screen
        if isinstance(below, TurnTaking):
            below.hear(event)

    def hold(self) -> None:
        """Hold what is typed from now on."""
        self._holds += 1

    def release(self) -> None:
        """Take what was held, once all that is on its way here has arrived."""
        self.call_later(self._go_on)

    def pass_up(self, above: TurnTaking[Any]) -> None:
        """Let a screen that has just been pushed have what is held here, and what is still on its way."""
        self._above = above
        for event in sorted(self._held, key=lambda each: each.time):
            above.hear(event)
        self._held.clear()
        self.call_later(above.release)

    def keep(self) -> None:
        """Let the screen above have nothing more: it has been answered."""
        self._above = None

    async def _take_or_hold(self, event: Typed) -> None:
        if not self._holds:
            await self.take_typed(event)
            return
        event.stop()
        event.prevent_default()
        if self._above is not None and not self._above.answered:
            self._above.hear(event)
        else:
            self._held.append(forwarded_copy(event))

    async def _go_on(self) -> None:
        self._holds -= 1
        held, self._held = sorted(self._held, key=lambda each: each.time), []
        while held and not self._holds:
            event = held.pop(0)
            await self.take_typed(event)
            if not was_stopped(event):
                self.app.post_message(event)
        self._held = held + self._held
