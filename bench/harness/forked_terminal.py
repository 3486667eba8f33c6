"""A terminal whose program is forked from this process, which has imported it: a thousand starts take minutes.

The program is `reader ARGUMENTS`, in its own process group, session and pseudo-terminal. Only the interpreter and its
modules are loaded before it starts.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence

from bench.harness.terminal import Process, Terminal, take_terminal


class ForkedTerminal(Terminal):
    """A `Terminal` whose program is forked from this process, which must have no threads at that time."""

    def start_process(
        self, arguments: Sequence[str], follower: int, variables: Mapping[str, str], piped: bytes | None
    ) -> Process:
        """Fork this process and run the program in the child."""
        assert piped is None, "the terminal is its standard input"
        pid = os.fork()
        if not pid:
            _run_program(arguments, follower, variables)
        return ForkedProcess(pid)


class ForkedProcess:
    """A child process, with the methods of `subprocess.Popen` that a terminal needs."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code if the process has ended, always as 0; otherwise None."""
        if self.returncode is None and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.returncode = 0
        return self.returncode

    def send_signal(self, sig: int) -> None:
        """Send a signal to the process unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.Signals(sig))

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the process has ended."""
        assert timeout is None, "a forked process is waited for without a limit"
        if self.returncode is None:
            os.waitpid(self.pid, 0)
            self.returncode = 0
        return self.returncode


def preload() -> None:
    """Import what the program needs."""
    import reader.cli.commands.reading.open
    import reader.cli.open_readings
    import reader.ui.app
    import reader.ui.screens.reading.reading_screen

    assert reader.ui.app


def _run_program(arguments: Sequence[str], follower: int, variables: Mapping[str, str]) -> None:
    """Run the program in this process, and end the process."""
    code = 70
    try:
        take_terminal(follower)
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
