"""Finds the differences between two names, to highlight them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.5
"""Below this share of common letters, names differ everywhere and highlights would be noise."""
_LONGEST: Final = 200


def differing_spans(name: str, other: str) -> list[tuple[int, int]]:
    """Return the spans of `name` that are missing in `other`, in code points; [] if they have little in common."""
    if max(len(name), len(other)) > _LONGEST:
        return []
    matcher = SequenceMatcher(None, other, name, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return []
    return [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" and start < end]
