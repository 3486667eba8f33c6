"""The result of one check of `reader doctor`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """The result of a check."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(NamedTuple):
    """One check and its result."""

    status: Status
    subject: str
    finding: str
    advice: str = ""
    """How to fix the problem, in one line."""


def format_size(size: int) -> str:
    """Return a number of bytes as "12 kB" or "3.4 MB"."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"


def count_of(number: int, noun: str) -> str:
    """Return "1 record" or "2 records"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
