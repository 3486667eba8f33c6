from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset, Region, Size
from textual.widget import Widget

from reader.annotate.decisions import MentionOverlaid
from reader.ui.dialogs.popup import PopUp, beside
from tests.ui.conftest import Desk

SIZES = [(80, 24), (120, 36), (40, 10)]
sizes = st.builds(Size, st.integers(20, 200), st.integers(5, 60))
regions = st.builds(Region, st.integers(-5, 210), st.integers(-5, 70), st.integers(1, 60), st.just(1))


@given(regions, sizes, sizes)
def test_it_is_on_the_screen_and_beside_its_place_where_there_is_room(near: Region, size: Size, screen: Size) -> None:
    size = Size(min(size.width, screen.width), min(size.height, screen.height))
    place = beside(near, size, screen)
    assert place.size == size
    assert screen.region.contains_region(place)
    if near.bottom + size.height <= screen.height or 0 <= near.y - size.height < screen.height - size.height:
        assert not place.overlaps(near)


def opened(desk: Desk) -> Region:
    popup = desk.app.screen
    assert isinstance(popup, PopUp)
    return popup.query_one(".dialog", Widget).region


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("corner", [0, 1])
async def test_the_menu_opens_at_the_pointer_and_stays_on_the_screen(
    desk: Desk, size: tuple[int, int], corner: int
) -> None:
    async with desk.app.run_test(size=size) as pilot:
        await pilot.pause()
        article = desk.screen.article.content_region
        at = Offset(12, 3) if corner == 0 else Offset(article.width - 2, article.height - 2)
        await pilot.click("#article", offset=at, button=3)
        await pilot.pause()
        place, pointer = opened(desk), article.offset + at
        assert desk.app.screen.region.contains_region(place)
        if size[1] > 30:
            assert place.x == min(pointer.x, size[0] - place.width)
            assert pointer.y in (place.y - 1, place.bottom)
        shown = desk.rows()[place.y : place.bottom]
        assert any("Enter" in row or "Mark" in row or "Show" in row for row in shown)
        await pilot.press("escape", "g", "m")
        await pilot.pause()
        assert desk.app.screen.region.contains_region(opened(desk))


async def test_a_menu_asked_for_by_key_opens_beside_the_name(desk: Desk) -> None:
    async with desk.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "]")
        article, mention = desk.screen.article, desk.screen.current_mention
        assert mention is not None
        word = article.region_of(*mention[:2])
        assert desk.rows()[word.y][word.x : word.right] == desk.under_cursor()
        await pilot.press("g", "m")
        await pilot.pause()
        place = opened(desk)
        assert (place.x, place.y) == (word.x, word.bottom)
        assert desk.under_cursor() in desk.rows()[place.y]


@pytest.mark.parametrize("size", SIZES)
async def test_several_under_the_cursor_are_asked_about_beside_them(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.app.run_test(size=size) as pilot:
        await pilot.pause()
        start = desk.document.text.index("Osel River")
        desk.reading.decide(MentionOverlaid(start, start + 4, "GPE"))
        desk.screen.article.jump(start)
        await pilot.press("x")
        await pilot.pause()
        place, word = opened(desk), desk.screen.article.region_of(start, start + 4)
        assert desk.app.screen.region.contains_region(place)
        assert not place.overlaps(word)
        assert min(abs(place.bottom - word.y), abs(place.y - word.bottom)) == 0
        await pilot.press("a")
        await pilot.pause()
        assert "removed “Osel”" in desk.message


async def test_a_click_beside_the_menu_leaves_it_and_one_on_a_row_chooses(desk: Desk) -> None:
    async with desk.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "m")
        await pilot.pause()
        place = opened(desk)
        await pilot.click(offset=(place.right + 2, place.bottom + 2))
        await pilot.pause()
        assert desk.app.screen is desk.screen
        await pilot.press("g", "m")
        await pilot.pause()
        row = next(number for number, text in enumerate(desk.rows()) if "Remove the mention" in text)
        await pilot.click(offset=(place.x + 8, row))
        await pilot.pause()
        assert "removed" in desk.message
