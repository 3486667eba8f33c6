"""One finding of `reader doctor`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(NamedTuple):
    """One finding."""

    status: Status
    what: str
    found: str
    advice: str = ""
    """What to do about it, in one line."""


def in_words(size: int) -> str:
    """Return a number of bytes as "12 kB" or "3.4 MB"."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"
