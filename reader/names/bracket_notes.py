"""What stands in brackets after a name without being another name for it: dates, ages, birth notes, parties."""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE: Final = re.compile(rf"(?:{_MONTH}\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH})\b")
_NUMBER: Final = re.compile(r"[\d\W]+|\d[\d.,]*(?:st|nd|rd|th|[smkg]|am|pm|km|kg|bn?)?", re.IGNORECASE)
_AGE: Final = re.compile(r"(?:aged?\b|\d{1,3}\s+years?\b|\d{1,3}-year|\d{1,3}$)", re.IGNORECASE)
_BIRTH: Final = re.compile(r"(?:(?:born|b\.|d\.|died)(?=\W))", re.IGNORECASE)
_MAIDEN: Final = re.compile(r"[Bb]orn\s+(?=[^\W\d_a-z])(?!\S+\s*$)")
_PARTY: Final = re.compile(r"(?:[A-Z]{1,4}|Lab|Con|Dem|Rep|Ind)[-–—]\s?[A-Z][\w.]+(?:[\s-][\w.]*)?")
_PIECES: Final = re.compile(r"[,;]\s")


def is_aside(piece: str) -> bool:
    """Say whether a part of a bracket is a date, a number, an age or a party and its place, so that it names nothing.

    "3 April 1960", "aged 41", "May 2011", "R-Texas"; not "MS9", "G20" or "May Day".
    """
    piece = piece.strip()
    if _NUMBER.fullmatch(piece) or _AGE.match(piece) or _PARTY.fullmatch(piece):
        return True
    date = _DATE.match(piece)
    return date is not None and not any(char.isalpha() for char in piece[date.end() :])


def tells_of_a_life(bracket: str) -> bool:
    """Say whether a bracket says when somebody was born or how old they are: "born 3 April 1960", "JT, 41".

    "born Mary Kirk" gives a name instead.
    """
    for piece in map(str.strip, _PIECES.split(bracket)):
        if _AGE.match(piece) or (_BIRTH.match(piece) and not _names_at_birth(piece)):
            return True
    return False


def _names_at_birth(piece: str) -> bool:
    """Say whether a birth note gives a name of two words and more: "born Mary Kirk", not "born Leeds"."""
    return _MAIDEN.match(piece) is not None and not any(map(str.isdigit, piece)) and _DATE.search(piece) is None
