"""Where the cursor is after a step was taken back: on what the panes show, so that the next key is about that."""

from __future__ import annotations

from tests.ui.conftest import Desk


async def test_undoing_a_decision_about_an_entity_goes_to_its_mention(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press(")", ")", "Y")
        assert desk.under_cursor() != "HRA"
        await pilot.press("u")
        entity = desk.screen.article.entity
        assert entity is not None
        assert entity.name == "Harbor Relief Agency"
        assert desk.under_cursor() == "HRA"
        await pilot.press("t", "l")
        await pilot.pause()
        assert "retagged “HRA” as LOC" in desk.message


async def test_undo_goes_to_the_last_mention_before_the_cursor(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        last = desk.document.text.rindex("Tarn")
        desk.screen.article.jump(last)
        await pilot.press("T", "l")
        await pilot.pause()
        await pilot.press("]", "]", "u")
        assert desk.screen.article.cursor == last


async def test_undo_in_the_entity_list_does_not_move_the_text(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "j", "y")
        await pilot.pause()
        place = desk.screen.article.cursor
        await pilot.press("u")
        assert desk.screen.article.cursor == place
        assert desk.screen.focused is desk.screen.entity_list
