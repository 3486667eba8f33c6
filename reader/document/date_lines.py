"""Find the date that a text states on a line of its own near its start: "12 November 2024", "Riga, 3 May 2021"."""

from __future__ import annotations

import re
from typing import Final

from reader.document.calendar_days import stated_day

_MOST_LINES: Final = 8
"""Lines with text that are looked at."""
_REACH: Final = 2000
"""Code points that are looked at."""
_LONGEST: Final = 80
"""Longest line with a date, in code points."""
_DATE_LINE: Final = re.compile(
    r"(?:(?:date|dated|published|first published|updated|last updated|posted|issued|released)(?: on)?:? )?"
    r"(?:[^\W\d_][\w.' -]{1,30}, )?"
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? (?:of )?[^\W\d_]{3,9}\.?,? \d{4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?:(?:,| -| \||T)? ?(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:[a-z]{2,4}|[+-]\d\d:?\d\d))?)?",
    re.IGNORECASE,
)


def date_on_own_line(text: str) -> str:
    """Return the day that the first date on a line of its own states, as "2024-11-12"; "" without one.

    Only the first lines count, and only dates with a day, a month in words (or the ISO form) and a year: "3/4/2021" is
    another day in another country.
    """
    lines = (line.strip(" \t*_#>") for line in text[:_REACH].splitlines())
    for line in [line for line in lines if line][:_MOST_LINES]:
        match = _DATE_LINE.fullmatch(line) if len(line) <= _LONGEST else None
        if match and len(day := stated_day(match["date"].replace(".", ""))) == len("2024-11-12"):
            return day
    return ""
