"""Starts the program: `reader`, and `python -m reader`."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # built in; `signal` loads `enum` first, and until then see below
import sys


def start() -> int:
    """Run the command line of the process; return its exit code. Until a command runs, Ctrl+C ends it in silence.

    Before that, while Python itself starts, it prints a traceback.
    """
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    from reader.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
