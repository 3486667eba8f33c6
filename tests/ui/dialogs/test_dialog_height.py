"""Tall dialogs leave the bars of the screen below them in view, unless the terminal is low; hints are never cut."""

from __future__ import annotations

import pytest

from reader.ui.dialogs.base.dialog import Dialog
from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle
from tests.ui.waiting import shown


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


KEYS_OF_DIALOGS = (
    *(("g", "x"), ("g", "x", "/"), ("g", "C"), ("?",), ("?", "/"), ("ctrl+p",), ("g", "/"), ("g", "l"), ("g", "z")),
    *(("]", "t"), ("]", "t", "/"), ("]", "c"), ("]", "c", "x", "escape"), ("]", "I"), ("]", "A"), ("]", "e")),
    *(("g", "O"), ("g", "f"), ("g", "f", "0", "0", "enter"), ("]", "g", "m")),
    *(("g", "b", "f"), ("g", "b", "/"), ("g", "b", "c"), ("g", "b", "a")),
)


@pytest.mark.parametrize("size", [(40, 12), (40, 18), (50, 16)])
async def test_hints_are_whole_in_a_small_terminal(harness: AppHarness, size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in KEYS_OF_DIALOGS:
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            dialog = harness.app.screen
            assert isinstance(dialog, Dialog), keys
            await shown(pilot, lambda: shows_hints(harness))
            assert dialog.query_one(".dialog").region.bottom <= size[1]
            dialog.answer(None)
            await shown(pilot, lambda: not isinstance(harness.app.screen, Dialog))
            if harness.app.screen is not harness.screen:
                await pilot.press("escape")
                await shown(pilot, lambda: harness.app.screen is harness.screen)


def shows_hints(harness: AppHarness) -> bool:
    """Return whether the hints of the dialog are in view, in whatever rows."""
    dialog = harness.app.screen
    assert isinstance(dialog, Dialog)
    region = dialog.query_one(".dialog").region
    rows = harness.rows()[region.y : region.bottom]
    words = " ".join(row.ljust(region.right)[region.x : region.right] for row in rows)
    return " ".join(dialog.hint_line.hint.split()) in " ".join(words.split())


@pytest.mark.parametrize("height", [19, 11, 6])
async def test_a_dialog_may_cover_the_bars_of_a_low_terminal(harness: AppHarness, height: int) -> None:
    async with harness.app.run_test(size=(80, height)) as pilot:
        await settle(pilot)
        await pilot.press("?")
        await settle(pilot)
        assert harness.app.screen.query_one(".dialog").region.height == height
