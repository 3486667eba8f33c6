"""What is typed keeps its order, however fast it comes and whatever opens and closes meanwhile."""

from __future__ import annotations

import asyncio
import random

import pytest
from textual import events

from tests.ui.conftest import Desk

_NAMES = {"?": "question_mark", "]": "right_square_bracket", "\r": "enter"}


async def type_fast(desk: Desk, keys: str, gaps: random.Random) -> None:
    """Type keys that arrive a few turns of the event loop apart, or none."""
    for key in keys:
        desk.app.post_message(events.Key(_NAMES.get(key, key), key))
        for _ in range(gaps.choice((0, 0, 1, 2, 3, 5, 8, 13, 30))):
            await asyncio.sleep(0)


@pytest.mark.parametrize("seed", [6, 17, 26, 29, 31, 53])
async def test_a_dialog_takes_only_its_own_keys_from_a_burst(desk: Desk, seed: int) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await type_fast(desk, "j]?q" * 6, random.Random(seed))
        for _ in range(10):
            await pilot.pause()
        assert desk.app.screen is desk.screen
        assert not desk.screen.answered
        fast = desk.screen.article.cursor
        desk.screen.article.jump(0)
        for _ in range(6):
            await pilot.press("j", "]")
        assert desk.screen.article.cursor == fast


@pytest.mark.parametrize("seed", range(4))
async def test_text_pasted_right_after_the_key_of_a_prompt_is_the_answer(desk: Desk, seed: int) -> None:
    gaps = random.Random(seed)
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        await type_fast(desk, "r", gaps)
        desk.app.post_message(events.Paste("River Osel\nand more"))
        await type_fast(desk, "!\r", gaps)
        for _ in range(10):
            await pilot.pause()
        assert desk.screen.article.entity is not None
        assert desk.screen.article.entity.name == "River Osel!"


async def test_pasting_does_nothing_where_no_text_is_typed(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        desk.app.post_message(events.Paste("xxq"))
        await pilot.press("?")
        desk.app.post_message(events.Paste("q"))
        await pilot.pause()
        assert desk.app.screen is not desk.screen
        await pilot.press("q")
        assert desk.app.screen is desk.screen
        assert desk.reading.history.decisions == ()
