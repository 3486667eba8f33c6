"""Signals, a closed terminal, Ctrl+Z and a quick hand: the program ends saved, and the terminal is as before."""

from __future__ import annotations

import signal
import sqlite3
import time
from pathlib import Path
from random import Random

import pytest

from bench.endings import ENDINGS, JobTerminal, Texts, end_program
from bench.fuzzing.texts import generate_text
from bench.harness.terminal import PATIENCE
from reader.annotate import Store
from reader.document import load

SAMPLE = str(Path(__file__).parents[2] / "seeds" / "desert-governor.txt")
LEAVES_SCREEN = b"\x1b[?1049l"


@pytest.mark.parametrize("name", list(ENDINGS))
def test_the_program_ends_as_documented(name: str, tmp_path: Path) -> None:
    result = end_program(ENDINGS[name], "reading", Texts(tmp_path), Random(name))
    assert result.problem.partition(":")[0] in {"", "slow"}, result


@pytest.mark.parametrize("name", ["SIGTERM", "closed, nohup"])
def test_the_worker_ends_with_the_program(name: str, tmp_path: Path) -> None:
    result = end_program(ENDINGS[name], "recognizing", Texts(tmp_path), Random(name))
    assert result.problem.partition(":")[0] in {"", "slow"}, result


@pytest.mark.parametrize("seed", range(3))
def test_a_dialog_is_suspended_too(seed: int, tmp_path: Path) -> None:
    result = end_program(ENDINGS["stop"], "dialog", Texts(tmp_path), Random(seed))
    assert result.problem.partition(":")[0] in {"", "slow"}, result


def test_ctrl_c_typed_after_ctrl_z_does_not_end_the_program(tmp_path: Path) -> None:
    """The terminal makes SIGINT of it, which a program that is stopped gets as soon as it goes on."""
    terminal = JobTerminal([SAMPLE], tmp_path)
    try:
        terminal.wait_for(r"[1-9]\d* entities · saved")
        terminal.press("\x1a")
        while not terminal.is_stopped:
            terminal.read(0.01)
        terminal.received.clear()
        terminal.press("\x03")  # the shell of this terminal does not take it
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_until_reading()
        terminal.press("j", "q")
        assert terminal.wait_until_ended() == 0
    finally:
        terminal.close()


def test_a_terminal_that_takes_no_output_is_given_back_clean(tmp_path: Path) -> None:
    """The thread that writes has written a part of a text, and waits."""
    source = tmp_path / "long.txt"
    source.write_text(generate_text("long", 1), encoding="utf-8")
    terminal = JobTerminal([str(source)], tmp_path)
    try:
        terminal.resize(300, 90)
        terminal.wait_until_reading()
        terminal.settle()
        for key in ("\x1b[6~", "\x1b[5~") * 20:
            terminal.press(key)
            time.sleep(0.02)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.process.wait() == 128 + signal.SIGTERM
        while terminal.read(0.2):
            pass
        assert not terminal.modes_left()
    finally:
        terminal.close()


@pytest.mark.parametrize("key", ["\x03", "\x1a"], ids=["Ctrl+C", "Ctrl+Z"])
def test_keys_typed_while_the_store_closes_interrupt_nothing(key: str, tmp_path: Path) -> None:
    """The store waits for another window when it closes; the terminal belongs to the shell again by then."""
    terminal = JobTerminal([SAMPLE], tmp_path)
    try:
        terminal.wait_for(r"[1-9]\d* entities · saved")
        other_window = sqlite3.connect(tmp_path / "data" / "annotations.db", isolation_level=None)
        other_window.execute("BEGIN IMMEDIATE")
        terminal.press("j", "q")
        while LEAVES_SCREEN not in terminal.received:
            assert terminal.read(PATIENCE)
        terminal.received.clear()
        for _ in range(10):  # at first the app still has the signals, then nothing has
            terminal.press(key)
            terminal.read(0.1)
            assert not terminal.is_stopped
        other_window.execute("ROLLBACK")
        other_window.close()
        assert terminal.wait_until_ended() == 0
        assert b"Traceback" not in terminal.received
        # With the key, the terminal may have discarded that it was given back.
        assert LEAVES_SCREEN in terminal.received
    finally:
        terminal.close()
    with Store.open(tmp_path / "data" / "annotations.db") as store:
        remembered = store.recall(load(SAMPLE))
    assert remembered
    assert remembered.position > 0
