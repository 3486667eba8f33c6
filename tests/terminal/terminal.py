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
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyte

PATIENCE: Final = 60.0
"""Seconds after which a wait has failed; nothing depends on how much sooner it ends."""

_KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "down": "\x1b[B",
    "ctrl+r": "\x12",
    "ctrl+c": "\x03",
}


class Terminal:
    """`python -m reader ARGUMENTS` with a terminal as its standard streams."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = (120, 36),
        piped: bytes | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.received = b""
        """Every byte that reached the terminal."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        leader, follower = pty.openpty()
        self._leader = leader
        self._set_size(*size)
        directories = {f"READER_{kind}_DIR": str(home / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reader", *arguments],
            stdin=subprocess.PIPE if piped is not None else follower,
            stdout=follower,
            stderr=follower,
            env=kept
            | directories
            | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none", "LC_ALL": "C.UTF-8"}
            | (environment or {}),
            cwd=Path(__file__).parents[2],
            preexec_fn=lambda: _take_terminal(follower),
        )
        os.close(follower)
        if piped is not None:
            assert self.process.stdin is not None
            self.process.stdin.write(piped)
            self.process.stdin.close()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait until the screen matches a pattern.

        Raises:
            AssertionError: It never did.
        """
        limit = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.text)):
            assert time.monotonic() < limit, f"{pattern!r} never came; the screen was:\n{self.text}"
            if not self._read(0.1) and self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode} before {pattern!r} came:\n{self.text}")
        return found

    def show(self, data: bytes) -> None:
        """Draw what the program wrote."""
        self.received += data
        # pyte does not know the keyboard protocols that are asked for at the start.
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*u", b"", data))

    def press(self, *keys: str) -> None:
        """Type keys, one after the other."""
        for key in keys:
            os.write(self._leader, _KEYS.get(key, key).encode())

    def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal, as its window would."""
        self._screen.resize(height, width)
        self._set_size(width, height)

    def wait_until_ended(self) -> int:
        """Wait until the program has ended; return its exit code."""
        limit = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < limit, f"it never ended; the screen was:\n{self.text}"
            self._read(0.1)
        while self._read(0):
            pass
        return self.process.returncode

    def kill(self) -> None:
        """End the program as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal's window, the program still running in it."""
        os.close(self._leader)
        self._leader = -1

    def close(self) -> None:
        """Let go of everything."""
        if self.process.poll() is None:
            self.kill()
        if self._leader >= 0:
            self.hang_up()

    def _read(self, seconds: float) -> bool:
        if not select.select([self._leader], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._leader, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        self.show(data)
        return bool(data)

    def _set_size(self, width: int, height: int) -> None:
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def _take_terminal(follower: int) -> None:
    os.setsid()
    fcntl.ioctl(follower, termios.TIOCSCTTY, 0)
