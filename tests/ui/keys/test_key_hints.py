from __future__ import annotations

import pytest

from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import build_keymap, default_keymap, hint_for_key
from tests.ui.conftest import AppHarness


@pytest.mark.parametrize(
    ("key", "context", "told"),
    [
        (")", Context.ENTITIES, ") works in the text: press g t to go there"),
        ("D", Context.TEXT, "D works in the entities: press g e to go there"),
        ("D", Context.DETAILS, "D works in the entities: press g e to go there"),
        ("D", Context.SELECTING, "D works in the entities: press g e to go there"),
        ("t", Context.RESIZING, "t does nothing while you resize: enter keeps the new size, escape cancels"),
        ("Q", Context.TEXT, ""),
        ("f9", Context.SELECTING, ""),
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
        await pilot.press("escape", "g", "Q", "Q")
        assert "works in" not in harness.message
        assert harness.reading.history.decisions == ()
