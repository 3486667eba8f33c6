"""Dates that a sentence states, but on which nothing has happened: limits and plans."""

from __future__ import annotations

import re
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_LIMIT: Final = lazy_pattern(
    r"\b(until|till|by|before|after|no\s+later\s+than)\s+(?:(?:the|early|late|mid)\b[\s-]*)*"
    r"(?:(?:start|beginning|middle|end|spring|summer|autumn|fall|winter|first\s+half|second\s+half)\s+)?"
    r"(?:(?:of|the)\s+)*$",
    re.IGNORECASE,
)
_SHORTER: Final = {"till": "until", "no later than": "by"}
PLANNED: Final = "planned"


def date_bound(before: str, day: str, written: str) -> str:
    """Return what makes a date a limit or a plan: "until", "by", "before", "after" or "planned"; "" for neither.

    Args:
        before: The sentence up to the date.
        day: The date, as "2021", "2021-03" or "2021-03-12".
        written: The date of the document in the same form, "" if it is unknown. Later dates are plans.
    """
    if limit := _LIMIT.search(before):
        words = " ".join(limit[1].casefold().split())
        return _SHORTER.get(words, words)
    return PLANNED if written and day > written and not written.startswith(day) else ""
