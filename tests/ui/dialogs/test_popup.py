from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset, Region, Size
from textual.widget import Widget

from reader.annotate.decisions import MentionOverlaid
from reader.ui.dialogs.choosing.popup import PopUp, region_beside
from tests.ui.conftest import AppHarness

SIZES = [(80, 24), (120, 36), (40, 10)]
sizes = st.builds(Size, st.integers(20, 200), st.integers(5, 60))
regions = st.builds(Region, st.integers(-5, 210), st.integers(-5, 70), st.integers(1, 60), st.just(1))


@given(regions, sizes, sizes)
def test_a_popup_is_inside_the_screen_and_beside_its_region_if_there_is_room(
    target: Region, size: Size, screen: Size
) -> None:
    size = Size(min(size.width, screen.width), min(size.height, screen.height))
    region = region_beside(target, size, screen)
    assert region.size == size
    assert screen.region.contains_region(region)
    if target.bottom + size.height <= screen.height or 0 <= target.y - size.height < screen.height - size.height:
        assert not region.overlaps(target)


def popup_region(harness: AppHarness) -> Region:
    popup = harness.app.screen
    assert isinstance(popup, PopUp)
    return popup.query_one(".dialog", Widget).region


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("corner", [0, 1])
async def test_the_menu_opens_at_the_pointer_and_inside_the_screen(
    harness: AppHarness, size: tuple[int, int], corner: int
) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await pilot.pause()
        article = harness.screen.article.content_region
        click_offset = Offset(12, 3) if corner == 0 else Offset(article.width - 2, article.height - 2)
        await pilot.click("#article", offset=click_offset, button=3)
        await pilot.pause()
        region, pointer = popup_region(harness), article.offset + click_offset
        assert harness.app.screen.region.contains_region(region)
        if size[1] > 30:
            assert region.x == min(pointer.x, size[0] - region.width)
            assert pointer.y in (region.y - 1, region.bottom)
        popup_rows = harness.rows()[region.y : region.bottom]
        assert any("Enter" in row or "Add" in row or "Show" in row for row in popup_rows)
        await pilot.press("escape", "g", "m")
        await pilot.pause()
        assert harness.app.screen.region.contains_region(popup_region(harness))


async def test_a_menu_opened_by_key_is_beside_the_mention(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "]")
        article, mention = harness.screen.article, harness.screen.current_mention
        assert mention is not None
        word = article.region_of(*mention[:2])
        assert harness.rows()[word.y][word.x : word.right] == harness.text_under_cursor()
        await pilot.press("g", "m")
        await pilot.pause()
        region = popup_region(harness)
        assert (region.x, region.y) == (word.x, word.bottom)
        assert harness.text_under_cursor() in harness.rows()[region.y]


@pytest.mark.parametrize("size", SIZES)
async def test_the_question_which_of_several_mentions_opens_beside_them(
    harness: AppHarness, size: tuple[int, int]
) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await pilot.pause()
        start = harness.document.text.index("Osel River")
        harness.reading.decide(MentionOverlaid(start, start + 4, "GPE"))
        harness.screen.article.jump(start)
        await pilot.press("x")
        await pilot.pause()
        region, word = popup_region(harness), harness.screen.article.region_of(start, start + 4)
        assert harness.app.screen.region.contains_region(region)
        assert not region.overlaps(word)
        assert min(abs(region.bottom - word.y), abs(region.y - word.bottom)) == 0
        await pilot.press("a")
        await pilot.pause()
        assert "removed “Osel”" in harness.message


async def test_a_click_outside_the_menu_closes_it_and_a_click_on_a_row_chooses(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "m")
        await pilot.pause()
        region = popup_region(harness)
        await pilot.click(offset=(region.right + 2, region.bottom + 2))
        await pilot.pause()
        assert harness.app.screen is harness.screen
        await pilot.press("g", "m")
        await pilot.pause()
        row = next(index for index, text in enumerate(harness.rows()) if "Remove the mention" in text)
        await pilot.click(offset=(region.x + 8, row))
        await pilot.pause()
        assert "removed" in harness.message
