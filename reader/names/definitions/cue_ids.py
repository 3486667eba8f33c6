"""The ids of cues, apart from their patterns, which take longer to import."""

from __future__ import annotations

from enum import StrEnum


class Cue(StrEnum):
    """How a text says that two names are one. The values are ids of merging rules."""

    DEFINED = "defined"
    """One is short for the other, in parentheses."""
    QUOTED = "quoted"
    """One is introduced in quotation marks."""
    ALSO_KNOWN_AS = "also-known-as"
    KNOWN_AS = "known-as"
    FORMERLY = "formerly"
    SO_CALLED = "so-called"
    OR = "or"
    TRANSLATED = "translated"
    BRACKETED = "bracketed"
    """One follows the other in parentheses, without any other word."""
