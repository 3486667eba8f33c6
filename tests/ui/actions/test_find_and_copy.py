"""Going to an entity by its names, pinning it, and copying it."""

from __future__ import annotations

from tests.ui.conftest import AppHarness


async def test_an_entity_is_found_by_a_misspelled_alias_and_copied_with_its_aliases(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "/", *"castelan", "enter")
        await pilot.pause()
        entity = harness.screen.article.entity
        assert entity is not None
        assert entity.name == "Mira Castellan"
        assert harness.text_under_cursor() == "Mira Castellan"
        await pilot.press("g", "y", "e")
        await pilot.pause()
        assert harness.app.clipboard == "Mira Castellan (Castellan)"


async def test_details_follow_the_cursor_unless_the_entity_is_pinned(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.move_cursor(harness.document.text.index("Osel River"))
        await pilot.pause()
        entity = harness.screen.article.entity
        assert entity is not None
        await pilot.press("p")
        harness.screen.article.move_cursor(harness.document.text.index("Mira"))
        await pilot.pause()
        assert harness.screen.article.entity is entity
        assert "pinned" in harness.message
        await pilot.press("p")
        harness.screen.article.move_cursor(harness.document.text.index("Castellan had"))
        await pilot.pause()
        assert harness.screen.article.entity is not entity
