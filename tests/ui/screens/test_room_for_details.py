"""From 120 to 159 cells the details take room only once the user goes to an entity; the text has it before."""

from __future__ import annotations

import pytest

from reader.annotate import NullStore
from tests.ui.conftest import AppHarness, FixedRecognition


def widths(harness: AppHarness) -> tuple[int, int, int]:
    """Return the widths of the entities, the text and the details."""
    screen = harness.screen
    return screen.entity_list.region.width, screen.article.region.width, screen.details.region.width


@pytest.mark.parametrize(
    ("width", "first", "later"),
    [
        (120, (30, 90, 0), (30, 48, 42)),
        (159, (30, 129, 0), (30, 87, 42)),
        (160, (34, 85, 41), (34, 85, 41)),
        (200, (50, 90, 60), (50, 90, 60)),
    ],
)
async def test_the_first_entity_opens_the_details(
    harness: AppHarness, width: int, first: tuple[int, int, int], later: tuple[int, int, int]
) -> None:
    async with harness.app.run_test(size=(width, 36)) as pilot:
        await pilot.pause()
        assert widths(harness) == first
        for key in ("]", "j", "]", "g", "g"):
            await pilot.press(key)
            await pilot.pause()
            assert widths(harness) == later, key
        await pilot.press("escape")
        await pilot.pause()
        assert widths(harness) == first


async def test_walking_over_mentions_opens_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for _ in range(20):
            await pilot.press("w")
        await pilot.pause()
        assert harness.screen.article.entity is not None
        assert widths(harness) == (30, 90, 0)
        await pilot.press("enter")
        await pilot.pause()
        assert widths(harness) == (30, 48, 42)


async def test_the_details_stay_when_the_entity_is_removed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Bay Treaty"))
        await pilot.press("x")
        await pilot.pause()
        assert not harness.reading.mention_at(harness.document.text.index("Bay Treaty"))
        assert widths(harness) == (30, 48, 42)


async def test_details_without_an_entity_get_room_while_they_have_the_focus() -> None:
    harness = AppHarness(NullStore(), recognition=FixedRecognition())
    async with harness.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("g", "d")
        await pilot.pause()
        assert harness.screen.focused is harness.screen.details
        assert widths(harness) == (30, 48, 42)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert widths(harness) == (30, 90, 0)


@pytest.mark.parametrize("width", [130, 170, 210])
async def test_zen_gives_the_text_the_whole_width_beside_a_concordance(harness: AppHarness, width: int) -> None:
    async with harness.app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "<", "g", "t", "Z")
        await pilot.pause()
        assert harness.screen.article.region.width == width
