from __future__ import annotations

import pytest

from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import build_keymap, default_keymap, elsewhere
from tests.ui.conftest import Desk


@pytest.mark.parametrize(
    ("key", "context", "told"),
    [
        (")", Context.ENTITIES, ") is a key of the text: g t goes there"),
        ("f", Context.TEXT, "f is a key of the entities: g e goes there"),
        ("S", Context.DETAILS, "S is a key of the entities: g e goes there"),
        ("f", Context.SELECTING, "f is a key of the entities: g e goes there"),
        ("t", Context.RESIZING, "t does nothing while edges are moved: enter keeps them, escape leaves them"),
        ("Q", Context.TEXT, ""),
        ("f9", Context.SELECTING, ""),
    ],
)
def test_a_key_of_another_place_is_told(key: str, context: Context, told: str) -> None:
    assert elsewhere(default_keymap(), key, context) == told


def test_a_command_without_a_key_is_named_by_its_words() -> None:
    assert elsewhere(build_keymap({"go-text": ""}), ")", Context.ENTITIES).startswith(") is a key of the text: “")


async def test_a_key_of_another_pane_says_so_and_decides_nothing(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "e", ")")
        assert ") is a key of the text: g t goes there" in desk.message
        await pilot.press("g", "t", "r", "l", "y")
        assert "y does nothing while edges are moved" in desk.message
        await pilot.press("escape", "f")
        assert "f is a key of the entities" in desk.message
        await pilot.press("escape", "g", "Q", "Q")
        assert "key of" not in desk.message
        assert desk.reading.history.decisions == ()
