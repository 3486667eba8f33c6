"""Resumes output that Ctrl+S has stopped: while the shell has the terminal, the terminal itself handles that key."""

from __future__ import annotations

import os
import termios
from contextlib import suppress
from threading import Thread
from typing import Final

_WAIT_SECONDS: Final = 0.1
"""Seconds between attempts to let the output go on."""


def resume_output(descriptor: int) -> None:
    """Let the terminal write again if Ctrl+S has stopped it, unless another job has the terminal."""
    try:
        if os.tcgetpgrp(descriptor) != os.getpgrp():
            return
    except OSError:
        pass  # it is not the terminal that controls this process, and never stops it
    with suppress(termios.error, OSError):
        termios.tcflow(descriptor, termios.TCOOFF)  # the kernel starts again only what it has stopped for a program
        termios.tcflow(descriptor, termios.TCOON)


def wait_for_output(writing: Thread, descriptor: int) -> None:
    """Wait until a thread has written the last text to a terminal, whatever keys are typed meanwhile."""
    while writing.is_alive():
        resume_output(descriptor)
        writing.join(_WAIT_SECONDS)
