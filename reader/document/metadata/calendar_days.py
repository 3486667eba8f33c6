"""Read the dates of English texts: "12 March 2021", "March 12", "2021-03-12", "last Monday", "in 2019".

A date without a year, or relative to today, takes them from the date of the document. What remains uncertain is
not a date: a general date parser reads "the 1990s" and "three weeks" as days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[12]\d{3})"
_WEEKDAY: Final = rf"(?:{'|'.join(_WEEKDAYS)}),?\s+"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-(?P<month_number>\d\d)(?:-(?P<day>\d\d))?(?:t.*|\s.*)?",
        rf"(?:{_WEEKDAY})?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"(?:{_WEEKDAY})?{_MONTH}\s+{_DAY}(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s+{_YEAR})?",
        rf"{_MONTH},?\s+{_YEAR}",
        _YEAR,
    )
)
_RELATIVE: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_PAST_WEEKDAY: Final = lazy_pattern(rf"(?:last\s+|this\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})")


_FUTURE: Final = (
    r"\b(?:will|won['’]t|shall|(?:is|are) (?:to|due|set|scheduled|expected|planning|going)"
    r"|(?:plans?|intends?|hopes?) to)\b"
)
_NO_REPORT: Final = r"(?:(?!\b(?:said|says|told|announced|reported|added|wrote|warned|confirmed)\b)[^.;])"
_LONGEST_CLAUSE: Final = 160
"""Code points of a sentence before and after a date that are looked at."""
_FUTURE_BEFORE: Final = lazy_pattern(rf"{_FUTURE}{_NO_REPORT}{{0,120}}$")
_FUTURE_AFTER: Final = lazy_pattern(rf",? {_NO_REPORT}{{0,60}}?{_FUTURE}")


def speaks_of_future(text: str, sentence: tuple[int, int], start: int, end: int) -> bool:
    """Return whether a sentence says of the date at `start:end` that something will happen then: "will open on Monday".

    "She said on Monday that it will open" says nothing of the kind.

    Args:
        text: The text.
        sentence: The span of the sentence around the date.
        start: The start of the date.
        end: Its end.
    """
    before = text[max(sentence[0], start - _LONGEST_CLAUSE) : start]
    if _FUTURE_BEFORE.search(before):
        return True
    is_first = before.strip().lower() in {"", "on"}
    return is_first and _FUTURE_AFTER.match(text, end, min(sentence[1], end + _LONGEST_CLAUSE)) is not None


def stated_day(text: str, written: str = "", *, is_future: bool = False) -> str:
    """Return the date that a few words state, as "2021", "2021-03" or "2021-03-12"; "" if none is certain.

    Args:
        text: The words, such as "12 March".
        written: When the text was written, as "2021-03-12"; without it, dates need a year.
        is_future: Whether a weekday is the next one, not the last.
    """
    words = " ".join(text.lower().split())
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(words):
            return _day_of(match.groupdict(), written)
    if len(written) == 10:
        today = date.fromisoformat(written)
        if words in _RELATIVE:
            return (today + timedelta(_RELATIVE[words])).isoformat()
        if weekday := _PAST_WEEKDAY.fullmatch(words):
            days = (today.weekday() - _WEEKDAYS.index(weekday["weekday"])) % 7
            if is_future and days and not words.startswith("last"):
                days -= 7
            return (today - timedelta(days or 7 * words.startswith("last"))).isoformat()
    return ""


def calendar_day(stated: str) -> str:
    """Return the date that a document states, shortened to the day; "" if it cannot be understood."""
    return stated_day(stated.strip()) if stated else ""


def _day_of(parts: dict[str, str | None], written: str) -> str:
    month = int(parts.get("month_number") or 0) or _MONTHS.get(parts.get("month") or "", 0)
    day = int(parts.get("day") or 0)
    year = parts.get("year") or ""
    if not year and month and len(written) == 10:
        year = _nearest_year(month, date.fromisoformat(written))
    if not year:
        return ""
    if not month:
        return year
    try:
        date(int(year), month, day or 1)
    except ValueError:
        return ""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _nearest_year(month: int, written: date) -> str:
    """Return the year of a month that a text leaves out: of the months around the date, the nearest."""
    distance = month - written.month
    return str(written.year + (-1 if distance > 6 else 1 if distance < -6 else 0))
