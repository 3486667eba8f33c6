"""From a command line to an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from reader.cli.arguments import parse
from reader.cli.errors_as_lines import explain
from reader.directories import config_dir

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done; 1 the source or data is at fault, said in one line on stderr; 2 wrong usage; 130 interrupted.
    """
    _prepare_streams()
    try:
        module, arguments = parse(sys.argv[1:] if argv is None else argv)
        _tell_of_tables(getattr(module, "__name__", ""))
        status = module.run(arguments)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough of it; the interpreter's own flush at exit must not complain.
        _discard_output()
        return 0
    except Exception as error:
        line = explain(error)
        if line is None:
            raise
        print(f"reader: {line}", file=sys.stderr)
        _discard_output()
        return 1
    return status


def _tell_of_tables(command: str) -> None:
    """Say on stderr which lines of the user's own tables are left out; `reader doctor` lists them itself."""
    if command.endswith(".doctor") or not (config_dir() / "names").is_dir():
        return
    from reader.document.sanitize import one_line
    from reader.names.table_files import problems

    for problem in problems():
        print(f"reader: {one_line(str(problem))}; the line is left out", file=sys.stderr)


def _prepare_streams() -> None:
    """Open what the caller has closed, so that no file takes its place, and print whatever the locale can express."""
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, f"__{name}__") is None:
            os.open(os.devnull, os.O_RDWR)
            stream = open(descriptor, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)  # noqa: SIM115  (stays open)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _discard_output() -> None:
    """Drop what stdout still holds where it cannot be written."""
    try:
        sys.stdout.flush()
    except OSError:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
