from __future__ import annotations

from reader.annotate import NullStore
from tests.ui.conftest import AppHarness, FixedRecognition


async def test_a_message_expires_with_the_next_command(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("]", "t", "f")
        await pilot.pause()
        assert harness.screen.message.startswith("retagged “")
        await pilot.press(")")
        assert harness.screen.message == ""
        await pilot.press("u")
        assert harness.screen.message.startswith("undid: ")
        await pilot.press("j")
        assert "undid" not in harness.message
        await pilot.press("y", "g", "e")
        assert harness.screen.message == ""
        await pilot.press("g", "t", "]", "y")
        said = harness.screen.message
        assert said.startswith("confirmed")
        await pilot.click("#article", offset=(10, 6))
        await pilot.pause()
        assert harness.screen.message == ""


async def test_a_long_message_is_shown_in_full_beside_the_progress(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y")
        harness.screen.show_message(
            "added “a very long name that goes on and on” as WORK_OF_ART in 112 of 1,300 places"
        )
        await pilot.pause()
        upper, lower = harness.rows()[-3:-1]
        assert f"{upper} {lower}".startswith(f" {harness.screen.message.rpartition(' ')[0]}")
        assert f"1 of {len(harness.reading.mentions)} decided · saved" in lower
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert any(row.startswith(" added “a very long name") for row in harness.rows())


async def test_a_notice_about_the_text_stays_until_the_next_message(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        harness.screen.recognition.show_notice("this text seems to be German")
        await pilot.press("]", "j")
        assert harness.screen.message == "this text seems to be German"
        await pilot.press("y")
        assert harness.screen.message.startswith("confirmed")


async def test_a_failure_message_stays() -> None:
    harness = AppHarness(NullStore(), recognition=FixedRecognition(failure="the pipeline is gone"))
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("j", "k")
        assert harness.screen.message == "the pipeline is gone"
