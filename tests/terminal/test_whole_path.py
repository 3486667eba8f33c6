"""The whole program in a real terminal: open, merge, undo, retag, quit, reopen; pipes, resizes and kills."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.harness.terminal import PATIENCE, Terminal
from reader.annotate import Store
from reader.annotate.decisions import NamesSame
from reader.document import load

Start = Callable[..., Terminal]
SAMPLE = str(Path(__file__).parents[2] / "seeds" / "desert-governor.txt")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_open_merge_undo_retag_quit_and_reopen(terminal: Start, tmp_path: Path, size: tuple[int, int]) -> None:
    first = terminal(SAMPLE, size=size)
    first.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    assert re.search(r"Iraq +\d", first.text), "the status line counts what the list does not show yet"
    first.press("g", "e", "j", "m", "j", "j", "M")
    first.wait_for("under which name")
    first.press("enter")
    first.wait_for(r"merged “")
    first.press("u")
    first.wait_for("undid: merged")
    first.press("ctrl+r")
    first.wait_for("redid: merged")
    first.press("g", "t", "g", "g", "]", "t")
    first.wait_for("a building, road or bridge")
    first.press("f")
    first.wait_for("retagged “.+” as FAC")
    first.press("q")
    assert first.wait_until_ended() == 0
    history = Store.open(tmp_path / "data" / "annotations.db").history(load(SAMPLE))
    assert [type(decision).__name__ for decision in history.decisions] == ["NamesSame", "MentionRetagged"]
    merged = history.decisions[0]
    assert isinstance(merged, NamesSame)

    again = terminal(SAMPLE, size=size)
    again.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    again.press("u")
    again.wait_for("undid: retagged")
    again.press("u")
    again.wait_for("undid: merged")
    again.press("q")
    assert again.wait_until_ended() == 0


def test_a_decision_called_saved_survives_a_kill(terminal: Start) -> None:
    first = terminal(SAMPLE)
    first.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    first.press("]", "x")
    first.wait_for(r"removed “.*saved")
    first.kill()
    again = terminal(SAMPLE)
    again.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    again.press("u")
    again.wait_for("undid: removed")


def test_the_text_stays_readable_when_the_worker_is_killed(terminal: Start, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Ada Lovelace met Charles Babbage in London.\n" * 30_000, encoding="utf-8")
    program = terminal(str(path))
    program.wait_for("Ada Lovelace met")
    program.wait_for(r"recognizing \d+ %")
    children = subprocess.run(["pgrep", "-P", str(program.process.pid)], capture_output=True, text=True, check=True)
    for child in children.stdout.split():
        subprocess.run(["kill", "-KILL", child], check=True)
    program.wait_for("recognition ended unexpectedly")
    program.press("/", "London", "enter")
    program.wait_for("1/30,000")
    program.press("q")
    assert program.wait_until_ended() == 0


def test_quitting_during_recognition_ends_the_worker(terminal: Start, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Ada Lovelace met Charles Babbage in London.\n" * 30_000, encoding="utf-8")
    program = terminal(str(path))
    program.wait_for(r"recognizing \d+ %")
    children = subprocess.run(["pgrep", "-P", str(program.process.pid)], capture_output=True, text=True, check=True)
    program.press("q")
    assert program.wait_until_ended() == 0
    for child in children.stdout.split():
        status = Path("/proc", child, "status")
        assert not status.exists() or "zombie" in status.read_text(encoding="utf-8")


def test_the_text_is_readable_without_a_pipeline(terminal: Start) -> None:
    program = terminal(SAMPLE, "--model", "no_such_pipeline")
    program.wait_for("no_such_pipeline")
    program.press("q")
    assert program.wait_until_ended() == 0


def test_keys_work_when_the_text_is_piped_in(terminal: Start) -> None:
    program = terminal("-", piped=b"Ada Lovelace met Charles Babbage in London.\n")
    program.wait_for("Ada Lovelace met")
    program.wait_for("standard input")
    program.press("?")
    program.wait_for("Labels")
    program.press("q", "q")
    assert program.wait_until_ended() == 0


def test_the_terminal_may_have_any_size(terminal: Start) -> None:
    program = terminal(SAMPLE, size=(20, 5))
    program.wait_for(r"saved")
    for size in ((160, 48), (80, 24), (20, 5), (1, 1), (120, 36)):
        program.resize(*size)
        program.press("j", "]", "?", "q")
    program.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    program.press("q")
    assert program.wait_until_ended() == 0


HOSTILE_TEXT = (
    "A [/b] note [@click=app.quit]here[/] \x1b[31mred\x1b[0m \x1b]52;c;ZXZpbA==\x07 \x1b]0;owned\x1b\\ end.\n"
    "NUL \x00 bell \x07 backspace \x08 delete \x7f C1 \x9b31m bidi \u202e\u2066 done. Ada Lovelace agreed.\n"
)


@pytest.mark.parametrize("name", ["plain.txt", "evil\x1b[31m\u202e[b].txt"])
def test_escape_sequences_in_a_document_do_not_reach_the_terminal(terminal: Start, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("\x1b]0;title\x07 [/b]\n\n" + HOSTILE_TEXT, encoding="utf-8")
    program = terminal(str(path))
    program.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    program.wait_for(r"\[@click=app.quit\]here")
    program.press("]", "a")
    program.wait_for("a building, road or bridge")
    program.press("f")
    program.wait_for("added “")
    program.press("g", "e", "r", "enter", "enter", "g", "d", "j", "g", "t", "/", "end", "enter")
    program.wait_for("“end” 1/")
    program.press("q")
    assert program.wait_until_ended() == 0
    for sequence in (b"\x1b]52", b"\x1b]0;", b"\x1b[31mred", b"\x1b[31m\xe2", b"\x00", b"\x9b31m", b"\xc2\x9b"):
        assert sequence not in program.received
    text = program.received.decode("utf-8", "replace")
    assert not set("\x7f\x08\u202e\u2066\x9b") & set(text)


def test_sigterm_ends_the_program_without_a_traceback(terminal: Start) -> None:
    program = terminal(SAMPLE)
    program.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    program.process.send_signal(signal.SIGTERM)
    program.wait_until_ended()
    assert b"Traceback" not in program.received


@pytest.mark.parametrize("piped", [None, b"Ada Lovelace met Charles Babbage in London.\n"])
def test_the_program_ends_when_its_terminal_is_closed(terminal: Start, piped: bytes | None) -> None:
    program = terminal("-" if piped else SAMPLE, piped=piped)
    program.wait_for(r"[1-9]\d* (?:entities|decided) · saved")
    program.hang_up()
    program.process.wait(PATIENCE)
