"""What is said where a command has nothing to do, and what is not written then."""

from __future__ import annotations

from reader.annotate import Store
from reader.annotate.decisions import EntityStarred
from reader.document import Block, Document
from reader.resolve import Name
from reader.ui.base.bars import Bar
from reader.ui.screens.history_screen import HistoryScreen
from tests.resolve.texts import marked
from tests.ui.conftest import Desk, Known


async def test_renaming_to_the_same_name_is_no_decision(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "r", "enter")
        await pilot.pause()
        name = desk.reading.entities[0].name
        assert desk.screen.message == f"its name is “{name}” already"
        assert desk.reading.history.steps == ()
        await pilot.press("r", *"Kornet", "enter")
        await pilot.pause()
        assert desk.screen.message == f"renamed “{name}” to “Kornet”"
        await pilot.press("r", *name, "enter")
        await pilot.pause()
        assert desk.screen.message == f"renamed “Kornet” to “{name}”"
        await pilot.press("u")
        assert "undid: set the name to" in desk.message
        assert len(desk.reading.history.steps) == 1


async def test_the_position_is_counted_in_the_selected_entity(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        assert "1 of 3" in desk.message
        await pilot.press("escape")
        assert "No entity is selected" in "\n".join(desk.rows())
        assert "1 of 3" not in desk.message
        await pilot.press("]", "]")
        assert "2 of 5" in desk.message
        await pilot.press("g", "g", "w", "w")
        assert desk.under_cursor() == "Tarn"
        assert " of " not in desk.message, "another entity is under the cursor"


async def test_a_note_on_an_entity_needs_a_mention_under_the_cursor(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("barges"))
        for key in ("i", "#"):
            await pilot.press(key)
            await pilot.pause()
            assert desk.app.screen is desk.screen
            assert "no mention under the cursor: ] goes to the next one" in desk.message
        await pilot.press("[", "j", "j", "i")
        await pilot.pause()
        selected = desk.screen.article.entity
        assert selected is not None
        assert desk.app.screen is desk.screen
        assert f"g d to the details of “{selected.name}”" in desk.message


async def test_steps_undone_for_good_are_counted_separately(desk: Desk) -> None:
    async with desk.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for name in ("Osel", "Tarn", "Osel"):
            desk.screen.decide(EntityStarred((Name(name, "GPE"),), True))
        await pilot.press("u", "u")
        desk.screen.decide(EntityStarred((Name("Tarn", "GPE"),), True))
        desk.screen.decide(EntityStarred((Name("Tarn", "GPE"),), False))
        await pilot.press("u", "g", "h")
        await pilot.pause()
        assert isinstance(desk.app.screen, HistoryScreen)
        rows = desk.rows()
        assert "2 undone for good · 1 undone · 2 steps" in rows[0]
        assert sum(row.endswith("undone for good") for row in rows) == 2
        assert sum(row.endswith("  undone") for row in rows) == 1


async def test_a_merge_says_which_mentions_keep_another_label(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "f", *"castellan", "enter")
        await pilot.pause()
        await pilot.press("y", "m", "escape", "g", "e", "f", *"harbor", "enter")
        await pilot.pause()
        await pilot.press("M", "enter")
        await pilot.pause()
        assert "; 3 mentions stay PERSON: T in the text retags all" in desk.screen.message


async def test_the_review_says_which_mentions_keep_another_label(store: Store) -> None:
    text, mentions = marked("[Otto Brill|PERSON] came. [Otto Brill|ORG] went. [Otto Brill|ORG] sang.")
    document = Document(text, (Block(0, len(text)),), "Brill", "brill.txt")
    desk = Desk(store, document=document, recognition=Known(mentions))
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y", "R")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        status = desk.app.screen.query_one("#status", Bar).text
        assert "merged “Otto Brill” (ORG) with “Otto Brill” (PERSON); 1 mention stays PERSON: T in the text" in status
        for key in ("u", "Y", "enter", "enter"):
            await pilot.press(key)
            await pilot.pause()
        status = desk.app.screen.query_one("#status", Bar).text
        assert "u undoes all of it; in 1 some mentions keep another label" in status


async def test_retagging_an_entity_changes_every_mention_with_another_label(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "t", "f", "T", "g")
        await pilot.pause()
        await pilot.press("]", "T", "o")
        await pilot.pause()
        entity = desk.screen.article.entity
        assert entity is not None
        assert desk.screen.message == f"“{entity.name}” is ORG already"
        await pilot.press("t", "f")
        await pilot.pause()
        await pilot.press("T", "o")
        await pilot.pause()
        assert desk.screen.message.startswith("retagged every")
        assert desk.labels()["Harbor Relief Agency"] == {"ORG"}


async def test_confirming_a_decided_mention_says_so_in_the_details(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "y", "k", "y")
        assert desk.screen.message == "decided already"
        assert len(desk.reading.history.steps) == 1


async def test_confirming_an_entity_says_which_mentions_keep_another_label(store: Store) -> None:
    text, mentions = marked("[Cedar Gate|ORG] fell. [Cedar Gate|ORG] rose. [Cedar Gate|FAC] is shut.")
    document = Document(text, (Block(0, len(text)),), "Cedar", "cedar.txt")
    desk = Desk(store, document=document, recognition=Known(mentions))
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "Y")
        await pilot.pause()
        assert "confirmed “Cedar Gate”: 3 mentions; 1 mention stays FAC: T in the text retags all" in desk.message
        await pilot.press("T", "o", "u", "Y")
        await pilot.pause()
        assert desk.labels()["Cedar Gate"] == {"ORG", "FAC"}


async def test_marking_says_which_mention_it_replaces(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.document.text.index("River broke"))
        await pilot.press("a", "l")
        await pilot.pause()
        assert "marked “River” as LOC in place of “Osel River”" in desk.message
        await pilot.press("u", "&", "l")
        await pilot.pause()
        assert "marked “River” as LOC" in desk.message
        assert "in place of" not in desk.message
