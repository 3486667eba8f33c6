"""Measure when a program in a pseudo-terminal writes which output."""

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
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

COLUMNS: Final = 120
LINES: Final = 40
PATIENCE: Final = 30.0
"""Seconds to wait for the output."""


class OutputMissingError(Exception):
    """The program did not write the expected output."""


def processor_seconds(pid: int) -> float:
    """Return the processor time of all running threads of a process, without its children, in seconds."""
    nanoseconds = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):  # the thread has ended
            nanoseconds += int(path.read_text("ascii").split()[0])
    return nanoseconds / 1e9


def output_times(
    command: Sequence[str],
    patterns: Sequence[bytes],
    environment: dict[str, str],
    *,
    processor: bool = False,
) -> list[float]:
    """Return the seconds from the start of a program to the output that matches each pattern.

    Args:
        command: The command to run in a terminal of 120 × 40 cells.
        patterns: Regular expressions. Each is searched for after the match of the previous one.
        environment: Environment variables to add to those of this process.
        processor: Whether to return the processor time of the program up to then: other work on the machine changes it
            little.

    Raises:
        OutputMissingError: A pattern was not matched.
    """
    variables = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environment
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has compiled modules
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=variables,
        start_new_session=True,
    )
    os.close(follower)
    try:
        clock = partial(processor_seconds, process.pid) if processor else lambda: time.perf_counter() - start
        return _match_times(leader, patterns, start + PATIENCE, clock)
    finally:
        _end(process, leader)


def _match_times(leader: int, patterns: Sequence[bytes], deadline: float, clock: Callable[[], float]) -> list[float]:
    output, offset, moments = b"", 0, []
    for pattern in patterns:
        expression = re.compile(pattern)
        while (match := expression.search(output, offset)) is None:
            if not select.select([leader], [], [], max(deadline - time.perf_counter(), 0))[0]:
                raise OutputMissingError(f"{pattern!r} is not in {output[-400:]!r}")
            try:
                output += os.read(leader, 1 << 16)
            except OSError:
                raise OutputMissingError(f"the program ended without {pattern!r}: {output[-400:]!r}") from None
        moments.append(clock())
        offset = match.end()
    return moments


def _end(process: subprocess.Popen[bytes], leader: int) -> None:
    """Quit the program by its own key, so that its recognition process ends too; kill it if that takes too long."""
    with suppress(OSError):
        os.write(leader, b"q")
    deadline = time.perf_counter() + 3
    while process.poll() is None and time.perf_counter() < deadline:
        if select.select([leader], [], [], 0.05)[0]:
            with suppress(OSError):
                os.read(leader, 1 << 16)
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    os.close(leader)
