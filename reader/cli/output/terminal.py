"""What the output goes to: how wide it is, how many colors it shows, on which ground."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from enum import IntEnum

DEFAULT_COLUMNS = 80


class Depth(IntEnum):
    """How many colors may be used."""

    NONE = 0
    ANSI = 16
    INDEXED = 256
    TRUE = 1 << 24


def color_depth(when: str, environment: Mapping[str, str] = os.environ, *, only_if: bool = True) -> Depth:
    """Return the colors to print in.

    Args:
        when: "always", "never" or "auto": not with NO_COLOR set, and not where TERM is "dumb" or missing.
        environment: Where TERM, COLORTERM and NO_COLOR are looked up.
        only_if: What "auto" asks for besides.
    """
    term = environment.get("TERM", "")
    plain = bool(environment.get("NO_COLOR")) or term in {"", "dumb"} or not only_if
    if when == "never" or (when == "auto" and plain):
        return Depth.NONE
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or term.endswith("-direct"):
        return Depth.TRUE
    return Depth.INDEXED if "256color" in term else Depth.ANSI


def is_dark(theme: str | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the ground is dark: as said, else as COLORFGBG says (the last number is the ground), else yes."""
    if theme is not None:
        return theme == "dark"
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return ground not in {"7", "15"}


def columns() -> int | None:
    """Return the columns of the terminal in which the output is going to be seen, None where there is none.

    COLUMNS comes first. A pipe may end in a pager, which has the terminal of stderr; a file is not seen at all.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return int(said)
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is None or (stream is sys.__stderr__ and not _is_pipe(1)):
                continue
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            continue
        if width > 0:
            return width
    return None


def lines() -> int | None:
    """Return the rows of the terminal that stdout is, None where it is none."""
    try:
        rows = os.get_terminal_size(1).lines
    except OSError:
        return None
    return rows or None


def is_terminal() -> bool:
    """Tell whether a person sees the output directly."""
    return sys.stdout.isatty()


def _is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False
