"""Find the date that a text states near its start, on a line of its own, in a byline or in a dateline.

Examples are "12 November 2024", "Riga, 3 May 2021", "By Ada Kovacs — 3 May 2021" and "RIGA, 3 May 2021 — The port".
"""

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
"""Longest line with a date, in code points. That of a dateline goes on."""
_YEAR: Final = lazy_pattern(r"\d{4}")
_BYLINE: Final = r"(?:by [^\W\d_][^\d|·•—–]{2,60}?(?: -|,| ?[|·•—–]) ?|[^\W\d_][^\d|·•—–]{1,40} ?[|·•] ?)?"
"""A pattern of the author, or the name of the publication, before a date."""
_DATE_LINE: Final = (
    rf"{_BYLINE}"
    r"(?:(?:date|dated|published|first published|updated|last updated|posted|issued|released)(?: on)?:? )?"
    r"(?P<place>[^\W\d_][\w.' -]{1,30}, )?"
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? (?:of )?[^\W\d_]{3,9}\.?,? \d{4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?P<after>(?: \([^\W\d_][\w .]{1,24}\))? ?[—–-] .*)?"
    r"(?:(?:,| -| \||T)? ?(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:[a-z]{2,4}|[+-]\d\d:?\d\d))?)?"
)
"""A pattern of such lines. It is compiled for the first line with a year: most texts begin without one."""


def date_on_own_line(text: str) -> str:
    """Return the day that the first date on a line of its own, in a byline or in a dateline states; "" without one.

    A day is written as "2024-11-12".

    Only the first lines count, and only dates with a day, a month in words (or the ISO form) and a year: "3/4/2021" is
    another day in another country.
    """
    lines = (line.strip(" \t*_#>—–") for line in text[:_REACH].splitlines())
    for line in islice(filter(None, lines), _MOST_LINES):
        if _YEAR.search(line, 0, _LONGEST) and (day := _day_of(line)):
            return day
    return ""


def _day_of(line: str) -> str:
    """Return the day that a line states, "" if it is not one with a date."""
    from reader.document.metadata.calendar_days import stated_day

    match = re.fullmatch(_DATE_LINE, line, re.IGNORECASE)
    if not match or not (_may_go_on(match["place"], match["after"]) if match["after"] else len(line) <= _LONGEST):
        return ""
    day = stated_day(match["date"].replace(".", ""))
    return day if len(day) == len("2024-11-12") else ""


def _may_go_on(place: str | None, after: str) -> bool:
    """Return whether the text after a date, from its dash on, is a byline or that of a dateline."""
    if place is None:
        return after.lstrip(" —–-").lower().startswith("by ")
    return all(word[0].isupper() for word in place.split() if len(word) > len("sur"))
