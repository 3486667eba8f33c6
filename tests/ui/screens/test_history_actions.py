"""The history, orphans, undo, and the messages on opening."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import EntityStarred, MentionAdded, MentionRemoved, NamesSame, SpanNoted
from reader.resolve import Name
from reader.ui.base.bars import Bar
from reader.ui.dialogs.choosing.question import Question
from reader.ui.screens.history_screen import HistoryScreen
from reader.ui.screens.orphans_screen import OrphansScreen
from tests.ui.actions.test_note_actions import on
from tests.ui.conftest import PARAGRAPHS, AppHarness, FixedRecognition, make_document
from tests.ui.screens.test_review_screen import settle

TARN, OSEL = Name("Tarn", "GPE"), Name("Osel", "GPE")


def statuses(harness: AppHarness) -> str:
    return harness.app.screen.query_one("#status", Bar).text


def lost(harness: AppHarness) -> int:
    return len(harness.reading.history.orphans)


async def test_the_history_undoes_to_any_step_as_one(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for number in range(3):
            harness.screen.decide(MentionAdded(7 * number, 7 * number + 5, "ORG"))
        harness.screen.decide(NamesSame((TARN, OSEL)))
        await pilot.press("u", "g", "h")
        await settle(pilot)
        assert on(harness, HistoryScreen)
        rows = harness.rows()
        assert sum("added" in row for row in rows) == 3
        assert any("merged “Tarn” with “Osel”" in row and row.endswith("undone") for row in rows)
        assert "there is nothing to undo after this step" in statuses(harness)
        await pilot.press("k")
        assert "enter undoes the last step" in statuses(harness)
        await pilot.press("enter")
        await settle(pilot)
        assert len(harness.reading.history.steps) == 2
        await pilot.press("g", "g")
        assert "enter undoes the last 2 steps" in statuses(harness)
        await pilot.press("u")
        await settle(pilot)
        assert on(harness, Question)
        assert "undo 2 steps" in "\n".join(harness.rows())
        await pilot.press("n")
        await settle(pilot)
        assert len(harness.reading.history.steps) == 2
        await pilot.press("u", "y")
        await settle(pilot)
        assert harness.reading.history.decisions == ()
        assert "undid 2 steps" in statuses(harness)
        await pilot.press("ctrl+r")
        assert len(harness.reading.history.steps) == 2
        await pilot.press("ctrl+r", "ctrl+r", "escape")
        await settle(pilot)
        assert len(harness.reading.history.steps) == 4


async def test_the_history_is_empty_at_first_and_follows_other_windows(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        await pilot.press("g", "h", "enter", "G", "ctrl+r")
        await settle(pilot)
        assert "nothing to redo" in statuses(harness)
        with Store.open(tmp_path / "annotations.db", author="Ada") as other:
            other.append(harness.document, [EntityStarred((TARN,), True)])
        for _ in range(600):
            await asyncio.sleep(0.1)
            if "another window" in statuses(harness):
                break
        assert any("Ada" in row and "starred “Tarn”" in row for row in harness.rows())


async def test_undo_goes_to_what_it_changed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        last = harness.reading.mentions[-1]
        harness.screen.decide(MentionRemoved(last.start, last.end))
        harness.screen.article.move_cursor(0)
        await pilot.press("u")
        assert harness.screen.article.cursor == last.start
        assert harness.screen.article.entity == harness.reading.entity_of(last)
        harness.screen.decide(EntityStarred((TARN,), True))
        harness.screen.select(None)
        await pilot.press("u")
        assert harness.screen.article.entity is not None
        assert harness.screen.article.entity.name == "Tarn"


async def test_undo_says_if_it_undoes_a_step_of_another_window(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.decide(EntityStarred((OSEL,), True))
        with Store.open(tmp_path / "annotations.db") as other:
            other.append(harness.document, [EntityStarred((TARN,), True)])
        await pilot.press("u")
        assert "undid: starred “Osel”" in harness.message, "its own first"
        await pilot.press("u")
        assert "undid a step of another window: starred “Tarn”" in harness.message


def moved(path: Path) -> AppHarness:
    """Return a harness with the sample, changed after decisions on it, in another window."""
    old = make_document()
    council = old.text.index("council of Osel")
    with Store.open(path) as store:
        store.append(old, [MentionAdded(council, council + 15, "ORG")])
        store.append(old, [SpanNoted(council, council + 15, "Which one?")])
        store.append(old, [SpanNoted(old.text.index("barges"), old.text.index("barges") + 6, "How many?")])
        castellan = old.text.index("Mira Castellan")
        store.append(old, [SpanNoted(castellan, castellan + 14, "Who?")])
    changed = [part.replace("the council of Osel for barges", "the Osel town council for boats") for part in PARAGRAPHS]
    return AppHarness(Store.open(path), document=replace(make_document(changed), source=old.source))


async def test_orphans_are_announced_listed_and_attached_again(tmp_path: Path) -> None:
    harness = moved(tmp_path / "annotations.db")
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "carried over 1 decision to the changed text; 3 are now orphans: g o shows them" in harness.message
        await pilot.press("g", "o")
        await settle(pilot)
        assert on(harness, OrphansScreen)
        rows = "\n".join(harness.rows())
        assert "2 mentions" in rows
        assert "added “council of Osel” as ORG and 1 more" in rows
        assert "had asked the council of Osel for" in rows
        assert " barges. HRA" in rows, "no space before a full stop"
        await pilot.press("enter")
        await settle(pilot)
        assert "[Osel town council]" in "\n".join(harness.rows())
        await pilot.press("enter")
        await settle(pilot)
        at = harness.document.text.index("Osel town council")
        assert MentionAdded(at, at + 17, "ORG") in harness.reading.history.decisions
        assert harness.reading.notes.note_at(at, at + 17) == "Which one?"
        assert lost(harness) == 1
        await pilot.press("x")
        assert lost(harness) == 0
        assert "There are no orphans" in "\n".join(harness.rows())
        await pilot.press("u", "u")
        assert lost(harness) == 3
        await pilot.press("ctrl+r", "escape")
        await settle(pilot)
        assert harness.screen.article.cursor == at
    harness.store.close()
    again = AppHarness(Store.open(tmp_path / "annotations.db"), document=harness.document)
    async with again.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "followed" not in again.message, "it is said once"
        assert lost(again) == 1


async def test_the_selection_is_the_first_candidate_for_an_orphan(tmp_path: Path) -> None:
    harness = moved(tmp_path / "annotations.db")
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.move_cursor(harness.document.text.index("tonnes"))
        await pilot.press("v", "g", "o", "j", "enter")
        await settle(pilot)
        assert "[tonnes]" in "\n".join(harness.rows())
        await pilot.press("enter")
        await settle(pilot)
        assert [note.text for note in harness.reading.notes.notes if note.text == "How many?"] == ["How many?"]


async def test_a_reworded_name_is_offered_but_never_attached_automatically(tmp_path: Path) -> None:
    old = make_document()
    castellan = old.text.index("Mira Castellan")
    with Store.open(tmp_path / "annotations.db") as store:
        store.append(old, [MentionAdded(castellan, castellan + 14, "PERSON")])
    changed = [part.replace("Mira Castellan, who", "Myra Kastelan, who") for part in PARAGRAPHS]
    document = replace(make_document(changed), source=old.source)
    harness = AppHarness(Store.open(tmp_path / "annotations.db"), document=document, recognition=FixedRecognition())
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert harness.reading.mentions == []
        await pilot.press("g", "o", "enter")
        await settle(pilot)
        rows = "\n".join(harness.rows())
        assert "“Mira Castellan” is no longer in the text." in rows
        assert "[Myra Kastelan]" in rows
        await pilot.press("escape")
        await settle(pilot)
        assert harness.reading.mentions == []
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert harness.labels() == {"Myra Kastelan": {"PERSON"}}
