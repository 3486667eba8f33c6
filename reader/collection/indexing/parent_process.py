"""Whether the program that started this one is still there, so that nothing works on for an app that was killed."""

from __future__ import annotations

import os
from typing import Final

_VARIABLE: Final = "READER_PARENT"


def parent_environment() -> dict[str, str]:
    """Return the environment for a process that should know when this one has ended."""
    return {**os.environ, _VARIABLE: str(os.getpid())}


def is_parent_gone() -> bool:
    """Return whether the process that made the environment of this one has ended; False if none did."""
    parent = os.environ.get(_VARIABLE, "")
    return parent.isdecimal() and int(parent) != os.getppid()
