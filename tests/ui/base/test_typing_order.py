"""Keys keep their order, however fast they come and whatever opens and closes in the meantime."""

from __future__ import annotations

import asyncio
import random

import pytest
from textual import events
from textual.app import App

from tests.ui.conftest import AppHarness

_NAMES = {"?": "question_mark", "]": "right_square_bracket", "\r": "enter"}


async def type_fast(harness: AppHarness, keys: str, gaps: random.Random) -> None:
    """Type keys that arrive zero to thirty turns of the event loop apart."""
    for key in keys:
        harness.app.post_message(events.Key(_NAMES.get(key, key), key))
        for _ in range(gaps.choice((0, 0, 1, 2, 3, 5, 8, 13, 30))):
            await asyncio.sleep(0)


@pytest.mark.parametrize("seed", [6, 17, 26, 29, 31, 53])
async def test_a_dialog_takes_only_its_own_keys_from_a_burst(harness: AppHarness, seed: int) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await type_fast(harness, "j]?q" * 6, random.Random(seed))
        for _ in range(10):
            await pilot.pause()
        assert harness.app.screen is harness.screen
        assert not harness.screen.answered
        fast = harness.screen.article.cursor
        harness.screen.article.jump(0)
        for _ in range(6):
            await pilot.press("j", "]")
        assert harness.screen.article.cursor == fast


@pytest.mark.parametrize("seed", range(4))
async def test_text_pasted_right_after_the_key_of_a_prompt_is_the_answer(harness: AppHarness, seed: int) -> None:
    gaps = random.Random(seed)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        await type_fast(harness, "r", gaps)
        harness.app.post_message(events.Paste("River Osel\nand more"))
        await type_fast(harness, "!\r", gaps)
        for _ in range(10):
            await pilot.pause()
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "River Osel!"


async def test_pasting_does_nothing_where_no_text_is_typed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.app.post_message(events.Paste("xxq"))
        await pilot.press("?")
        harness.app.post_message(events.Paste("q"))
        await pilot.pause()
        assert harness.app.screen is not harness.screen
        await pilot.press("q")
        assert harness.app.screen is harness.screen
        assert harness.reading.history.decisions == ()


@pytest.mark.parametrize(("keys", "count"), [(["q", "ctrl+z"], 0), (["j", "ctrl+z"], 1)])
async def test_ctrl_z_takes_its_turn_among_the_keys_typed_before(
    keys: list[str], count: int, harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    suspended: list[App[int]] = []
    monkeypatch.setattr(App, "action_suspend_process", lambda app: suspended.append(app))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for key in keys:
            harness.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(10):
            await pilot.pause()
        assert harness.app.is_running == bool(count)
    assert len(suspended) == count
