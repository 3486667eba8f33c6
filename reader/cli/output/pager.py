"""Show long output in the user's pager."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence

_LESS = "less -RFX"


def show_in_pager(rows: Sequence[str]) -> None:
    """Show rows in `$PAGER`, or in less if it is not set. Print them if the pager cannot be started."""
    command = _pager_command()
    environment = {"LESSCHARSET": "utf-8", "LESS": "FRX"} | os.environ
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) if command else None
    except OSError:
        pager = None
    text = "\n".join(rows) + "\n"
    if pager is None:
        sys.stdout.write(text)
        return
    # In a pager, Ctrl+C interrupts the current command of the pager, and another key quits.
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode("utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, handler)


def _pager_command() -> list[str]:
    """Return the command that starts the pager; empty if PAGER is empty or "cat"."""
    pager = os.environ.get("PAGER")
    if pager is None:
        return shlex.split(_LESS)
    try:
        words = shlex.split(pager)
    except ValueError:
        return shlex.split(_LESS)
    return [] if words in ([], ["cat"]) else words
