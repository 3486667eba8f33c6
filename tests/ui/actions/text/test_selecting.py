"""Selecting by words and characters, parts of compounds, and the mode in the status line."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reader.annotate import Store
from reader.recognize import Mention
from tests.ui.conftest import AppHarness, FixedRecognition, make_document
from tests.ui.scenes import rows_of

TEXT = (
    "Compounds",
    "The Ostia-Porto line and the US-led mission opened. Ostia-Porto trains ran late; the Porto crew slept.",
    "A second paragraph says nothing.",
)


@pytest.fixture
def compounds(store: Store) -> AppHarness:
    document = make_document(TEXT)
    start = document.text.index("Ostia-Porto")
    mention = Mention(start, start + len("Ostia-Porto"), "GPE")
    return AppHarness(store, document=document, recognition=FixedRecognition([mention]))


async def at(harness: AppHarness, pilot: Pilot[int], words: str, *keys: str, within: int = 0) -> None:
    await pilot.pause()
    harness.screen.article.move_cursor(harness.document.text.index(words) + within)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()


def selected(harness: AppHarness) -> str:
    selection = harness.screen.article.selection
    return harness.document.text[selection.start : selection.end] if selection else ""


async def test_a_part_of_a_compound_is_selected_and_added(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "Ostia-Porto", "v", "p", within=7)
        assert selected(compounds) == "Porto"
        await pilot.press("a", "g")
        await pilot.pause()
        assert compounds.labels() == {"Porto": {"GPE"}}
        await at(compounds, pilot, "US-led", "v", "p", "a", "g")
        assert compounds.labels() == {"Porto": {"GPE"}, "US": {"GPE"}}


async def test_characters_are_selected_one_by_one_and_taken_as_they_are(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "mission", "v", "h", "h", "h", "h")
        assert selected(compounds) == "mis"
        assert compounds.message.startswith("SELECT characters")
        await pilot.press("9", "h")
        assert selected(compounds) == "US-led m"
        await pilot.press("o", "h", "h", "a", "o")
        await pilot.pause()
        assert compounds.labels()["US-led"] == {"ORG"}


async def test_words_are_selected_without_the_punctuation_after_them(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "opened", "v")
        assert compounds.message.startswith("SELECT ")
        assert not compounds.message.startswith("SELECT characters")
        await pilot.press("e", "b", "a", "e")
        await pilot.pause()
        assert compounds.labels()["opened"] == {"EVENT"}


@pytest.mark.parametrize(
    ("keys", "end"), [("$", ""), ("s", "Ostia"), ("J", "slept."), ("G", "slept."), ("/ t r a i n s enter", "trains")]
)
async def test_every_motion_extends_the_selection(compounds: AppHarness, keys: str, end: str) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "mission", "v", *keys.split())
        assert selected(compounds).startswith("mission")
        assert len(selected(compounds)) > len("mission")
        assert end in selected(compounds)


async def test_extending_backward_and_forward_again_keeps_the_anchor(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "mission", "v", "0")
        assert selected(compounds).endswith("mission")
        assert len(selected(compounds)) > len("mission")
        await pilot.press("E", "$")
        await pilot.pause()
        assert selected(compounds).startswith("mission")


async def test_a_search_match_inside_a_compound_is_added_as_it_is(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "Compounds", "/", *"porto", "enter")
        await pilot.press("a", "o")
        await pilot.pause()
        assert compounds.labels() == {"Porto": {"ORG"}}
        await pilot.press("u")
        await at(compounds, pilot, "Compounds", "/", *"mis", "enter")
        await pilot.press("a", "o")
        await pilot.pause()
        assert compounds.labels()["mission"] == {"ORG"}, "a name never ends inside a word"


async def test_all_occurrences_of_a_part_are_offered_and_only_whole_words_ticked(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 40)) as pilot:
        await at(compounds, pilot, "Ostia-Porto", "v", "p", "A", "g", within=7)
        rows = "\n".join(compounds.rows())
        assert rows.count("within “Ostia-Porto”") == 1
        await pilot.press("enter")
        await pilot.pause()
        texts = [compounds.document.text[mention.start - 6 : mention.end] for mention in compounds.reading.mentions]
        assert texts == ["Ostia-Porto", "; the Porto"[-11:]]


async def test_a_mention_of_a_compound_is_divided(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "Ostia-Porto", "|", within=8)
        assert compounds.labels() == {"Ostia": {"GPE"}, "Porto": {"GPE"}}
        assert "divided into “Ostia” and “Porto”" in compounds.message
        await pilot.press("|")
        await pilot.pause()
        assert "has only one part" in compounds.message
        await pilot.press("u")
        await pilot.pause()
        assert compounds.labels() == {"Ostia-Porto": {"GPE"}}, "dividing is one step"


async def test_a_mention_is_resized_by_characters(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "Ostia-Porto", "r")
        assert compounds.message.startswith("RESIZE")
        await pilot.press("6", ",", "enter")
        await pilot.pause()
        assert compounds.labels() == {"Ostia": {"GPE"}}
        await pilot.press("r", "4", ".", ">", ">", "<", "enter")
        await pilot.pause()
        assert compounds.labels() == {"stia-Por": {"GPE"}}


async def test_confirming_is_impossible_while_selecting(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "Ostia-Porto", "v", "y")
        assert compounds.app.clipboard == "Ostia-Porto"
        assert compounds.reading.history.decisions == ()
        assert compounds.screen.article.selection is None
        await pilot.press("v", "Y")
        await pilot.pause()
        assert compounds.reading.history.decisions == ()
        assert compounds.app.clipboard == "“Ostia-Porto” (“Relief reaches Tarn”, relief.txt)"


@pytest.mark.parametrize("size", [(130, 30), (100, 30), (60, 20), (40, 9)])
async def test_the_mode_is_shown_in_every_layout(compounds: AppHarness, size: tuple[int, int]) -> None:
    async with compounds.app.run_test(size=size) as pilot:
        await at(compounds, pilot, "mission", "v")
        assert "SELECT" in "\n".join(compounds.rows())
        await pilot.press("escape", "Z", "v")
        await pilot.pause()
        assert "SELECT" in "\n".join(compounds.rows())
        await pilot.press("escape")
        await pilot.pause()
        assert "SELECT" not in "\n".join(compounds.rows())


async def test_a_selection_over_paragraphs_is_copied_and_noted_but_is_no_name(compounds: AppHarness) -> None:
    text = compounds.document.text
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "crew", "v", "w", "w", "w")
        passage = "crew slept.\n\nA second"
        assert " ".join(selected(compounds).split()) == " ".join(passage.split())
        for key in ("a", "A", "&"):
            await pilot.press(key)
            await pilot.pause()
            assert "a name lies in one paragraph" in compounds.message
        await pilot.press("y")
        await pilot.pause()
        assert compounds.app.clipboard == text[text.index("crew") : text.index("second") + 6]
        await at(compounds, pilot, "crew", "v", "3", "w", "c", "x", "ctrl+s")
        await pilot.pause()
        start, end = text.index("crew"), text.index("second") + 6
        assert compounds.screen.reading.notes.note_at(start, end) == "x"
        assert not compounds.screen.article.selection
        await at(compounds, pilot, "second", "c")
        assert "Note on “crew slept. A second”" in "\n".join(rows_of(pilot))


async def test_rows_are_selected_over_several_paragraphs(compounds: AppHarness) -> None:
    async with compounds.app.run_test(size=(100, 30)) as pilot:
        await at(compounds, pilot, "crew", "v", "9", "g", "V")
        assert selected(compounds).endswith("the Porto crew slept.\nA second paragraph says nothing.")
        await pilot.press("v")
        await at(compounds, pilot, "Compounds", "v", "j", "j", "j")
        assert "Ostia" in selected(compounds)
        assert "second" in selected(compounds)
