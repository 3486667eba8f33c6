from __future__ import annotations

import pytest

from reader.ui.dialogs.help import HelpScreen
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import build_keymap, default_keymap, hint_for_key
from reader.ui.screens.history_screen import HistoryScreen
from tests.ui.conftest import AppHarness


@pytest.mark.parametrize(
    ("key", "context", "told"),
    [
        (")", Context.ENTITIES, ") works in the text: press g t to go there"),
        ("D", Context.TEXT, "D works in the entities: press g e to go there"),
        ("D", Context.DETAILS, "D works in the entities: press g e to go there"),
        ("D", Context.SELECTING, "D works in the entities: press g e to go there"),
        ("t", Context.RESIZING, "t does nothing while you resize: enter keeps the new size, escape cancels"),
        ("Q", Context.TEXT, "Q does nothing here: ? shows the keys"),
        ("f9", Context.SELECTING, "f9 does nothing here: ? shows the keys"),
        ("g Q", Context.TEXT, "g Q does nothing here: ? shows the keys"),
        ("t", Context.HISTORY, "t does nothing here: ? shows the keys"),
        ("ctrl+c", Context.TEXT, ""),
        ("ctrl+z", Context.TEXT, ""),
    ],
)
def test_a_message_says_where_a_key_works(key: str, context: Context, told: str) -> None:
    assert hint_for_key(default_keymap(), key, context) == told


def test_a_command_without_a_key_is_named_by_its_words() -> None:
    assert hint_for_key(build_keymap({"go-text": ""}), ")", Context.ENTITIES).startswith(") works in the text: press “")


async def test_a_key_of_another_pane_decides_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "e", ")")
        assert ") works in the text: press g t to go there" in harness.message
        await pilot.press("g", "t", "r", "l", "y")
        assert "y does nothing while you resize" in harness.message
        await pilot.press("escape", "D")
        assert "D works in the entities" in harness.message
        await pilot.press("escape", "g", "Q")
        assert harness.screen.message == "g Q does nothing here: ? shows the keys"
        await pilot.press("j")
        assert harness.screen.message == ""
        assert harness.reading.history.decisions == ()


async def test_the_keys_that_can_follow_are_shown(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(200, 30)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        before = harness.rows()[-1]
        await pilot.press("z")
        await pilot.pause()
        hints = " t line to top  z line to middle  b line to bottom  h highlights  ? keys  escape cancel"
        assert harness.rows()[-1] == hints
        await pilot.press("escape")
        await pilot.pause()
        assert (harness.rows()[-1], harness.screen.message) == (before, "")
        await pilot.press("g")
        await pilot.pause()
        assert "  e entities" in harness.rows()[-1]
        await pilot.press("e")
        await pilot.pause()
        assert "  e entities" not in harness.rows()[-1]


async def test_help_can_be_asked_for_within_a_sequence(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.press("g", "?")
        await pilot.pause()
        assert isinstance(harness.app.screen, HelpScreen)


async def test_lists_tell_about_keys_too(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.press("g", "h")
        await pilot.pause()
        screen = harness.app.screen
        assert isinstance(screen, HistoryScreen)
        await pilot.press("Q")
        assert screen.status_bar.text == "Q does nothing here: ? shows the keys"
        await pilot.press("j")
        assert screen.status_bar.text == ""
