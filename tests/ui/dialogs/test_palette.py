"""Which commands the palette finds for what users type, and what it says about them."""

from __future__ import annotations

import pytest

from reader.display.cells import cells
from reader.ui.dialogs.choosing.palette import commands_to_offer, matching_commands
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import default_keymap
from tests.ui.conftest import AppHarness

KEYMAP = default_keymap()
OFFERED = commands_to_offer(Context.TEXT, lambda _: True, lambda _: True)


def found(typed: str, context: Context = Context.TEXT) -> list[str]:
    """Return the ids of the commands that the palette offers for what was typed."""
    return [OFFERED[index].id for index, _ in matching_commands(OFFERED, KEYMAP, context, typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("merge", "entity-merge"),
        ("wrong label", "retag-mention"),
        ("change the type", "retag-entity"),
        ("add a missed name", "add-mention"),
        ("delete", "remove-mention"),
        ("join two entities", "entity-merge"),
        ("separate", "entity-split"),
        ("comment", "note-mention"),
        ("find", "search"),
        ("exit", "quit"),
        ("report", "export"),
        ("undoo", "undo"),
        ("wriet a note on the documnt", "note-document"),
    ],
)
def test_commands_are_found_by_what_users_call_them(typed: str, expected: str) -> None:
    assert expected in found(typed)[:6]


def test_every_command_is_offered_while_nothing_is_typed() -> None:
    assert found("") == [command.id for command in OFFERED]
    assert {command.id for command in COMMANDS} == {*found("")}


def test_every_command_is_found_by_its_own_words() -> None:
    for command in COMMANDS:
        assert command.id in found(command.about)


def test_a_long_pasted_text_is_looked_up_by_its_first_words() -> None:
    assert found("undo " * 4000) == found("undo")
    assert "undo" in found("undo " + " ".join(f"qqzz{number}" for number in range(4000)))


def test_nothing_is_found_for_nonsense() -> None:
    assert found("qqqqzzzz") == []


def test_commands_of_another_pane_say_where_they_work() -> None:
    choices = [choice for _, choice in matching_commands(OFFERED, KEYMAP, Context.TEXT, "merge the marked")]
    assert choices[0].note == "entities · M"
    choices = [choice for _, choice in matching_commands(OFFERED, KEYMAP, Context.ENTITIES, "merge the marked")]
    assert choices[0].note == "M"


async def test_descriptions_fit_80_columns(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"change label")
        await pilot.pause()
        rows = [row for row in harness.rows() if "under the cursor" in row]
        assert len(rows) >= 2
        assert not [row for row in rows if "…" in row]
        assert all(cells(row) <= 80 for row in rows)
