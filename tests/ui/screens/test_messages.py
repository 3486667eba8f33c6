from __future__ import annotations

from reader.annotate import NullStore
from tests.ui.conftest import Desk, Known


async def test_a_message_expires_with_the_next_command(desk: Desk) -> None:
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("]", "t", "f")
        await pilot.pause()
        assert desk.screen.message.startswith("retagged “")
        await pilot.press(")")
        assert desk.screen.message == ""
        await pilot.press("u")
        assert desk.screen.message.startswith("undid: ")
        await pilot.press("j")
        assert "undid" not in desk.message
        await pilot.press("y", "g", "e")
        assert desk.screen.message == ""
        await pilot.press("g", "t", "]", "y")
        said = desk.screen.message
        assert said.startswith("confirmed")
        await pilot.click("#article", offset=(10, 6))
        await pilot.pause()
        assert desk.screen.message == ""


async def test_a_long_message_is_cut_and_the_progress_stays(desk: Desk) -> None:
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y")
        desk.screen.show_message("marked “a very long name that goes on and on” as WORK_OF_ART in 112 of 1,300 places")
        await pilot.pause()
        row = desk.rows()[-2]
        assert "…" in row
        assert f"1 of {len(desk.reading.mentions)} decided · saved" in row
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert any(row.startswith(" marked “a very long name") for row in desk.rows())


async def test_a_notice_about_the_text_stays_until_the_next_message(desk: Desk) -> None:
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk.screen.show_notice("this text seems to be German")
        await pilot.press("]", "j")
        assert desk.screen.message == "this text seems to be German"
        await pilot.press("y")
        assert desk.screen.message.startswith("confirmed")


async def test_a_failure_message_stays() -> None:
    desk = Desk(NullStore(), recognition=Known(failure="the pipeline is gone"))
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("j", "k")
        assert desk.screen.message == "the pipeline is gone"
