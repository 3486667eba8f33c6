"""Finds the differences between two names, to highlight them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.5
"""Below this share of common letters, names differ everywhere and highlights would be noise."""
_LONGEST: Final = 200


def differing_spans(name: str, compared_name: str) -> list[tuple[int, int]]:
    """Return the spans of `name` that `compared_name` lacks, in code points; [] if they have little in common."""
    if max(len(name), len(compared_name)) > _LONGEST:
        return []
    matcher = SequenceMatcher(None, compared_name, name, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return []
    return [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" and start < end]
