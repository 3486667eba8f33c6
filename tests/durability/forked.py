"""The program in a terminal of its own, from a process that has imported it already: a thousand starts take minutes.

What runs is `reader ARGUMENTS`, in a process group, session and pseudo-terminal of its own; only the interpreter and
its modules are there before it starts.
"""

from __future__ import annotations

import os
import pty
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import pyte

from tests.terminal.terminal import Terminal, _take_terminal


class ForkedTerminal(Terminal):
    """A `Terminal` whose program is forked from this process, which must have no threads at that time."""

    def __init__(self, arguments: Sequence[str], home: Path, cache: Path) -> None:
        size = (120, 36)
        self.received = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._leader, follower = pty.openpty()
        self._set_size(*size)
        directories = {"DATA": home / "data", "CACHE": cache, "CONFIG": home / "config"}
        variables = {f"READER_{kind}_DIR": str(path) for kind, path in directories.items()}
        variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        pid = os.fork()
        if not pid:
            _become(arguments, follower, variables)
        self.process = _Process(pid)  # type: ignore[assignment]  # all of Popen that is used
        os.close(follower)


class _Process:
    """As much of a `Popen` as a terminal needs."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.returncode = 0
        return self.returncode

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self) -> None:
        if self.returncode is None:
            os.waitpid(self.pid, 0)
            self.returncode = 0


def preload() -> None:
    """Import what the program needs."""
    import reader.cli.commands.open
    import reader.cli.open_readings
    import reader.ui.app
    import reader.ui.screens.reading.reading_screen

    assert reader.ui.app


def _become(arguments: Sequence[str], follower: int, variables: dict[str, str]) -> None:
    code = 70
    try:
        _take_terminal(follower)
        for descriptor in (0, 1, 2):
            os.dup2(follower, descriptor)
        os.closerange(3, 256)
        os.environ.update(variables)
        for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            stream = os.fdopen(descriptor, mode, closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        from reader.cli import main

        code = main(arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
