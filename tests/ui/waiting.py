"""Wait for what the app does in other threads and processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot


async def shown(pilot: Pilot[Any], is_shown: Callable[[], bool]) -> None:
    """Wait until something is shown, for as long as a busy machine may take."""
    for _ in range(6_000):
        await pilot.pause()
        if is_shown():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(pilot.app.screen)
