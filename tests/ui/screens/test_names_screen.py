from __future__ import annotations

from pathlib import Path

from reader.annotate import GENERAL_DOCUMENT, Decision, Store
from reader.annotate.decisions import EntityDismissed, NameKnown, NamesDifferent, NamesSame
from reader.annotate.general_decisions import add_decisions, list_entries
from reader.resolve import Name
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.screens.names_screen import NamesScreen
from reader.ui.screens.review_screen import ReviewScreen
from tests.ui.conftest import AppHarness, FixedRecognition, make_document
from tests.ui.screens.test_review_screen import reviewed, settle

HRA, AGENCY = Name("HRA", "ORG"), Name("Harbor Relief Agency", "ORG")


async def test_general_decisions_are_listed_removed_and_restored(harness: AppHarness, store: Store) -> None:
    add_decisions(store, [NamesDifferent((AGENCY,), (HRA,)), NamesSame((Name("Tarn", "GPE"), Name("Osel", "GPE")))])
    async with harness.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert harness.names_with("Tarn") == {"Tarn", "Osel"}
        await pilot.press("g", "n")
        await settle(pilot)
        rows = "\n".join(harness.rows())
        assert "2 decisions" in rows
        assert "kept “Harbor Relief Agency” apart from “HRA”" in rows
        await pilot.press("j", "x")
        await settle(pilot)
        assert "u restores it" in "\n".join(harness.rows())
        assert len(store.history(GENERAL_DOCUMENT).decisions) == 1
        await pilot.press("u", "u")
        await settle(pilot)
        assert len(store.history(GENERAL_DOCUMENT).decisions) == 2
        await pilot.press("g", "g", "x", "escape")
        await settle(pilot)
        assert harness.names_with("HRA") == {"Harbor Relief Agency", "HRA"}


async def test_a_name_can_be_added_retagged_ignored_and_removed_again(harness: AppHarness, store: Store) -> None:
    def listed() -> list[Decision]:
        return [entry.decision for entry in list_entries(store.history(GENERAL_DOCUMENT))]

    async with harness.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        await pilot.press("g", "n")
        await settle(pilot)
        await pilot.press("a", *"Osel", "enter")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert listed() == [NameKnown(Name("Osel", "PERSON"))]
        assert "added every “Osel” as PERSON; u removes it again" in "\n".join(harness.rows())
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert listed() == [EntityDismissed((Name("Osel", ""),))]
        await pilot.press("u")
        await settle(pilot)
        assert listed() == [NameKnown(Name("Osel", "PERSON"))]
        await pilot.press("escape")
        await settle(pilot)
        reading = harness.screen.reading
        labels = {reading.document.text[mention.start : mention.end]: mention.label for mention in reading.mentions}
        assert labels["Osel"] == "PERSON"
        await pilot.press("g", "n")
        await settle(pilot)
        await pilot.press("a", "&", "enter")
        await settle(pilot)
        assert "at least one letter" in "\n".join(harness.rows())
        await pilot.press("x", "u", "x")
        await settle(pilot)
        assert listed() == []


async def test_an_empty_list_explains_how_to_fill_it(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        await pilot.press("g", "n")
        await settle(pilot)
        assert "Nothing yet" in "\n".join(harness.rows())
        await pilot.press("x", "j", "G", "u")
        await settle(pilot)
        assert isinstance(harness.app.screen, NamesScreen)
        missing = [c.id for c in COMMANDS if c.context is Context.NAMES and not harness.app.screen.can_run(c)]
        assert missing == []
        await pilot.press("?")
        await settle(pilot)
        assert "In the list of names" in "\n".join(harness.rows())


async def test_the_last_decision_can_apply_everywhere(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "a")
        assert "can apply only in this document" in harness.message
        harness.screen.decide(NamesSame((Name("Tarn", "GPE"), Name("Osel", "GPE"))))
        await pilot.press("g", "a")
        assert "in every document: merged" in harness.message
    harness.store.close()
    other = make_document(("Osel", "Osel is near Tarn."))
    again = AppHarness(Store.open(tmp_path / "annotations.db"), document=other)
    async with again.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert again.names_with("Tarn") == {"Tarn", "Osel"}


async def test_an_answer_of_the_review_can_apply_everywhere(store: Store) -> None:
    document, mentions = reviewed()
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await settle(pilot)
        await pilot.press("g")
        assert store.history(GENERAL_DOCUMENT).decisions == ()
        await pilot.press("n", "g")
        await settle(pilot)
        assert store.history(GENERAL_DOCUMENT).decisions == harness.reading.history.decisions
        assert isinstance(harness.app.screen, ReviewScreen)
        assert any("in every document: kept" in row for row in harness.rows())
        await pilot.press("u")
        await settle(pilot)
        assert store.history(GENERAL_DOCUMENT).decisions == ()


async def test_a_name_added_here_is_not_announced_as_another_windows(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        await pilot.press("g", "n")
        await settle(pilot)
        await pilot.press("a", *"Osel", "enter")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        harness.screen._check_other_windows()  # what the timer does
        await pilot.press("escape")
        await settle(pilot)
        harness.screen._check_other_windows()
        assert "another window" not in harness.message
        assert harness.labels()["Osel"] == {"PERSON"}
        with Store.open(tmp_path / "annotations.db") as other:
            other.append(harness.document, [EntityDismissed((Name("Osel", "PERSON"),))])
        harness.screen._check_other_windows()
        await pilot.pause()
        assert "another window changed the annotations" in harness.message
