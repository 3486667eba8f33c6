"""Tall dialogs leave the bars of the screen below them in view, unless the terminal is low."""

from __future__ import annotations

import pytest

from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle


@pytest.mark.parametrize(
    "keys",
    [
        ("g", "x"),
        ("g", "C"),
        ("?",),
        ("ctrl+p",),
        ("g", "/"),
        ("g", "l"),
        ("]", "t"),
        ("]", "c"),
        ("]", "I"),
        ("]", "A"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (80, 20), (66, 20), (120, 36)])
async def test_bars_stay_in_view(harness: AppHarness, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        assert harness.app.screen is not harness.screen
        dialog = harness.app.screen.query_one(".dialog").region
        assert dialog.y >= 1
        assert dialog.bottom <= size[1] - 2
        rows = harness.rows()
        assert "Relief reaches Tarn" in rows[0]
        assert any("Esc" in row for row in rows[dialog.y : dialog.bottom]), "the hints of the dialog are in view"


@pytest.mark.parametrize("height", [19, 11, 6])
async def test_a_dialog_may_cover_the_bars_of_a_low_terminal(harness: AppHarness, height: int) -> None:
    async with harness.app.run_test(size=(80, height)) as pilot:
        await settle(pilot)
        await pilot.press("?")
        await settle(pilot)
        assert harness.app.screen.query_one(".dialog").region.height == height
