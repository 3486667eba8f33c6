"""One piece of evidence about two names."""

from __future__ import annotations

from enum import IntEnum

from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple


class Phase(IntEnum):
    """When clustering uses a piece of evidence. Later phases may rely on the clusters of earlier ones."""

    IDENTITY = 0
    """Two spellings of one name."""
    DEFINED = 1
    """The text itself says that one name stands for the other."""
    FULL = 2
    """Two forms of a person's full name, the shorter first."""
    SHORT = 3
    """A short form and a name that it may stand for, the shorter first."""
    SUGGESTION = 4
    """The two names may be one entity, but this is never enough to merge them."""
    VETO = 5
    """The two names are two entities."""


class Evidence(NamedTuple):
    """One rule that applies to two names. In `DEFINED`, `FULL` and `SHORT`, `a` is the form that stands for `b`."""

    phase: Phase
    score: float
    rule: Rule
    a: Name
    b: Name
    offset: int | None = None
    """Where the text says so; None for evidence from the names alone."""
