"""Run a command line and return its exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence

from reader.cli.arguments import parse
from reader.cli.command_errors import UsageError, error_line
from reader.directories import config_dir

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The arguments; None for those of the process.

    Returns:
        The exit code: 0 for success, 1 for an error in the source or the data (with one line on stderr), 2 for wrong
        usage, 130 for an interrupt.
    """
    _prepare_streams()
    try:
        module, options = parse(sys.argv[1:] if argv is None else argv)
        if not getattr(module, "HANDLES_SIGNALS", False) and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        _report_own_tables(getattr(module, "__name__", ""))
        status = module.run(options)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The program at the other end of the pipe has exited. The interpreter flushes stdout at exit and must not fail.
        _discard_output()
        return 0
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # while a class was made, as in an import
            return INTERRUPTED
        line = error_line(error)
        if line is None:
            raise
        print(f"reader: {line}", file=sys.stderr)
        _discard_output()
        return 2 if isinstance(error, UsageError) else 1
    return status


def _report_own_tables(command: str) -> None:
    """Report malformed lines in the user's tables of names on stderr. `reader doctor` lists them itself."""
    if command.endswith(".doctor") or not (config_dir() / "names").is_dir():
        return
    from reader.document.sanitize import one_line
    from reader.names.tables.table_files import problems

    for problem in problems():
        print(f"reader: {one_line(str(problem))}; the line is ignored", file=sys.stderr)


def _prepare_streams() -> None:
    """Reopen closed standard streams, so that no other file gets their descriptors. Replace unencodable characters."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, f"__{name}__") is None:
            os.open(os.devnull, os.O_RDWR)
            stream = open(descriptor, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)  # noqa: SIM115  (stays open)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _discard_output() -> None:
    """Discard buffered output if stdout cannot be written to."""
    try:
        sys.stdout.flush()
    except OSError:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
