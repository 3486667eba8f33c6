"""Where the cursor is after undo: on what the panes show, so that the next key applies to that."""

from __future__ import annotations

from tests.ui.conftest import AppHarness


async def test_undoing_a_decision_about_an_entity_goes_to_its_mention(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press(")", ")", "Y")
        assert harness.text_under_cursor() != "HRA"
        await pilot.press("u")
        entity = harness.screen.article.entity
        assert entity is not None
        assert entity.name == "Harbor Relief Agency"
        assert harness.text_under_cursor() == "HRA"
        await pilot.press("t", "l")
        await pilot.pause()
        assert "retagged “HRA” as LOC" in harness.message


async def test_undo_goes_to_the_last_mention_before_the_cursor(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        last = harness.document.text.rindex("Tarn")
        harness.screen.article.jump(last)
        await pilot.press("T", "l")
        await pilot.pause()
        await pilot.press("]", "]", "u")
        assert harness.screen.article.cursor == last


async def test_undo_in_the_entity_list_does_not_move_the_text(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "j", "y")
        await pilot.pause()
        place = harness.screen.article.cursor
        await pilot.press("u")
        assert harness.screen.article.cursor == place
        assert harness.screen.focused is harness.screen.entity_list
