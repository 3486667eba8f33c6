"""The first document ever opened names the keys to begin with, until the next key."""

from __future__ import annotations

import pytest

from reader.annotate import NullStore, Store
from reader.document import Document
from reader.settings import Settings
from reader.ui.keys.keymap import build_keymap
from tests.ui.conftest import AppHarness, FixedRecognition, make_document

HINT = "] next name · y confirm · ? help · `reader tutorial`"


async def test_the_first_document_shows_the_hint_until_the_next_key(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert harness.message.startswith(HINT)
        await pilot.press("j")
        await pilot.pause()
        assert HINT not in harness.message


async def test_a_terminal_without_room_for_the_hint_does_not_show_it(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "next name" not in harness.message
        assert "saved" in harness.message


async def test_no_later_document_shows_it(store: Store) -> None:
    first = AppHarness(store)
    async with first.app.run_test() as pilot:
        await pilot.press("q")
    for document in (make_document(), Document("Osel floods.", (), "Floods", "floods.txt")):
        later = AppHarness(store, document=document, recognition=FixedRecognition())
        async with later.app.run_test(size=(130, 30)) as pilot:
            await pilot.pause()
            assert HINT not in later.message


async def test_the_hint_names_the_keys_in_force(store: Store) -> None:
    keymap = build_keymap({"next-mention": "W"})
    harness = AppHarness(store, keymap=keymap)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert harness.message.startswith("W next name")


@pytest.mark.parametrize("is_switched_off", [True, False])
async def test_nothing_is_shown_if_switched_off_or_if_nothing_is_remembered(
    store: Store, *, is_switched_off: bool
) -> None:
    settings = Settings(first_hint=not is_switched_off)
    harness = AppHarness(store if is_switched_off else NullStore(), settings=settings)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        assert HINT not in harness.message
