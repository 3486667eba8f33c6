from __future__ import annotations

from reader.annotate import Store
from reader.settings import last_theme
from reader.ui.app import ReaderApp
from reader.ui.dialogs.help import HelpScreen
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.library_screen import LibraryRows, LibraryScreen
from tests.ui.conftest import FixedRecognition


async def test_a_sample_that_was_read_is_listed_only_once(store: Store) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        before = app.screen.query_one(LibraryRows).library_entries
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        after = app.screen.query_one(LibraryRows).library_entries
        assert sorted(shelf.source for shelf in after) == sorted(shelf.source for shelf in before)


async def test_help_lists_only_the_commands_of_the_screen(store: Store) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition())
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
