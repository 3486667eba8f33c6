"""What is typed at the foot of the screen, the message log, and copying without a clipboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.dialogs.message_log import MessageLog
from reader.ui.keys.commands import COMMANDS_BY_ID
from tests.ui.conftest import AppHarness


async def test_earlier_searches_come_back_the_last_one_first(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for words in ("Tarn", "Osel", "barges"):
            await pilot.press("/", *words, "enter")
            await pilot.pause()
        await pilot.press("/", "up")
        assert harness.screen.footer_line.text == "barges"
        await pilot.press("up")
        assert harness.screen.footer_line.text == "Osel"
        await pilot.press("down")
        assert harness.screen.footer_line.text == "barges"
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        assert harness.screen.article.matches.query.typed == "Tarn"


async def test_the_same_search_leads_to_its_match_again(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"barges", "enter")
        await pilot.pause()
        cursor = harness.screen.article.cursor
        assert cursor > 0
        await pilot.press("g", "g", "/", *"barges", "enter")
        await pilot.pause()
        assert harness.screen.article.cursor == cursor
        await pilot.press("g", "g", "/", "enter")
        await pilot.pause()
        assert harness.screen.article.cursor == cursor


async def test_what_is_typed_selects_among_the_earlier_searches(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for words in ("Tarn", "Osel"):
            await pilot.press("/", *words, "enter")
            await pilot.pause()
        await pilot.press("/", "T", "up")
        assert harness.screen.footer_line.text == "Tarn"


async def test_the_kind_of_a_search_changes_while_it_is_typed(harness: AppHarness) -> None:
    def mode() -> str:
        return harness.screen.footer_line.use.mode if harness.screen.footer_line.use else ""

    def matched() -> set[str]:
        return {harness.document.text[start:end] for start, end in harness.screen.article.matches.spans}

    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"O.el")
        assert matched() == set()
        await pilot.press("ctrl+t")
        assert "whole words" in mode()
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "regular expression" in mode()
        assert matched() == {"Osel"}
        await pilot.press("ctrl+t")
        assert matched() == set()


async def test_entities_are_filtered_with_every_key(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "e", "f")
        counts = [harness.screen.entity_list.entity_count]
        for key in "osel":
            await pilot.press(key)
            await pilot.pause()
            counts.append(harness.screen.entity_list.entity_count)
        assert counts[0] == 6
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] == 2
        await pilot.press("escape")
        await pilot.pause()
        assert harness.screen.entity_list.entity_count == 6


async def test_the_message_log_has_the_messages_in_order(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y", "u")
        await pilot.pause()
        last = harness.screen.message
        assert last
        await harness.screen.start_command(COMMANDS_BY_ID["messages"])
        await pilot.pause()
        assert isinstance(harness.app.screen, MessageLog)
        listed = [row.strip() for row in harness.rows() if "•" in row]
        assert last in listed[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert not any(isinstance(screen, MessageLog) for screen in harness.app.screen_stack)


async def test_a_text_goes_into_a_file_where_there_is_no_clipboard(
    harness: AppHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "linux")
    for variable in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERM_PROGRAM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("reader.ui.terminal.clipboard.clipboard_tools", lambda *_: [])
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "g", "y", "m")
        await pilot.pause()
        await pilot.pause(0.1)
        path = tmp_path / "data" / "clipboard.txt"
        assert harness.app.clipboard == ""
        assert str(path) in harness.screen.message
        assert path.read_text("utf-8") in harness.document.text
        assert path.read_text("utf-8").strip()
