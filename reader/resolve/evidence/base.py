"""One piece of evidence about two names."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from reader.resolve.resolution import Name
from reader.resolve.rules import Rule


class Phase(IntEnum):
    """When a piece of evidence is weighed; earlier phases settle what later ones may lean on."""

    IDENTITY = 0
    """Two spellings of one name."""
    DEFINED = 1
    """The text says itself that one stands for the other."""
    FULL = 2
    """Two forms of a person's full name, the shorter first."""
    SHORT = 3
    """A short form and a name that it may stand for, the shorter first."""
    OFFER = 4
    """Likely, never enough to merge."""
    VETO = 5
    """They are not one."""


class Evidence(NamedTuple):
    """What one rule says of two names; in `DEFINED`, `FULL` and `SHORT` `a` is the form that stands for `b`."""

    phase: Phase
    score: float
    rule: Rule
    a: Name
    b: Name
    at: int | None = None
