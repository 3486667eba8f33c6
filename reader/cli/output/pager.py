"""Show long output through the user's pager."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence

_LESS = "less -RFX"


def page(rows: Sequence[str]) -> None:
    """Show rows in `$PAGER`, or in less; print them where it cannot be started."""
    command = _command()
    environment = {"LESSCHARSET": "utf-8", "LESS": "FRX"} | os.environ
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) if command else None
    except OSError:
        pager = None
    text = "\n".join(rows) + "\n"
    if pager is None:
        sys.stdout.write(text)
        return
    # Ctrl+C in a pager stops what the pager does; leaving it is a key of its own.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode("utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, before)


def _command() -> list[str]:
    """Return how the pager is started; nothing for `PAGER=cat` and an empty one."""
    said = os.environ.get("PAGER")
    if said is None:
        return shlex.split(_LESS)
    try:
        words = shlex.split(said)
    except ValueError:
        return shlex.split(_LESS)
    return [] if words in ([], ["cat"]) else words
