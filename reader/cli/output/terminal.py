"""Find the size, the number of colors and the background of the terminal."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from enum import IntEnum

DEFAULT_COLUMNS = 80


class Depth(IntEnum):
    """The number of colors to use."""

    NONE = 0
    ANSI = 16
    INDEXED = 256
    TRUE = 1 << 24


def color_depth(when: str, environment: Mapping[str, str] = os.environ, *, only_if: bool = True) -> Depth:
    """Return the number of colors to use.

    Args:
        when: "always", "never" or "auto". With "auto", there are no colors if NO_COLOR is set
            or TERM is "dumb" or missing.
        environment: The environment variables.
        only_if: A further condition of "auto".
    """
    term = environment.get("TERM", "")
    plain = bool(environment.get("NO_COLOR")) or term in {"", "dumb"} or not only_if
    if when == "never" or (when == "auto" and plain):
        return Depth.NONE
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or term.endswith("-direct"):
        return Depth.TRUE
    return Depth.INDEXED if "256color" in term else Depth.ANSI


def is_dark(theme: str | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether the background is dark, from the theme, else from the last number of COLORFGBG, else True."""
    if theme is not None:
        return theme == "dark"
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return background not in {"7", "15"}


def columns() -> int | None:
    """Return the width in cells of the terminal that shows the output, or None if there is none.

    COLUMNS takes precedence. A pipe may lead to a pager, which shares the terminal of stderr; a file has no terminal.
    """
    setting = os.environ.get("COLUMNS", "")
    if setting.isdecimal() and int(setting) > 0:
        return int(setting)
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
    """Return the height in rows of the terminal that stdout is connected to, or None if there is none."""
    try:
        rows = os.get_terminal_size(1).lines
    except OSError:
        return None
    return rows or None


def is_terminal() -> bool:
    """Return whether stdout is connected to a terminal."""
    return sys.stdout.isatty()


def _is_pipe(descriptor: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:
        return False
