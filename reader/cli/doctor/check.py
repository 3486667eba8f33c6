"""Results of the checks of `reader doctor`, and how to print numbers in them."""

from __future__ import annotations

from enum import StrEnum

from reader.structures.named_tuple import NamedTuple


class Status(StrEnum):
    """How a check ended. A warning does not change the exit code, a failure does."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Check(NamedTuple):
    """The result of one check."""

    status: Status
    subject: str
    """What was checked, such as "cache"."""
    finding: str
    """What the check found, in one line."""
    advice: str = ""
    """How to fix the problem, in one line."""


def format_size(size: int) -> str:
    """Return a number of bytes as "12 kB" or "3.4 MB"."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"
