"""A program in a pseudo-terminal of its own, and when which bytes came out of it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

COLUMNS: Final = 120
LINES: Final = 40
PATIENCE: Final = 30.0
"""Seconds after which a program that shows nothing is given up."""


class NeverShownError(Exception):
    """The program did not show what was waited for."""


def times_of(command: Sequence[str], patterns: Sequence[bytes], environment: dict[str, str]) -> list[float]:
    """Return how many seconds after its start a program has written something that matches each pattern.

    Args:
        command: What to run in a terminal of 120 × 40.
        patterns: Regular expressions; each is looked for after the end of the one before.
        environment: Added to that of this process.

    Raises:
        NeverShownError: One of them did not come.
    """
    variables = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environment
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=side,
        stdout=side,
        stderr=side,
        env=variables,
        start_new_session=True,
    )
    os.close(side)
    try:
        return [moment - start for moment in _moments(main, patterns, start + PATIENCE)]
    finally:
        _end(process, main)


def _moments(main: int, patterns: Sequence[bytes], deadline: float) -> list[float]:
    shown, place, moments = b"", 0, []
    for pattern in patterns:
        expression = re.compile(pattern)
        while (match := expression.search(shown, place)) is None:
            if not select.select([main], [], [], max(deadline - time.perf_counter(), 0))[0]:
                raise NeverShownError(f"{pattern!r} not in {shown[-400:]!r}")
            try:
                shown += os.read(main, 1 << 16)
            except OSError:
                raise NeverShownError(f"ended without {pattern!r}: {shown[-400:]!r}") from None
        moments.append(time.perf_counter())
        place = match.end()
    return moments


def _end(process: subprocess.Popen[bytes], main: int) -> None:
    """Let the program leave by its own key, so that its recognition process ends too; not forever."""
    with suppress(OSError):
        os.write(main, b"q")
    deadline = time.perf_counter() + 3
    while process.poll() is None and time.perf_counter() < deadline:
        if select.select([main], [], [], 0.05)[0]:
            with suppress(OSError):
                os.read(main, 1 << 16)
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    os.close(main)
