"""The screens of a collection: lists, profiles, search and review."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from textual.pilot import Pilot

from reader.annotate import GENERAL_DOCUMENT
from reader.annotate.decisions import ProfilesDifferent, ProfilesSame, WatchlistAnswered
from reader.collection.document_record import document_record
from reader.collection.queries.profiles.profile_suggestions import SuggestedPair
from reader.collection.storage.index_files import index_path
from reader.collection.storage.open_index import open_index
from reader.collection.upkeep.profile_update import LiveProfiles
from reader.collection.watchlists.saved_lists import add_list
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.ui.base.bars import Bar
from reader.ui.dialogs.help import HelpScreen
from reader.ui.screens.collection.collection_screen import CollectionScreen
from reader.ui.screens.collection.decided_profiles import WAITING
from reader.ui.screens.collection.documents.about_document import AboutLines
from reader.ui.screens.collection.line_list import LineList
from reader.ui.screens.collection.profile.profile_screen import ProfileScreen
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.collection.made_documents import write
from tests.ui.conftest import AppHarness, make_document, mentions_in
from tests.ui.waiting import shown

SECOND = "Mira Castellan spoke to the Harbor Relief Agency on 3 May 2021. “We wait,” Castellan said.\n\nTarn slept."
NAMESAKES = ("John Smith opened a bakery.", "John Smith lost the race.", "John Smith sang.")


def other_document(path: Path, text: str) -> Document:
    path.write_text(text, "utf-8")
    return Document(text, (Block(0, len(text)),), path.stem, str(path), date="2021-05-04")


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of the document of the harness, another one about the same people, and three about namesakes."""
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    readings = [Reading(make_document())]
    readings[0].set_recognized(mentions_in(readings[0].document.text))
    second = Reading(other_document(tmp_path / "second.txt", SECOND))
    second.set_recognized(mentions_in(SECOND))
    readings.append(second)
    for number, text in enumerate(NAMESAKES):
        reading = Reading(other_document(tmp_path / f"smith{number}.txt", text))
        reading.set_recognized([Mention(0, len("John Smith"), "PERSON")])
        readings.append(reading)
    index = open_index(create=True)
    write(index, [document_record(reading) for reading in readings])
    index.close()
    return tmp_path


def lines_of(pilot: Pilot[Any]) -> list[str]:
    return [line.text for line in pilot.app.screen.query_one(LineList).lines]


def bar(pilot: Pilot[Any], name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", Bar).text


async def in_documents(pilot: Pilot[Any]) -> None:
    await pilot.press("g", "b")
    await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen) and bool(lines_of(pilot)))


async def in_collection(pilot: Pilot[Any]) -> None:
    """Go to the entities of the collection."""
    if not isinstance(pilot.app.screen, CollectionScreen):
        await in_documents(pilot)
        await pilot.press("tab")
    await shown(pilot, lambda: "entities" in bar(pilot, "title") and bool(lines_of(pilot)))


@pytest.mark.usefixtures("indexed")
async def test_a_key_opens_the_profile_of_a_mention_and_escape_leads_back(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, lambda: bool(harness.reading.entities))
        harness.screen.article.move_cursor(harness.document.text.index("Mira Castellan"))
        await pilot.press("P")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
        assert bar(pilot, "title").startswith("Mira Castellan")
        assert "2 documents" in bar(pilot, "title")
        lines = lines_of(pilot)
        assert {"Names (2)", "Timeline (1)", "Quotes (1)", "Documents (2)"} <= set(lines)
        assert any("Harbor Relief Agency" in line for line in lines)
        await pilot.press("escape")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


@pytest.mark.usefixtures("indexed")
async def test_enter_follows_a_mention_into_another_document_and_back(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, lambda: bool(harness.reading.entities))
        harness.screen.article.move_cursor(harness.document.text.index("Mira Castellan"))
        await pilot.press("P")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
        rows = pilot.app.screen.query_one(LineList)
        rows.move_to(next(index for index, line in enumerate(rows.lines) if line.text.startswith("“We wait")))
        await pilot.press("enter")
        await shown(pilot, lambda: len(pilot.app.screen_stack) == 3 and isinstance(pilot.app.screen, ReadingScreen))
        assert harness.screen.reading.document.text == SECOND
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen))


async def test_a_passage_opens_although_its_document_changed_or_vanished(harness: AppHarness, indexed: Path) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("slash", *"bakery", "enter")
        await shown(pilot, lambda: lines_of(pilot) == [NAMESAKES[0]])
        (indexed / "smith0.txt").write_text("Now empty.")
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await shown(pilot, lambda: "this document has changed since it was indexed" in harness.message)
        assert harness.screen.reading.document.text.strip() == "Now empty."
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen))
        (indexed / "smith0.txt").unlink()
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await shown(pilot, lambda: "the file is gone" in harness.message)
        assert NAMESAKES[0] in harness.screen.reading.document.text
        assert harness.screen.article.cursor == NAMESAKES[0].index("bakery")


@pytest.mark.usefixtures("indexed")
async def test_a_passage_from_standard_input_opens_as_it_was_kept(harness: AppHarness) -> None:
    text = "A lighthouse was sold."
    reading = Reading(Document(text, (Block(0, len(text)),), "Sold", "-"))
    reading.set_recognized([])
    with closing(open_index()) as index:
        write(index, [document_record(reading)])
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("slash", *"lighthouse", "enter")
        await shown(pilot, lambda: lines_of(pilot) == [text])
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        assert harness.screen.reading.document.text == text
        assert "this came from standard input" in harness.message
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen))


@pytest.mark.usefixtures("indexed")
async def test_the_dates_of_a_timeline_are_a_column(harness: AppHarness, indexed: Path) -> None:
    reading = Reading(other_document(indexed / "third.txt", "Mira Castellan was born in Tarn in 1961."))
    reading.set_recognized(mentions_in(reading.document.text))
    with closing(open_index()) as index:
        write(index, [document_record(reading)])
    async with harness.app.run_test(size=(120, 60)) as pilot:
        await in_collection(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: any(row.startswith(" Timeline (2)") for row in harness.rows()))
        rows = harness.rows()
        position = next(index for index, row in enumerate(rows) if row.startswith(" Timeline (2)"))
        assert rows[position + 1].startswith("   1961        Mira Castellan was born")
        assert rows[position + 2].startswith("   2021-05-03  Mira Castellan spoke")


@pytest.mark.usefixtures("indexed")
async def test_sections_can_be_skipped(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
        rows = pilot.app.screen.query_one(LineList)
        await pilot.press("]")
        first = rows.cursor
        assert rows.lines[first - 1].is_heading
        await pilot.press("]", "[")
        assert rows.cursor == first


@pytest.fixture
def people(indexed: Path) -> None:
    """A watchlist with a name like one of the collection, and one like a name of several profiles."""
    (indexed / "people.csv").write_text("id,name\np1,Myra Castellan\np2,Jon Smith\n")
    add_list("people", indexed / "people.csv")


async def in_profile_of(pilot: Pilot[Any], name: str) -> None:
    """Open the profile of an entity, and wait until the watchlists have been searched."""
    await in_collection(pilot)
    rows = pilot.app.screen.query_one(LineList)
    rows.move_to(next(index for index, line in enumerate(rows.lines) if line.text.startswith(name)))
    await pilot.press("enter")
    await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
    await shown(pilot, lambda: "searching the watchlists …" not in lines_of(pilot))


@pytest.mark.usefixtures("people")
async def test_a_profile_shows_what_watchlists_have_and_keeps_the_answers(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_profile_of(pilot, "Mira Castellan")
        lines = lines_of(pilot)
        assert "Like names on your watchlists (1)" in lines
        position = lines.index("Mira Castellan is like Myra Castellan (people: p1)")
        assert lines[position + 1].strip() == "“mira” for “myra”"
        rows = pilot.app.screen.query_one(LineList)
        assert rows.lines[position].detail == "98% · not reviewed"
        assert "y the listed one" in harness.rows()[-1]
        await pilot.press("y")
        assert "no hit of a watchlist is under the cursor" in bar(pilot, "status")
        rows.move_to(position)
        await pilot.press("y")
        await shown(pilot, lambda: rows.lines[position].detail == "98% · the listed one")
        await shown(pilot, lambda: bar(pilot, "status").startswith("noted that “Mira Castellan” is “Myra Castellan”"))
        (decision,) = harness.store.history(GENERAL_DOCUMENT).decisions
        assert isinstance(decision, WatchlistAnswered)
        assert [name.text for name in decision.names] == ["Mira Castellan"]
        await pilot.press("s")
        await shown(pilot, lambda: rows.lines[position].detail == "98% · unsure")
        await pilot.press("u", "u")
        await shown(pilot, lambda: rows.lines[position].detail == "98% · not reviewed")
        await pilot.press("ctrl+r")
        await shown(pilot, lambda: rows.lines[position].detail == "98% · the listed one")
        await pilot.press("escape")
        await in_profile_of(pilot, "Mira Castellan")
        assert "98% · the listed one" in [line.detail for line in pilot.app.screen.query_one(LineList).lines]


async def test_markup_and_sequences_in_listed_names_are_plain_text(harness: AppHarness, indexed: Path) -> None:
    names = ("[bold]Myra[/bold] Castellan", "<b>Myra</b> Castellan", "Myra\x1b[2J Castellan", "Myra Castellan")
    (indexed / "odd.csv").write_text("id,name\n" + "".join(f"[red]{name},{name}\n" for name in names))
    add_list("odd", indexed / "odd.csv")
    async with harness.app.run_test(size=(160, 40)) as pilot:
        await in_profile_of(pilot, "Mira Castellan")
        rows = pilot.app.screen.query_one(LineList)
        rows.move_to(next(index for index, line in enumerate(rows.lines) if "(odd: [red]Myra Castellan)" in line.text))
        await pilot.press("s")
        await shown(pilot, lambda: bar(pilot, "status").startswith("noted that “Mira Castellan” may be"))
        screen = "\n".join(harness.rows())
        assert "[red]Myra Castellan" in screen
        assert "\x1b" not in screen


@pytest.mark.usefixtures("people")
async def test_an_answer_that_holds_for_namesakes_says_so(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(160, 40)) as pilot:
        await in_profile_of(pilot, "John Smith")
        rows = pilot.app.screen.query_one(LineList)
        rows.move_to(next(index for index, line in enumerate(rows.lines) if "people: p2" in line.text))
        await pilot.press("x")
        await shown(pilot, lambda: "2 other profiles have this name" in bar(pilot, "status"))


@pytest.mark.usefixtures("people")
async def test_a_profile_does_not_wait_for_long_lists(harness: AppHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ui.watchlist_search._COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
        await shown(pilot, lambda: "searching the watchlists …" in lines_of(pilot))
        assert "Documents (2)" in lines_of(pilot)
        await pilot.press("escape")
        await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen))


@pytest.mark.usefixtures("people")
async def test_a_search_of_the_lists_that_fails_is_reported(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.watchlist_search._COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: "the watchlists could not be searched" in bar(pilot, "status"))
        assert "the watchlists could not be searched" in lines_of(pilot)


def has_headings(harness: AppHarness, headings: str) -> bool:
    """Return whether the list has these headings of columns."""
    return " ".join(harness.rows()[1].split()) == headings


@pytest.mark.usefixtures("indexed")
async def test_entities_are_filtered_and_sorted(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        rows = pilot.app.screen.query_one(LineList)
        assert any(line.startswith("Mira Castellan") for line in lines_of(pilot))
        everything = lines_of(pilot)
        await pilot.press("f", *"relief")
        await shown(pilot, lambda: [line.text for line in rows.lines] == ["Harbor Relief Agency"])
        await pilot.press("escape")
        await shown(pilot, lambda: lines_of(pilot) == everything)
        await pilot.press("f", *"relief", "enter")
        await shown(pilot, lambda: lines_of(pilot) == ["Harbor Relief Agency"])
        await pilot.press("s", "s")
        await shown(pilot, lambda: "name" in bar(pilot, "title"))
        await pilot.press("f", "ctrl+u", "enter")
        await shown(pilot, lambda: len(lines_of(pilot)) > 3)
        names = lines_of(pilot)
        assert names == sorted(names, key=str.casefold)
        for size, headings in (
            ((120, 40), "name label documents mentions first seen last seen"),
            ((80, 24), "name label documents mentions last seen"),
            ((64, 24), "name label documents mentions"),
            ((40, 20), "name documents"),
        ):
            await pilot.resize_terminal(*size)
            await shown(pilot, partial(has_headings, harness, headings))


@pytest.mark.usefixtures("indexed")
async def test_namesakes_are_told_apart_in_the_list_and_in_a_profile(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("f", *"john", "enter")
        await shown(pilot, lambda: len(lines_of(pilot)) == 3)
        rows = pilot.app.screen.query_one(LineList)
        assert all("in “smith" in rows.draw_item(index, 120)[0][2].text for index in range(3))
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen) and bool(lines_of(pilot)))
        assert lines_of(pilot)[0] == "Others have this name (2)"
        assert "in “smith" in bar(pilot, "title")
        other = lines_of(pilot)[1]
        await pilot.press("enter")
        await shown(pilot, lambda: len(pilot.app.screen_stack) == 4 and bool(lines_of(pilot)))
        assert other not in lines_of(pilot)


@pytest.mark.usefixtures("indexed")
async def test_a_search_shows_passages_with_highlights(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("slash", *"bakery", "enter")
        await shown(pilot, lambda: lines_of(pilot) == [NAMESAKES[0]])
        (line,) = pilot.app.screen.query_one(LineList).lines
        ((start, end),) = line.highlights
        assert line.text[start:end] == "bakery"
        await pilot.press("slash", *" since:2030")
        assert "since:2020 until:2021-05 the date of the document" in "\n".join(harness.rows())
        await pilot.press("enter")
        await shown(pilot, lambda: lines_of(pilot) == [])
        reason = "Nothing found: 5 documents match, but none with a date since 2030."
        await shown(pilot, lambda: reason in "\n".join(harness.rows()))
        await pilot.press("slash", "ctrl+u", *"bakery since:soon", "enter")
        await shown(pilot, lambda: "since:soon is not a day such as since:2021-03-12" in bar(pilot, "status"))


@pytest.mark.usefixtures("indexed")
async def test_the_review_keeps_answers_and_takes_them_back(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._QUIET_SECONDS", 0.0)
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "2 of 2 questions" in bar(pilot, "title"))
        await pilot.press("y")
        await shown(pilot, lambda: "1 of 1 questions" in bar(pilot, "title"))
        (decision,) = harness.store.history(GENERAL_DOCUMENT).decisions
        assert isinstance(decision, ProfilesSame)
        await pilot.press("x")
        await shown(pilot, lambda: "0 of 0 questions" in bar(pilot, "title"))
        assert isinstance(harness.store.history(GENERAL_DOCUMENT).decisions[-1], ProfilesDifferent)
        await pilot.press("u")
        await shown(pilot, lambda: "1 of 1 questions" in bar(pilot, "title"))
        assert harness.store.history(GENERAL_DOCUMENT).decisions == (decision,)


@pytest.mark.usefixtures("indexed")
async def test_what_an_answer_needs_is_read_while_its_question_is_under_the_cursor(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._QUIET_SECONDS", 0.0)
    prepare = Mock()
    monkeypatch.setattr(LiveProfiles, "prepare", prepare)
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        assert not prepare.called
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "2 of 2 questions" in bar(pilot, "title"))
        rows = pilot.app.screen.query_one(LineList)
        first, second = {line.item for line in rows.lines if isinstance(line.item, SuggestedPair)}
        await shown(pilot, lambda: prepare.call_count == 1)
        await pilot.press("G")
        await shown(pilot, lambda: prepare.call_count == 2)
        keys = {call.args[-1] for call in prepare.call_args_list}
        assert keys == {(pair.a.key, pair.b.key) for pair in (first, second)}


@pytest.mark.usefixtures("indexed")
async def test_a_decision_that_was_not_written_before_the_program_ended_is_followed_later(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "2 of 2 questions" in bar(pilot, "title"))
        monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._QUIET_SECONDS", 600.0)
        await pilot.press("y")
        await shown(pilot, lambda: bool(harness.store.history(GENERAL_DOCUMENT).decisions))
        await pilot.press("escape")
        await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._QUIET_SECONDS", 0.0)
        await in_collection(pilot)
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "1 of 1 questions" in bar(pilot, "title"))


@pytest.mark.usefixtures("indexed")
async def test_an_answer_waits_for_another_process_that_indexes(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._QUIET_SECONDS", 0.0)
    monkeypatch.setattr("reader.ui.screens.collection.decided_profiles._BUSY_SECONDS", 0.0)
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "2 of 2 questions" in bar(pilot, "title"))
        with closing(open_index()) as index:
            with index.lock():
                await pilot.press("y")
                await shown(pilot, lambda: bar(pilot, "status") == WAITING)
                assert len(harness.store.history(GENERAL_DOCUMENT).decisions) == 1
            await shown(pilot, lambda: "1 of 1 questions" in bar(pilot, "title"))
        assert bar(pilot, "status") == ""


async def test_without_a_collection_a_message_says_how_to_make_one(
    harness: AppHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path))
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, lambda: bool(harness.reading.entities))
        harness.screen.article.move_cursor(harness.document.text.index("Mira Castellan"))
        await pilot.press("P")
        await shown(pilot, lambda: "reader index" in harness.message)
        await pilot.press("g", "b")
        await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen))
        await pilot.press("tab")
        await shown(pilot, lambda: "a adds a file, a folder or an address" in "\n".join(harness.rows()))
        await pilot.press("y")
        await shown(pilot, lambda: "tab leads to the review" in bar(pilot, "status"))
        assert harness.rows()[-1].startswith(" enter open  tab view  / search  f filter  a add")


@pytest.mark.usefixtures("indexed")
async def test_the_help_says_what_keys_mean_in_the_collection(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 60)) as pilot:
        await in_collection(pilot)
        await pilot.press("?")
        await shown(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        words = "\n".join(harness.rows())
        assert "Go to the next list: documents, entities, passages, review" in words
        assert words.count("Search the text") == 1
        assert "regular expression" not in words
        await pilot.press("escape", "ctrl+p", *"search text")
        await shown(pilot, lambda: "Search the texts: words, phrases" in "\n".join(harness.rows()))


@pytest.mark.usefixtures("indexed")
async def test_nothing_is_said_of_a_document_where_an_index_is_needed(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await in_documents(pilot)
        await shown(pilot, lambda: pilot.app.screen.query_one(AboutLines).display)
        index_path("default").write_bytes(b"damaged")
        await pilot.press("tab")
        await shown(pilot, lambda: "--rebuild" in bar(pilot, "status"))
        assert not pilot.app.screen.query_one(AboutLines).display


@pytest.mark.usefixtures("indexed")
async def test_a_file_is_added_in_another_process(harness: AppHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "reader.ui.screens.collection.background_indexing._COMMAND",
        (sys.executable, "-c", "import sys; print(*sys.argv[1:])"),
    )
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await in_collection(pilot)
        await pilot.press("a", *"~", "enter")
        await shown(pilot, lambda: bar(pilot, "status").startswith("--collection default --database -- /"))
