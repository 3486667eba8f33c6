"""A note in the user's own editor."""

from __future__ import annotations

import stat
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from textual.app import SuspendNotSupported

from reader.ui.dialogs.editor import Editor, NoteArea
from reader.ui.terminal.external_editor import EditorError, edit_outside
from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("VISUAL", raising=False)
    return tmp_path / "cache"


def set_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, commands: str, variable: str = "EDITOR") -> None:
    """Make a shell script the editor; `$1` is the file."""
    script = tmp_path / f"{variable} of mine.sh"
    script.write_text(f"#!/bin/sh\n{commands}\n", "utf-8")
    script.chmod(0o700)
    monkeypatch.setenv(variable, f"'{script}'")


def edit(text: str) -> str:
    return edit_outside(text, nullcontext)


def test_the_editor_gets_the_text_in_a_private_file_that_is_deleted(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_editor(monkeypatch, tmp_path, f'cp -p "$1" "{tmp_path}/copy"; echo "$1" > "{tmp_path}/name"; echo more >> "$1"')
    assert edit("Who is it?\n") == "Who is it?\nmore\n"
    assert (tmp_path / "copy").read_text("utf-8") == "Who is it?\n"
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    name = Path((tmp_path / "name").read_text("utf-8").strip())
    assert name.parent == cache
    assert not name.exists()


def test_the_line_break_that_editors_add_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, tmp_path, 'echo >> "$1"')
    assert edit("One line") == "One line"


def test_visual_comes_before_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, tmp_path, 'printf editor > "$1"')
    set_editor(monkeypatch, tmp_path, 'printf visual > "$1"', "VISUAL")
    assert edit("") == "visual"


@pytest.mark.parametrize(
    ("commands", "problem"),
    [("exit 3", "ended with exit code 3"), ("kill -9 $$", "was ended by signal 9")],
)
def test_an_editor_that_fails_is_named_and_leaves_no_file(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: str, problem: str
) -> None:
    set_editor(monkeypatch, tmp_path, commands)
    with pytest.raises(EditorError, match=problem):
        edit("Who?")
    assert list(cache.iterdir()) == []


def test_what_a_failing_editor_wrote_is_kept(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, tmp_path, 'printf "a long thought" > "$1"; kill -9 $$')
    with pytest.raises(EditorError) as failure:
        edit("Who?")
    (kept,) = cache.iterdir()
    assert str(kept) in str(failure.value)
    assert kept.read_text("utf-8") == "a long thought"


def test_text_in_another_encoding_is_kept(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, tmp_path, r'printf "caf\351" > "$1"')
    with pytest.raises(EditorError, match="not UTF-8"):
        edit("")
    (kept,) = cache.iterdir()
    assert kept.read_bytes() == b"caf\xe9"


@pytest.mark.parametrize("editor", ["no-such-editor-at-all", "'unfinished"])
def test_a_missing_editor_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    monkeypatch.setenv("EDITOR", editor)
    with pytest.raises(EditorError, match="cannot start"):
        edit("Who?")
    assert not cache.exists() or list(cache.iterdir()) == []


async def test_a_note_goes_to_the_editor_and_comes_back_without_control_characters(
    harness: AppHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_editor(monkeypatch, tmp_path, r'printf " asked the editor\033[2J" >> "$1"')
    monkeypatch.setattr(harness.app, "suspend", nullcontext)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c")
        await settle(pilot)
        await pilot.press(*"Who", "ctrl+g")
        await settle(pilot)
        text = harness.app.screen.query_one(NoteArea).text
        assert text.startswith("Who asked the editor")
        assert "\x1b" not in text
        await pilot.press("ctrl+s")
        await settle(pilot)
        (note,) = harness.reading.notes.notes
        assert note.text == text


async def test_a_note_stays_as_it_is_if_the_editor_is_missing(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-at-all")
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c")
        await settle(pilot)
        monkeypatch.setattr(harness.app, "suspend", nullcontext)
        await pilot.press(*"Who", "ctrl+g")
        await settle(pilot)
        assert isinstance(harness.app.screen, Editor)
        assert harness.app.screen.query_one(NoteArea).text == "Who"
        assert any("cannot start no-such-editor-at-all" in row for row in harness.rows())


async def test_a_screen_that_cannot_give_up_its_terminal_says_so(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c")
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert any("no other editor can run in this terminal" in row for row in harness.rows())


def test_a_file_does_not_stay_if_the_terminal_cannot_be_given_up(cache: Path) -> None:
    def refuse() -> AbstractContextManager[None]:
        raise SuspendNotSupported

    with pytest.raises(SuspendNotSupported):
        edit_outside("Who?", refuse)
    assert list(cache.iterdir()) == []
