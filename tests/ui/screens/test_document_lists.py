from __future__ import annotations

import asyncio
import zipfile
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.annotate import Store
from reader.document import ManyDocumentsError, load
from reader.settings import last_theme
from reader.ui.app import ReaderApp
from reader.ui.base.bars import Bar
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.choosing.question import Question
from reader.ui.dialogs.help import HelpScreen
from reader.ui.document_lists import folder_list, member_list, size_text
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.document_list_screen import DocumentListScreen, DocumentRows
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.ui.conftest import FixedRecognition
from tests.ui.waiting import shown


def in_a_folder(store: Store, folder: Path) -> ReaderApp:
    """Return an app that lists the files of a folder."""
    documents = folder_list(str(folder), store, load)
    return ReaderApp(store, default_keymap(), FixedRecognition(), documents=documents)


async def opened(pilot: Pilot[Any]) -> None:
    """Open the document under the cursor."""
    await pilot.press("enter")
    await shown(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


async def test_a_document_that_is_gone_asks_nothing(store: Store, tmp_path: Path) -> None:
    """A click that arrives while it closes would open a menu above the list, where no key reaches the menu."""
    (tmp_path / "one.txt").write_text("Words of one.")
    app = in_a_folder(store, tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await opened(pilot)
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(app.screen, DocumentListScreen))
        asking = screen.ask(Question("Which?", [Choice("one")]))
        assert await asyncio.wait_for(asking, 1) is None
        await screen.start_command(COMMANDS_BY_ID["menu"])
        await pilot.pause()
        assert isinstance(app.screen, DocumentListScreen)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_help_lists_only_the_commands_of_the_screen(store: Store, tmp_path: Path) -> None:
    app = in_a_folder(store, tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        lines = app.screen._compositor.render_strips()
        words = "\n".join("".join(segment.text for segment in line) for line in lines)
        assert "Open the document" in words
        assert "Go to the next mention" not in words
        assert "Undo" not in words


async def test_the_chosen_theme_is_remembered(store: Store) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("g", "c")
        assert (app.theme, last_theme()) == ("reader-light", "light")
        await pilot.press("g", "c")
        assert (app.theme, last_theme()) == ("reader-dark", "dark")


def titles(app: ReaderApp) -> list[str]:
    return [entry.title for entry in app.screen.query_one(DocumentRows).entries]


async def test_a_file_of_many_documents_opens_as_a_list(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,text\n1,Words of row 10\n2,Many more words of row 9 in this table\n")
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    documents = member_list(caught.value.container, store)
    app = ReaderApp(store, default_keymap(), FixedRecognition(), documents=documents)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert titles(app) == ["Words of row 10", "Many more words of row 9 in this table"]
        await pilot.press("s")
        assert titles(app) == ["Many more words of row 9 in this table", "Words of row 10"]
        await pilot.press("s", "down")
        await opened(pilot)
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.reading.document.source == f"{path}::1"
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(app.screen, DocumentListScreen) and not app.screen.typing_queue.paused)
        rows = app.screen.query_one(DocumentRows)
        assert rows.entries[rows.cursor].title == "Words of row 10"
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_lists_open_in_lists_and_errors_are_shown(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", "Words of one.")
        archive.writestr("two.txt", "Words of two.")
    (tmp_path / "blank.txt").write_text(" \n")
    app = in_a_folder(store, tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert titles(app)[:2] == ["a.zip", "blank.txt"]
        await pilot.press("enter")
        await shown(pilot, lambda: titles(app) == ["one.txt", "two.txt"])
        await pilot.press("escape")
        await shown(pilot, lambda: titles(app)[:2] == ["a.zip", "blank.txt"])
        await pilot.press("down", "enter")
        await shown(pilot, lambda: "no text to read" in app.screen.query_one("#status", Bar).text)


def test_sizes_are_shown_with_their_unit() -> None:
    assert [size_text(size) for size in (0, 12, 12_300, 4_560_000)] == ["", "12 B", "12 kB", "4.6 MB"]


async def test_documents_are_filtered_while_a_text_is_typed(store: Store, tmp_path: Path) -> None:
    for name in ("Café.txt", "budget.txt", "minutes.txt"):
        (tmp_path / name).write_text("Words.")
    app = in_a_folder(store, tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        rows = app.screen.query_one(DocumentRows)
        await pilot.press("f", *"CAFE")
        await pilot.pause()
        assert [entry.title for entry in rows.entries] == ["Café.txt"]
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows.entries) == 3
        await pilot.press("f", *"nothing", "enter")
        await pilot.pause()
        assert rows.entries == []
        await pilot.press("enter", "s", "j")
        await pilot.press("f", "ctrl+u", *"min", "enter")
        await pilot.pause()
        assert [entry.title for entry in rows.entries] == ["minutes.txt"]
