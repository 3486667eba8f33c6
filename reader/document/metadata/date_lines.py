"""Find the date that a text states on a line of its own near its start: "12 November 2024", "Riga, 3 May 2021"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_MOST_LINES: Final = 8
"""Lines with text that are looked at."""
_REACH: Final = 2000
"""Code points that are looked at."""
_LONGEST: Final = 80
"""Longest line with a date, in code points."""
_YEAR: Final = lazy_pattern(r"\d{4}")
_DATE_LINE: Final = (
    r"(?:(?:date|dated|published|first published|updated|last updated|posted|issued|released)(?: on)?:? )?"
    r"(?:[^\W\d_][\w.' -]{1,30}, )?"
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? (?:of )?[^\W\d_]{3,9}\.?,? \d{4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?:(?:,| -| \||T)? ?(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:[a-z]{2,4}|[+-]\d\d:?\d\d))?)?"
)
"""A pattern of such lines. It is compiled for the first line with a year: most texts begin without one."""


def date_on_own_line(text: str) -> str:
    """Return the day that the first date on a line of its own states, as "2024-11-12"; "" without one.

    Only the first lines count, and only dates with a day, a month in words (or the ISO form) and a year: "3/4/2021" is
    another day in another country.
    """
    lines = (line.strip(" \t*_#>") for line in text[:_REACH].splitlines())
    for line in islice(filter(None, lines), _MOST_LINES):
        if len(line) <= _LONGEST and _YEAR.search(line) and (day := _day_of(line)):
            return day
    return ""


def _day_of(line: str) -> str:
    """Return the day that a line states, "" if it is not one with a date."""
    from reader.document.metadata.calendar_days import stated_day

    match = re.fullmatch(_DATE_LINE, line, re.IGNORECASE)
    day = stated_day(match["date"].replace(".", "")) if match else ""
    return day if len(day) == len("2024-11-12") else ""
