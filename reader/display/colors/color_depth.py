"""The number of colors that a terminal has, according to the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import IntEnum


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
