"""Work in the background that is canceled before it starts leaves nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.ui.conftest import AppHarness


def export(screen: ReadingScreen) -> None:
    screen.background_export.start("jsonl", Path("never.jsonl"), decided=False, replaces=False)


def search_watchlists(screen: ReadingScreen) -> None:
    screen.recognition.show_activity("")


@pytest.mark.parametrize("start", [export, search_watchlists])
async def test_work_that_never_starts_is_no_coroutine(
    harness: AppHarness, start: Callable[[ReadingScreen], None], recwarn: pytest.WarningsRecorder
) -> None:
    async with harness.app.run_test() as pilot:
        await pilot.pause()
        start(harness.screen)
        harness.app.workers.cancel_node(harness.screen)
        await pilot.pause()
    gc.collect()
    assert not [warning for warning in recwarn if "never awaited" in str(warning.message)]


async def test_a_command_whose_screen_closes_before_it_goes_on_is_dropped(
    harness: AppHarness, recwarn: pytest.WarningsRecorder
) -> None:
    async with harness.app.run_test() as pilot:
        await pilot.pause()
        await harness.screen.start_command(COMMANDS_BY_ID["export"])
        harness.app.workers.cancel_node(harness.screen)
        await pilot.pause()
        assert harness.app.screen is harness.screen
    gc.collect()
    assert not [warning for warning in recwarn if "never awaited" in str(warning.message)]
