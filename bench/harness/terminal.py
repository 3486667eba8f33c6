"""The real program in a real pseudo-terminal, and the screen that its user sees."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import pyte

PATIENCE: Final = 60.0
"""Seconds after which a wait has failed. Nothing depends on how much sooner it ends."""

_KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "down": "\x1b[B",
    "ctrl+r": "\x12",
    "ctrl+c": "\x03",
}


class Process(Protocol):
    """The part of `subprocess.Popen` that a terminal needs."""

    @property
    def pid(self) -> int:
        """The id of the process."""

    @property
    def returncode(self) -> int | None:
        """The exit code; None while the process runs."""

    def poll(self) -> int | None:
        """Return the exit code; None while the process runs."""

    def send_signal(self, sig: int) -> None:
        """Send a signal to the process."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the process has ended; return its exit code."""


class Terminal:
    """`python -m reader ARGUMENTS`, or another program, with a pseudo-terminal as its standard streams."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = (120, 36),
        piped: bytes | None = None,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "reader"),
    ) -> None:
        """Start the program.

        Args:
            arguments: The arguments of the program.
            home: The directory for its data, cache and configuration.
            size: Columns and lines of the terminal.
            piped: Bytes for standard input, instead of the terminal.
            environment: Environment variables to add.
            program: The command that starts the program.
        """
        self._program = program
        self.received = bytearray()
        """Every byte that the program wrote to the terminal. It grows in place: a program may write megabytes."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._leader, follower = pty.openpty()
        self._set_size(*size)
        variables = {f"READER_{kind}_DIR": str(home / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
        variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        variables |= {"LC_ALL": "C.UTF-8", **(environment or {})}
        self.process = self.start_process(arguments, follower, variables, piped)
        os.close(follower)

    def start_process(
        self, arguments: Sequence[str], follower: int, variables: Mapping[str, str], piped: bytes | None
    ) -> Process:
        """Start the program with the file descriptor `follower` as its terminal."""
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        process = subprocess.Popen(
            [*self._program, *arguments],
            stdin=subprocess.PIPE if piped is not None else follower,
            stdout=follower,
            stderr=follower,
            env={**inherited, **variables},
            cwd=Path(__file__).parents[2],
            preexec_fn=lambda: take_terminal(follower),
        )
        if piped is not None:
            assert process.stdin is not None
            process.stdin.write(piped)
            process.stdin.close()
        return process

    @property
    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait until the screen matches a regular expression.

        Raises:
            AssertionError: It never did.
        """
        deadline = time.monotonic() + PATIENCE
        while not (match := re.search(pattern, self.text)):
            assert time.monotonic() < deadline, f"{pattern!r} did not appear; the screen was:\n{self.text}"
            if not self.read(0.1) and self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode} before {pattern!r} appeared:\n{self.text}")
        return match

    def has_output(self, seconds: float) -> bool:
        """Return whether the program writes something within this time."""
        return bool(select.select([self._leader], [], [], seconds)[0])

    def receive(self) -> bytes:
        """Return the next bytes that the program wrote, without drawing them; b"" at the end of its output."""
        try:
            return os.read(self._leader, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return b""

    def draw(self, data: bytes) -> None:
        """Draw bytes that the program wrote."""
        self.received += data
        # pyte does not know the keyboard protocols that the program requests when it starts.
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*u", b"", data))

    def read(self, seconds: float) -> bool:
        """Draw what the program writes next; return whether it wrote something within this time."""
        if not self.has_output(seconds):
            return False
        data = self.receive()
        self.draw(data)
        return bool(data)

    def press(self, *keys: str) -> None:
        """Type keys, one after the other."""
        for key in keys:
            os.write(self._leader, _KEYS.get(key, key).encode())

    def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal, in cells."""
        self._screen.resize(height, width)
        self._set_size(width, height)

    def wait_until_ended(self) -> int:
        """Wait until the program has ended; return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while (code := self.process.poll()) is None:
            assert time.monotonic() < deadline, f"it never ended; the screen was:\n{self.text}"
            self.read(0.1)
        while self.read(0):
            pass
        return code

    def kill(self) -> None:
        """End the program as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal while the program is still running in it."""
        os.close(self._leader)
        self._leader = -1

    def close(self) -> None:
        """End the program and close the terminal."""
        if self.process.poll() is None:
            self.kill()
        if self._leader >= 0:
            self.hang_up()

    def _set_size(self, width: int, height: int) -> None:
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def take_terminal(follower: int) -> None:
    """Make the terminal with this file descriptor the controlling terminal of the current process."""
    os.setsid()
    fcntl.ioctl(follower, termios.TIOCSCTTY, 0)


def accept_signals() -> None:
    """End on SIGINT and SIGHUP again: scripts and nohup ignore them in their background, and programs inherit that."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, handler)
