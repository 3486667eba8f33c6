"""Where two names differ, for the eye."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.5
"""Names that share less than this of their letters differ everywhere; showing where would be noise."""
_LONGEST: Final = 200


def differing_spans(name: str, other: str) -> list[tuple[int, int]]:
    """Return the spans (code points) of a name that the other has not; none where the two have little in common."""
    if max(len(name), len(other)) > _LONGEST:
        return []
    matcher = SequenceMatcher(None, other, name, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return []
    return [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag != "equal" and start < end]
