from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.document import Document
from reader.settings import Settings
from reader.ui.dialogs.choosing.palette import commands_to_offer
from reader.ui.dialogs.editor import Editor
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import build_keymap
from tests.ui.conftest import AppHarness, FixedRecognition, make_document, mentions_in


async def test_text_and_entities_are_shown(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        screen = "\n".join(harness.rows())
        assert "Relief reaches Tarn" in screen
        assert "Harbor Relief Agency (HRA) said on Monday" in screen
        assert "Mira Castellan" in screen
        assert "· saved" in harness.message


async def test_aliases_are_merged_into_one_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert harness.names_with("HRA") == {"Harbor Relief Agency", "HRA"}
        assert harness.names_with("Castellan") == {"Mira Castellan", "Castellan"}


async def test_the_cursor_goes_from_mention_to_mention(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "]", "]")
        assert harness.text_under_cursor() == "HRA"
        first = harness.screen.article.cursor
        await pilot.press("]", "[")
        assert harness.screen.article.cursor == first
        await pilot.press("9", "9", "]")
        assert harness.screen.article.cursor == harness.reading.mentions[-1].start
        await pilot.press("]")
        assert "no more mentions below" in harness.message


async def test_the_cursor_goes_through_one_entity_under_every_alias(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Harbor"))
        await pilot.press("enter", "g", "t", "}")
        assert harness.text_under_cursor() == "HRA"
        assert "2 of 5" in harness.message
        await pilot.press("{", "{")
        assert harness.text_under_cursor() == "HRA"
        assert "5 of 5" in harness.message


async def test_the_selected_entity_is_shown_in_every_pane(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        entity = harness.reading.entity_of(harness.reading.mentions[0])
        assert entity is not None
        assert harness.screen.article.entity is entity
        assert harness.screen.entity_list.entity is entity
        assert harness.screen.details.entity is entity
        await pilot.press("escape")
        assert harness.screen.article.entity is None


async def test_one_letter_marks_a_word_with_a_label(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Monday"))
        await pilot.press("a", "d")
        await pilot.pause()
        assert harness.labels()["Monday"] == {"DATE"}
        assert "added “Monday” as DATE" in harness.message
        assert Store.open(tmp_path / "annotations.db").history(harness.document).decisions  # on disk


async def test_keys_in_a_burst_are_answers_and_commands_in_order(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Monday"))
        for key, character in (
            ("a", "a"),
            ("d", "d"),
            ("slash", "/"),
            ("r", "r"),
            ("i", "i"),
            ("enter", "\r"),
            ("x", "x"),
        ):
            harness.app.post_message(events.Key(key, character))
        for _ in range(20):
            await pilot.pause()
        assert harness.labels()["Monday"] == {"DATE"}
        assert harness.screen.article.matches.query.text == "ri"


@pytest.mark.parametrize("looks", [0, 1, 2, 3])
async def test_editing_keys_and_letters_in_a_burst_keep_their_order(harness: AppHarness, looks: int) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Tarn"))
        await pilot.press("g", "e")
        harness.app.post_message(events.Key("r", "r"))
        for _ in range(looks):  # the prompt is opening, shown, or has the focus
            await asyncio.sleep(0)
        for key in ("ctrl+u", "U", "p", "q", "left", "backspace", "backspace", "O", "enter"):
            harness.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(20):
            await pilot.pause()
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Oq"


async def test_text_typed_into_a_prompt_in_a_burst_is_never_a_command(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.press("g", "e")
        names = len(harness.reading.entities)
        for key, character in (("r", "r"), ("x", "x"), ("S", "S"), ("x", "x"), ("enter", "\r")):
            harness.app.post_message(events.Key(key, character))
        for _ in range(20):
            await pilot.pause()
        assert {type(decision).__name__ for decision in harness.reading.history.decisions} <= {"EntityRenamed"}
        assert len(harness.reading.entities) == names


async def test_enter_chooses_the_last_label_again(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Monday"))
        await pilot.press("a", "e")
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Friday"))
        await pilot.press("a", "enter")
        await pilot.pause()
        assert harness.labels()["Friday"] == {"EVENT"}


async def test_a_selection_grows_by_words_and_becomes_a_mention(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("40 tonnes"))
        await pilot.press("v", "w", "w", "w", "b", "a", "q")
        await pilot.pause()
        assert harness.labels()["40 tonnes of"] == {"QUANTITY"}
        assert harness.screen.article.selection is None


async def test_escape_leaves_a_selection_and_marks_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(harness.reading.mentions)
        await pilot.press("v", "l", "o", "h", "j", "escape")
        assert harness.screen.article.selection is None
        assert harness.reading.mentions == before


async def test_retagging_and_removing_a_mention_can_be_undone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(harness.reading.mentions)
        harness.screen.article.jump(harness.document.text.index("Bay Treaty"))
        await pilot.press("t", "w")
        await pilot.pause()
        assert harness.labels()["Bay Treaty"] == {"WORK_OF_ART"}
        await pilot.press("x")
        assert "Bay Treaty" not in harness.labels()
        harness.screen.article.jump(harness.document.text.index("Osel for"))
        await pilot.press("X")
        assert "Osel" not in harness.labels()
        await pilot.press("u", "u", "u")
        assert harness.reading.mentions == before
        assert "undid: retagged “Bay Treaty”" in harness.message
        await pilot.press("ctrl+r")
        assert harness.labels()["Bay Treaty"] == {"WORK_OF_ART"}
        await pilot.press("u", "u")
        assert "nothing to undo" in harness.message


async def test_an_entity_is_retagged_with_all_its_mentions(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("HRA crews"))
        await pilot.press("T", "g")
        await pilot.pause()
        assert harness.labels()["HRA"] == harness.labels()["Harbor Relief Agency"] == {"GPE"}


async def test_entities_are_merged_under_a_chosen_name(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        names = [entity.name for entity in harness.reading.entities]
        harness.screen.entity_list.move_to(names.index("Tarn"))
        await pilot.press("m")
        harness.screen.entity_list.move_to(names.index("Osel"))
        await pilot.press("M", "j", "enter")
        await pilot.pause()
        assert harness.names_with("Tarn") == {"Tarn", "Osel"}
        merged = harness.reading.entity_named("Osel")
        assert merged is not None
        assert merged.name == "Osel"
        assert harness.screen.entity_list.marked_entities() == []
        await pilot.press("u")
        assert harness.names_with("Tarn") == {"Tarn"}


@pytest.mark.parametrize(
    ("first", "second", "name", "label"),
    [
        ("Tarn", "Harbor Relief Agency", "Harbor Relief Agency", "ORG"),
        ("Osel River", "Osel", "Osel River", "LOC"),
        ("Mira Castellan", "Tarn", "Mira Castellan", "PERSON"),
    ],
)
async def test_a_merge_takes_the_fullest_name_and_its_label(
    harness: AppHarness, first: str, second: str, name: str, label: str
) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        names = [entity.name for entity in harness.reading.entities]
        harness.screen.entity_list.move_to(names.index(first))
        await pilot.press("m")
        harness.screen.entity_list.move_to(names.index(second))
        await pilot.press("M")
        await pilot.pause()
        assert harness.app.screen is harness.screen
        merged = harness.reading.entity_named(name)
        assert merged is not None
        assert {first, second} <= set(merged.names)
        assert (merged.name, merged.label) == (name, label)


async def test_merging_asks_for_a_second_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "M")
        assert "mark another entity" in harness.message


async def test_an_entity_is_split_by_ticking_names(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        names = [entity.name for entity in harness.reading.entities]
        harness.screen.entity_list.move_to(names.index("Mira Castellan"))
        await pilot.press("S", "j", "space", "enter")
        await pilot.pause()
        assert harness.names_with("Castellan") == {"Castellan"}
        await pilot.press("u")
        assert harness.names_with("Castellan") == {"Mira Castellan", "Castellan"}


async def test_an_entity_is_renamed_and_dismissed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        names = [entity.name for entity in harness.reading.entities]
        harness.screen.entity_list.move_to(names.index("Osel"))
        await pilot.press("r", *"Osel Town", "enter")
        await pilot.pause()
        assert harness.reading.entity_named("Osel Town") is not None
        await pilot.press("x")
        assert "Osel" not in harness.labels()


async def test_decisions_survive_a_restart(store: Store, tmp_path: Path) -> None:
    first = AppHarness(store)
    async with first.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        first.screen.article.jump(first.document.text.index("Monday"))
        await pilot.press("a", "d")
        await pilot.pause()
        await pilot.press("q")
    store.close()
    again = AppHarness(Store.open(tmp_path / "annotations.db"))
    async with again.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert again.labels()["Monday"] == {"DATE"}
        await pilot.press("u")
        assert "Monday" not in again.labels()


async def test_search_counts_matches_steps_and_clears(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"osel", "enter")
        assert "1/3" in harness.message
        await pilot.press("n", "n", "n")
        assert "1/3" in harness.message
        await pilot.press("N")
        assert "3/3" in harness.message
        await pilot.press("escape")
        assert len(harness.screen.article.matches) == 0


async def test_escape_cancels_a_search_and_returns(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = harness.screen.article.cursor
        await pilot.press("/", *"flour")
        assert harness.screen.article.cursor != before
        await pilot.press("escape")
        assert harness.screen.article.cursor == before
        await pilot.press("/", *"zzz")
        assert "is not in the text" in harness.message


async def test_panes_are_reached_by_tab_and_by_their_own_keys(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        visited = []
        for keys in (["tab"], ["tab"], ["g", "d"], ["shift+tab"], ["g", "e"], ["g", "t"]):
            await pilot.press(*keys)
            visited.append(str(harness.screen.context))
        assert visited == ["details", "entities", "details", "text", "entities", "text"]


async def test_details_lead_to_each_mention(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("HRA)"))
        await pilot.press("enter", "j", "enter")
        assert harness.screen.context is Context.TEXT
        assert harness.text_under_cursor() == "HRA"
        assert harness.screen.article.cursor == harness.document.text.index("HRA crews")
        await pilot.press("g", "d", "x")
        assert harness.document.text.index("HRA crews") not in [mention.start for mention in harness.reading.mentions]


@pytest.mark.parametrize(("size", "shown"), [((160, 30), 3), ((100, 30), 3), ((70, 24), 1), ((20, 5), 1)])
async def test_panes_are_laid_out_by_width(harness: AppHarness, size: tuple[int, int], shown: int) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await pilot.pause()
        panes = (harness.screen.article, harness.screen.entity_list, harness.screen.details)
        assert sum(pane.region.area > 0 for pane in panes) == shown
        await pilot.press("g", "e")
        assert harness.screen.entity_list.region.area > 0
        await pilot.press("escape")
        assert sum(pane.region.area > 0 for pane in panes) == shown


async def test_cursor_entity_and_scroll_position_survive_a_resize(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 12)) as pilot:
        await pilot.pause()
        await pilot.press("4", "]")
        cursor, entity = harness.screen.article.cursor, harness.screen.article.entity
        for size in ((90, 20), (50, 10), (24, 6), (130, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            article = harness.screen.article
            assert (article.cursor, article.entity) == (cursor, entity)
            assert article.page is not None
            row = article.page.row_at(cursor) - article.scroll_offset.y
            assert 0 <= row < article.size.height


async def test_the_cursor_stays_in_view_when_the_screen_gets_lower(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("G", "[")
        article = harness.screen.article
        assert article.page is not None
        assert article.page.row_at(article.cursor) - article.scroll_offset.y > 9
        await pilot.resize_terminal(80, 12)
        await pilot.pause()
        assert 0 <= article.page.row_at(article.cursor) - article.scroll_offset.y < article.size.height


async def test_new_mentions_do_not_move_the_view(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 10)) as pilot:
        await pilot.pause()
        await pilot.press("4", "]")
        article = harness.screen.article
        before = article.cursor, article.scroll_offset, article.entity.name if article.entity else ""
        assert harness.recognition.listener is not None
        harness.reading.set_recognized(harness.recognition.mentions[:-1])
        harness.recognition.listener.mentions_changed()
        await pilot.pause()
        assert before == (article.cursor, article.scroll_offset, article.entity.name if article.entity else "")


async def test_a_failed_recognition_leaves_a_readable_text(store: Store) -> None:
    harness = AppHarness(store, recognition=FixedRecognition(failure="no pipeline named “x”"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert "no pipeline named “x”" in harness.message
        assert "said on Monday" in "\n".join(harness.rows())
        await pilot.press("j", "]", "}", "enter", "T", "t", "x", "g", "e", "M", "S", "r", "x", "enter", "g", "d", "x")
        harness.screen.article.jump(harness.document.text.index("Monday"))
        await pilot.press("g", "t", "a", "d")
        await pilot.pause()
        assert harness.labels() == {"Monday": {"DATE"}}


async def test_the_cursor_moves_through_the_text(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        await pilot.press("G")
        last = harness.screen.article.cursor
        assert last == len(harness.document.text) - 1
        await pilot.press("g", "g")
        assert harness.screen.article.cursor == 0
        await pilot.press("ctrl+o")
        assert harness.screen.article.cursor == last
        await pilot.press("'", "'")
        assert harness.screen.article.cursor == 0
        await pilot.press(
            "home", "j", "j", "w", "w", "$", "0", "l", "h", "k", "left", "ctrl+d", "ctrl+u", "space", "b", "backspace"
        )
        assert 0 <= harness.screen.article.cursor < last


async def test_the_view_of_the_text_can_be_changed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("z", "h")
        assert "decided" in harness.message
        await pilot.press("z", "h", "z", "h", "o", "o", "+", "-", "Z")
        assert harness.screen.entity_list.region.area == 0
        await pilot.press("Z", "g", "c")
        assert harness.app.theme == "reader-light"


async def test_help_shows_the_keys_of_this_pane_first(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 90)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "?")
        await pilot.pause()
        rows = "\n".join(harness.rows())
        assert "In the entities" in rows
        assert "tick the names or mentions" in rows
        assert rows.index("In the entities") < rows.index("Everywhere")
        await pilot.press("j", "escape")
        assert harness.app.screen is harness.screen


async def test_reading_continues_with_the_entity_at_the_cursor(store: Store) -> None:
    document = make_document()
    place = document.text.index("Mira Castellan") + 2
    harness = AppHarness(store, document=document, offset=place)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert harness.screen.article.cursor == place
        assert harness.screen.details.entity is not None
        assert harness.screen.details.entity.name == "Mira Castellan"
        await pilot.press("escape")
        harness.screen.mentions_changed()
        assert harness.screen.details.entity is None


async def test_the_palette_runs_commands(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p", *"end text", "enter")
        await pilot.pause()
        assert harness.screen.article.cursor == len(harness.document.text) - 1
        await pilot.press("ctrl+p", *"wriet a note on the documnt", "enter")
        await pilot.pause()
        assert [type(screen) for screen in harness.app.screen_stack[1:]] == [Editor]
        await pilot.press("ctrl+p", "escape")
        assert harness.app.screen is harness.screen


async def test_the_palette_goes_to_the_pane_of_a_command(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = harness.screen
        ids = {command.id for command in commands_to_offer(screen.context, screen.can_run, screen.can_enter)}
        assert {"entity-merge", "details-retag", "add-mention", "quit"} <= ids
        assert "extend-right" not in ids
        await pilot.press("ctrl+p", *"merge the marked", "enter")
        await pilot.pause()
        assert harness.screen.context is Context.ENTITIES
        assert "mark another entity" in harness.message


async def test_the_palette_runs_nothing_that_does_not_match(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p", *"xqzw", "enter")
        await pilot.pause()
        assert harness.app.screen is harness.screen
        assert harness.reading.history.decisions == ()


async def test_the_status_says_saved_only_if_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory", encoding="utf-8")
    harness = AppHarness(Store.open(tmp_path / "file" / "annotations.db"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("Monday"))
        await pilot.press("a", "d")
        await pilot.pause()
        assert "NOT SAVED" in harness.message
        assert harness.labels()["Monday"] == {"DATE"}
        await pilot.press("ctrl+s")
        assert "NOT SAVED" in harness.message
        await pilot.press("q", "escape")
        await pilot.pause()
        assert harness.app.screen is harness.screen
        (tmp_path / "file").unlink()
        await pilot.press("ctrl+s")
        assert "every decision is on disk" in harness.message
    reopened = Store.open(tmp_path / "file" / "annotations.db").history(harness.document)
    start = harness.document.text.index("Monday")
    assert reopened.decisions == (MentionAdded(start, start + 6, "DATE"),)


async def test_a_store_that_cannot_save_is_reported_before_the_first_decision(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory", encoding="utf-8")
    harness = AppHarness(Store.open(tmp_path / "file" / "annotations.db"))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await harness.screen.position_memory.remember()
        await pilot.pause()
        assert "nothing can be saved" in harness.message


HOSTILE = "[/b] [@click=app.quit]here[/] and [red]Tarn[/red] ␛[31m with {braces} and $variables"


async def test_markup_in_text_and_names_is_not_interpreted(store: Store) -> None:
    document = make_document(("[/b] heading", HOSTILE), title="[/b][@click=app.quit]title")
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions_in(document.text)))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        start = document.text.index("[@click")
        harness.screen.decide(MentionAdded(start, start + len("[@click=app.quit]here"), "ORG"))
        await pilot.pause()
        rows = "\n".join(harness.rows())
        assert "[/b][@click=app.quit]title" in rows
        assert "[@click=app.quit]here[/]" in rows
        harness.screen.notify("[/b]", markup=False)
        await pilot.press("g", "e", "r", "escape", "t", "escape", "m", "j", "M", "escape", "?", "escape")
        await pilot.pause()
        assert harness.app.screen is harness.screen


async def test_an_empty_document_can_be_opened(store: Store) -> None:
    harness = AppHarness(store, document=Document("", (), "nothing", "nothing.txt"), recognition=FixedRecognition())
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"jkG[]{}avVxXtToz", "/", "a", "escape", "g", "e", *"jkmMSrx", "g", "d", *"jkx", "enter")
        await pilot.pause()
        assert harness.reading.mentions == []


async def test_unknown_keys_do_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = harness.screen.article.cursor, list(harness.reading.mentions)
        await pilot.press("Q", "!", "@", "f9", "ctrl+k", "g", "Q", "5", "escape", "é", "delete", "insert")
        assert before == (harness.screen.article.cursor, list(harness.reading.mentions))


async def test_the_users_keymap_applies(store: Store) -> None:
    harness = AppHarness(store, keymap=build_keymap({"next-mention": "W", "nonsense": "x"}))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert "no command 'nonsense'" in harness.message
        await pilot.press("W")
        assert harness.text_under_cursor()


async def test_the_users_settings_apply(store: Store) -> None:
    harness = AppHarness(store, settings=Settings(theme="light", measure=40))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert harness.app.theme == "reader-light"
        assert harness.screen.article.page is not None
        assert harness.screen.article.page.width == 40


async def test_leaving_stops_recognition_and_remembers_the_position(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("3", "]")
        cursor = harness.screen.article.cursor
        await pilot.press("q")
    assert harness.recognition.stopped
    remembered = harness.store.recall(harness.document)
    assert remembered is not None
    assert remembered.position == cursor


async def test_the_position_is_remembered_in_case_the_program_is_killed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("3", "]")
        await harness.screen.position_memory.remember_if_moved()
        remembered = harness.store.recall(harness.document)
        assert remembered is not None
        assert remembered.position == harness.screen.article.cursor > 0


PANES = (Context.TEXT, Context.SELECTING, Context.ENTITIES, Context.DETAILS, Context.ANYWHERE)


async def test_every_command_of_the_reading_screen_has_an_action(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        missing = [c.id for c in COMMANDS if c.context in PANES and not harness.screen.can_run(c)]
        assert missing == []
