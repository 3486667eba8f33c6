"""Starts the program: `reader`, and `python -m reader`."""

from __future__ import annotations

import signal
import sys


def start() -> int:
    """Run the command line of the process; return its exit code. Until a command runs, Ctrl+C ends it in silence."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from reader.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
