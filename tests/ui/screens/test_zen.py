"""Zen: only the text is shown, and the panes return as they were."""

from __future__ import annotations

import pytest

from tests.ui.conftest import AppHarness


@pytest.mark.parametrize("size", [(130, 30), (100, 30), (70, 30)])
async def test_zen_gives_the_text_the_whole_width(harness: AppHarness, size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("Z")
        await pilot.pause()
        assert harness.screen.article.region.width == size[0]
        assert harness.screen.article.region.height == size[1] - 1


async def test_the_panes_return_as_they_were(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "]", "]")
        await pilot.pause()
        before = harness.rows()
        await pilot.press("Z")
        await pilot.pause()
        await pilot.press("Z")
        await pilot.pause()
        assert harness.rows() == before


async def test_zen_survives_a_search(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"Tarn", "enter", "Z")
        await pilot.pause()
        assert harness.screen.query_one("#hints").region.height == 0
        await pilot.press("/")
        await pilot.pause()
        await pilot.press(*"Osel", "enter")
        await pilot.pause()
        assert harness.screen.query_one("#hints").region.height == 0
        await pilot.press("Z")
        await pilot.pause()
        assert harness.screen.query_one("#hints").region.height == 1
