"""The help screen: complete at every width, read like a pager, and searchable."""

from __future__ import annotations

import pytest

from reader.display.cells import cells
from reader.display.colors.labels import all_looks
from reader.ui.dialogs.help_rows import help_rows, help_sections, keys_width
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import default_keymap
from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle

SECTIONS = help_sections(default_keymap(), Context.TEXT, lambda _: True)


@pytest.mark.parametrize("width", [30, 60, 76, 150])
def test_nothing_is_cut_at_any_width(width: int) -> None:
    rows = help_rows(SECTIONS, width)
    text = " ".join(row.text for row in rows)
    for section in SECTIONS:
        for entry in section.entries:
            assert " ".join(entry.about.split()) in text
    column = keys_width(width)
    assert all(cells(row.text) <= width - column - 4 for row in rows if not row.is_title)
    assert all(cells(row.keys) <= column or not row.text for row in rows)


def test_the_keys_of_the_first_minute_come_first_and_the_legend_next() -> None:
    start, legend = SECTIONS[:2]
    assert start.title == "Start here"
    assert [entry.keys for entry in start.entries][:3] == ["]", "}", "y"]
    assert len(start.entries) == 11, "ten keys and the tutorial"
    assert [entry.label for entry in legend.entries] == [look.label for look in all_looks()]


@pytest.mark.parametrize(
    ("context", "title", "next_keys"),
    [
        (Context.DETAILS, "In the details", "Everywhere"),
        (Context.SELECTING, "While selecting", "In the text"),
        (Context.RESIZING, "While resizing", "Everywhere"),
    ],
)
def test_the_keys_of_a_mode_or_a_pane_beside_the_text_come_first(context: Context, title: str, next_keys: str) -> None:
    titles = [section.title for section in help_sections(default_keymap(), context, lambda _: True)]
    assert titles[:2] == [title, "Start here"]
    assert titles[4] == next_keys
    assert len(set(titles)) == len(titles)


def test_a_search_lists_no_entry_twice() -> None:
    rows = help_rows(SECTIONS, 76, "last step")
    assert [row.text for row in rows if row.text.startswith("Undo the last step")] == ["Undo the last step"]
    assert "Start here" not in [row.text for row in rows]


def test_only_entries_with_every_word_pass_the_filter() -> None:
    rows = help_rows(SECTIONS, 76, "LAST undone")
    assert [row.text for row in rows] == ["Everywhere", "Redo the last undone step"]
    assert help_rows(SECTIONS, 76, "teleport") == []


async def test_keys_of_a_pager_move_through_the_help(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("?")
        await settle(pilot)
        assert "Start here" in "\n".join(harness.rows())
        await pilot.press("G")
        await settle(pilot)
        about = next(command.about for command in reversed(COMMANDS) if command.context is Context.DETAILS)
        assert about.split()[0] in "\n".join(harness.rows())
        assert "Start here" not in "\n".join(harness.rows())
        await pilot.press("g", "g")
        await settle(pilot)
        assert "Start here" in "\n".join(harness.rows())
        await pilot.press("ctrl+d")
        await settle(pilot)
        assert "Start here" not in "\n".join(harness.rows())


async def test_typing_after_a_slash_finds_commands(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("?", "/", *"undone")
        await settle(pilot)
        rows = "\n".join(harness.rows())
        assert "Redo the last undone step" in rows
        assert "Start here" not in rows
        await pilot.press(*"xyz")
        await settle(pilot)
        assert "Nothing here has “undonexyz”" in "\n".join(harness.rows())
        await pilot.press("escape")
        await settle(pilot)
        assert "Start here" in "\n".join(harness.rows())
        await pilot.press("escape")
        await settle(pilot)
        assert "Help" not in harness.rows()[2]


async def test_the_palette_says_when_nothing_matches(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"qqqqzzzz")
        await settle(pilot)
        assert "nothing matches" in "\n".join(harness.rows())
        await pilot.press("ctrl+u", *"undo")
        await settle(pilot)
        assert "nothing matches" not in "\n".join(harness.rows())
