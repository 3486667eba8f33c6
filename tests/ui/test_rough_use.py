from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from reader.annotate import Store
from reader.ui.app import ReaderApp
from reader.ui.article.pane import Article
from reader.ui.base.bars import Bar
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.choosing.question import Question
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.collection.collection_screen import CollectionScreen
from reader.ui.screens.collection.documents.document_view import document_of
from reader.ui.screens.collection.line_list import LineList
from reader.ui.screens.reading.position_memory import PositionMemory
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.ui.conftest import AppHarness
from tests.ui.waiting import shown


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""

    def luminance(color: Color) -> float:
        parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized)
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


async def test_a_focused_side_pane_has_a_selected_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Osel River"))
        await pilot.press("g", "e")
        assert harness.screen.article.entity is harness.screen.entity_list.current is harness.screen.details.entity
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Osel River"


async def test_dismissing_moves_every_pane_to_the_next_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "j")
        following = harness.reading.entities[2].name
        await pilot.press("x")
        entity = harness.screen.article.entity
        assert entity is harness.screen.entity_list.current is harness.screen.details.entity
        assert entity is not None
        assert entity.name == following
        await pilot.press("u")
        assert harness.screen.article.entity is harness.screen.entity_list.current is harness.screen.details.entity


async def test_a_marked_name_is_selected(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Monday"))
        await pilot.press("a", "d")
        await pilot.pause()
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Monday"


async def test_the_status_bar_counts_the_mentions_of_the_selected_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "j", "}", "}")
        assert harness.screen.article.entity is not None
        assert f"2 of {len(harness.screen.article.entity.mentions)}" in harness.message
        await pilot.press("j")
        assert harness.screen.article.entity is not None
        assert f"1 of {len(harness.screen.article.entity.mentions)}" in harness.message


async def test_the_search_line_closes_when_it_loses_the_focus(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"osel", "tab")
        await pilot.pause()
        assert not harness.screen.query_one("#line").display
        assert harness.screen.query_one("#hints").display
        assert len(harness.screen.article.matches) == 3


async def test_stepping_without_matches_shows_a_message(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"zzz", "enter", "n")
        assert "“zzz” is not in the text" in harness.message


async def test_leaving_the_label_menu_keeps_the_selection(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("v", "l", "a")
        await pilot.press("escape")
        await pilot.pause()
        assert harness.screen.context is Context.SELECTING


async def test_the_hints_follow_the_selection(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "other end" in "\n".join(harness.rows())
        await pilot.press("v")
        await pilot.pause()
        assert "other end" not in "\n".join(harness.rows())


async def test_dimming_other_entities_needs_a_selected_one(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        assert "no entity is selected" in harness.message
        assert not harness.screen.article.only_entity


@pytest.mark.parametrize("size", [(60, 20), (40, 11), (20, 5)])
async def test_every_choice_can_be_reached_in_a_small_terminal(harness: AppHarness, size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await pilot.pause()
        harness.app.push_screen(Question("Which?", [Choice(f"row {number}") for number in range(1, 25)]))
        await pilot.pause()
        await pilot.press(*["j"] * 23)
        await pilot.pause()
        assert "row 24" in "\n".join(harness.rows())


async def test_the_name_of_an_entity_stays_in_view_when_it_is_selected(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 18)) as pilot:
        await pilot.pause()
        await pilot.press("]", "]")
        await pilot.pause()
        assert harness.screen.details.scroll_offset.y == 0


async def test_unsaved_decisions_come_first_in_the_status_bar(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    harness = AppHarness(Store.open(tmp_path / "file" / "annotations.db"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await shown(pilot, lambda: bool(harness.reading.mentions))
        await pilot.press("]", "x")
        await shown(pilot, lambda: "NOT SAVED: removed “" in harness.message)


async def test_the_unsaved_position_does_not_replace_the_message_of_an_unsaved_decision(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    harness = AppHarness(Store.open(tmp_path / "file" / "annotations.db"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await shown(pilot, lambda: bool(harness.reading.mentions))
        await pilot.press("]", "x")
        await shown(pilot, lambda: "removed “" in harness.screen.message)
        await PositionMemory(harness.screen).remember()
        assert "removed “" in harness.screen.message


async def test_a_long_message_replaces_less_important_parts(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        bar = harness.screen.query_one("#status", Bar)
        bar.show("said in nearly all of the line that there is", ("saved", "17 entities", "22%"))
        await pilot.pause()
        line = next(row for row in harness.rows() if "said in" in row)
        assert "that there is" in line
        assert line.endswith("saved")


async def test_control_q_asks_about_unsaved_decisions(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    harness = AppHarness(Store.open(tmp_path / "file" / "annotations.db"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "x", "ctrl+q")
        await pilot.pause()
        assert "could not be saved" in "\n".join(harness.rows())
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert harness.app.screen is harness.screen


async def test_control_c_says_how_to_quit(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert harness.screen.message == "press q to quit"
        await pilot.press("g", "h")
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "press q to quit" in "\n".join(harness.rows())


def first_opened(app: ReaderApp) -> str:
    document = document_of(app.screen.query_one(LineList).lines[0])
    assert document is not None
    return document.opened


async def test_the_collection_shows_the_document_just_read(store: Store) -> None:
    harness = AppHarness(store)
    app = ReaderApp(store, default_keymap(), harness.recognition)
    async with app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await shown(
            pilot, lambda: isinstance(app.screen, CollectionScreen) and bool(app.screen.query_one(LineList).lines)
        )
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("G")
        await shown(pilot, lambda: app.screen.query_one(Article).cursor > 0)
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(app.screen, CollectionScreen) and first_opened(app) != "")
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert app.screen.query_one(Article).cursor > 0


async def test_a_renamed_entity_keeps_its_surface_forms(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Tarn"))
        await pilot.press("g", "e", "r", "ctrl+u", *"Lower Tarn", "enter")
        await pilot.pause()
        pane = harness.screen.details
        lines = (*pane.draw_title(40), *pane.draw_heading(40))
        details = ["".join(part.text for part in line) for line in lines]
        assert details[0].strip() == "Lower Tarn"
        assert any(line.split()[:1] == ["Tarn"] for line in details[2:])


async def test_renaming_warns_about_a_name_in_use(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Tarn"))
        await pilot.press("g", "e", "r", "ctrl+u", *"Osel", "enter")
        await pilot.pause()
        assert "another entity is called “Osel” too" in harness.message


async def test_help_explains_the_signs_beside_names(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(110, 60)) as pilot:
        await pilot.pause()
        await pilot.press("?")
        await pilot.pause()
        assert "Perhaps the same as another" in "\n".join(harness.rows())


@pytest.mark.parametrize("theme", ["reader-dark", "reader-light"])
@pytest.mark.parametrize("keys", [("v", "e"), ("/", *"agency", "enter")])
async def test_selected_and_found_text_can_be_read_even_in_a_filled_mention(
    harness: AppHarness, theme: str, keys: tuple[str, ...]
) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        harness.app.theme = theme
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Harbor"))
        await pilot.press("enter", "g", "t", *keys)
        await pilot.pause()
        await pilot.press("g", "t")
        place = harness.document.text.index("Agency") + 1
        page = harness.screen.article.page
        assert page is not None
        row = page.row_at(place)
        for segment in harness.screen.article.render_line(row - harness.screen.article.scroll_offset.y):
            if segment.style and segment.style.color and segment.style.bgcolor and segment.text.strip():
                text, ground = (Color.from_rich_color(color) for color in (segment.style.color, segment.style.bgcolor))
                assert contrast(text, ground) >= 4.5, (segment.text, text, ground)
