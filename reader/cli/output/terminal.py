"""Find the size, the number of colors and the background of the terminal."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping

DEFAULT_COLUMNS = 80


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
