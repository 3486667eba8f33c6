"""The list of reasons, opened from the text, the list of entities and the details."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reader.annotate import Store
from reader.ui.screens.reasons_screen import ReasonsScreen
from tests.ui.conftest import AppHarness, FixedRecognition
from tests.ui.screens.test_review_screen import reviewed


@pytest.fixture
def harness(store: Store) -> AppHarness:
    document, mentions = reviewed()
    return AppHarness(store, document=document, recognition=FixedRecognition(mentions))


async def press(pilot: Pilot[int], keys: str) -> None:
    await pilot.pause()
    await pilot.press(*keys.split())
    await pilot.pause()


@pytest.mark.parametrize("size", [(40, 12), (130, 40)])
@pytest.mark.parametrize("pane", ["", "g e", "g d"])
async def test_a_merge_is_listed_with_its_sentence_and_enter_goes_there(
    harness: AppHarness, size: tuple[int, int], pane: str
) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await press(pilot, f"/ H R A enter [ {pane} W")
        rows = " ".join(" ".join(harness.rows()).split())
        assert "HRA = Harbor Relief Agency" in rows
        assert "The Harbor Relief Agency (HRA) sent boats." in rows
        await press(pilot, "enter")
        assert harness.text_under_cursor() == "HRA"
        assert harness.screen.focused is harness.screen.article


async def test_a_suggestion_is_listed_with_its_sentence(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await press(pilot, "] ] ] g d")
        assert "W reasons" in "\n".join(harness.rows())
        await press(pilot, "W escape W")
        rows = "\n".join(harness.rows())
        assert "maybe also Qasim Durrani: Qas" in rows
        assert "A note by Qasem Durani hung on the door." in rows


async def test_an_entity_with_one_name_has_no_reasons(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await press(pilot, "W")
        assert "no entity is selected" in harness.message
        await press(pilot, "] ] g d")
        assert "W reasons" not in "\n".join(harness.rows())
        await press(pilot, "W enter")
        assert isinstance(harness.app.screen, ReasonsScreen)
        assert "Nothing was merged here" in "\n".join(harness.rows())
        await press(pilot, "q")
        assert not isinstance(harness.app.screen, ReasonsScreen)
