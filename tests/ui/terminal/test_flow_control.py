"""Ctrl+S, typed when the terminal is the shell's again, does not keep the program from ending."""

from __future__ import annotations

import os
import pty
import select
import termios
from collections.abc import Iterator
from threading import Thread

import pytest

from reader.ui.terminal.flow_control import resume_output, wait_for_output

CTRL_S = b"\x13"


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal that Ctrl+S has stopped."""
    leader, follower = pty.openpty()
    attributes = termios.tcgetattr(follower)
    assert attributes[0] & termios.IXON
    os.write(leader, CTRL_S)
    assert not select.select([], [follower], [], 0)[1], "the output is not stopped"
    yield leader, follower
    os.close(leader)
    os.close(follower)


def test_resumed_output_reaches_the_terminal(terminal: tuple[int, int]) -> None:
    leader, follower = terminal
    resume_output(follower)
    os.write(follower, b"words")
    assert os.read(leader, 100) == b"words"


def test_the_last_text_is_written(terminal: tuple[int, int]) -> None:
    leader, follower = terminal
    writer = Thread(target=os.write, args=(follower, b"words"), daemon=True)
    writer.start()
    wait_for_output(writer, follower)
    assert not writer.is_alive()
    assert os.read(leader, 100) == b"words"


def test_a_terminal_that_is_gone_stops_nothing() -> None:
    leader, follower = pty.openpty()
    os.close(leader)
    resume_output(follower)
    os.close(follower)
    resume_output(follower)
