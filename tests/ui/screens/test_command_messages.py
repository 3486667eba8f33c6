"""Messages of commands that have nothing to do, or that do more than they seem to."""

from __future__ import annotations

from reader.annotate import Store
from reader.annotate.decisions import EntityStarred
from reader.document import Block, Document
from reader.resolve import Name
from reader.ui.base.bars import Bar
from reader.ui.screens.history_screen import HistoryScreen
from tests.resolve.texts import marked
from tests.ui.conftest import AppHarness, FixedRecognition


async def test_renaming_to_the_same_name_is_no_decision(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "r", "enter")
        await pilot.pause()
        name = harness.reading.entities[0].name
        assert harness.screen.message == f"its name is already “{name}”"
        assert harness.reading.history.steps == ()
        await pilot.press("r", *"Kornet", "enter")
        await pilot.pause()
        assert harness.screen.message == f"renamed “{name}” to “Kornet”"
        await pilot.press("r", *name, "enter")
        await pilot.pause()
        assert harness.screen.message == f"renamed “Kornet” to “{name}”"
        await pilot.press("u")
        assert "undid: set the name to" in harness.message
        assert len(harness.reading.history.steps) == 1


async def test_the_position_is_counted_in_the_selected_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(160, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        assert "1 of 3" in harness.message
        await pilot.press("escape")
        assert "No entity is selected" in "\n".join(harness.rows())
        assert "1 of 3" not in harness.message
        await pilot.press("]", "]")
        assert "2 of 5" in harness.message
        await pilot.press("g", "g", "w", "w")
        assert harness.text_under_cursor() == "Tarn"
        await pilot.pause()
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Tarn", "the selection follows the cursor"
        assert "1 of 3" in harness.message


async def test_a_note_on_an_entity_needs_a_mention_under_the_cursor(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("barges"))
        for key in ("i", "I"):
            await pilot.press(key)
            await pilot.pause()
            assert harness.app.screen is harness.screen
            assert "no mention under the cursor: ] goes to the next one" in harness.message
        await pilot.press("[", "j", "j", "i")
        await pilot.pause()
        selected = harness.screen.article.entity
        assert selected is not None
        assert harness.app.screen is harness.screen
        assert f"g d to the details of “{selected.name}”" in harness.message


async def test_steps_undone_for_good_are_counted_separately(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for name in ("Osel", "Tarn", "Osel"):
            harness.screen.decide(EntityStarred((Name(name, "GPE"),), True))
        await pilot.press("u", "u")
        harness.screen.decide(EntityStarred((Name("Tarn", "GPE"),), True))
        harness.screen.decide(EntityStarred((Name("Tarn", "GPE"),), False))
        await pilot.press("u", "g", "h")
        await pilot.pause()
        assert isinstance(harness.app.screen, HistoryScreen)
        rows = harness.rows()
        assert "2 undone for good · 1 undone · 2 steps" in rows[0]
        assert sum(row.endswith("undone for good") for row in rows) == 2
        assert sum(row.endswith("  undone") for row in rows) == 1


async def test_a_merge_says_which_mentions_keep_another_label(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "f", *"castellan", "enter")
        await pilot.pause()
        await pilot.press("y", "m", "escape", "g", "e", "f", *"harbor", "enter")
        await pilot.pause()
        await pilot.press("M")
        await pilot.pause()
        assert "; 3 mentions stay PERSON: T in the text retags all" in harness.screen.message


async def test_the_review_says_which_mentions_keep_another_label(store: Store) -> None:
    text, mentions = marked("[Brill Stadium|FAC] opened. [Stadium Brill|ORG] paid. [Stadium Brill|ORG] lost.")
    document = Document(text, (Block(0, len(text)),), "Brill", "brill.txt")
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y", "R")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        status = harness.app.screen.query_one("#status", Bar).text
        assert "merged “Stadium Brill” with “Brill Stadium”; 1 mention stays FAC: T in the text" in status
        for key in ("u", "Y", "enter", "enter"):
            await pilot.press(key)
            await pilot.pause()
        status = harness.app.screen.query_one("#status", Bar).text
        assert "u undoes all of it; in 1 some mentions keep another label" in status


async def test_retagging_an_entity_changes_every_mention_with_another_label(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "t", "f", "T", "g")
        await pilot.pause()
        await pilot.press("]", "T", "o")
        await pilot.pause()
        entity = harness.screen.article.entity
        assert entity is not None
        assert harness.screen.message == f"“{entity.name}” is already ORG"
        await pilot.press("t", "f")
        await pilot.pause()
        await pilot.press("T", "o")
        await pilot.pause()
        assert harness.screen.message.startswith("retagged every")
        assert harness.labels()["Harbor Relief Agency"] == {"ORG"}


async def test_confirming_a_decided_mention_says_so_in_the_details(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "enter", "y", "k", "y")
        assert harness.screen.message == "already decided"
        assert len(harness.reading.history.steps) == 1


async def test_confirming_an_entity_says_which_mentions_keep_another_label(store: Store) -> None:
    text, mentions = marked("[Cedar Gate|ORG] fell. [Cedar Gate|ORG] rose. [Cedar Gate|FAC] is shut.")
    document = Document(text, (Block(0, len(text)),), "Cedar", "cedar.txt")
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "Y")
        await pilot.pause()
        assert "confirmed “Cedar Gate”: 3 mentions; 1 mention stays FAC: T in the text retags all" in harness.message
        await pilot.press("T", "o", "u", "Y")
        await pilot.pause()
        assert harness.labels()["Cedar Gate"] == {"ORG", "FAC"}


async def test_marking_says_which_mention_it_replaces(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.document.text.index("River broke"))
        await pilot.press("a", "l")
        await pilot.pause()
        assert "added “River” as LOC in place of “Osel River”" in harness.message
        await pilot.press("u", "&", "l")
        await pilot.pause()
        assert "added “River” as LOC" in harness.message
        assert "in place of" not in harness.message
