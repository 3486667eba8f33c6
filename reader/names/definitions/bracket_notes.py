"""Notes in brackets that are not another name for the name before them: dates, ages, births and deaths, parties."""

from __future__ import annotations

import re
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE: Final = lazy_pattern(rf"(?:{_MONTH}\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH})\b")
_NUMBER: Final = lazy_pattern(r"[\d\W]+|\d[\d.,]*(?:st|nd|rd|th|[smkg]|am|pm|km|kg|bn?)?", re.IGNORECASE)
_AGE: Final = lazy_pattern(r"(?:aged?\b|\d{1,3}\s+years?\b|\d{1,3}-year|\d{1,3}$)", re.IGNORECASE)
_BIRTH: Final = lazy_pattern(r"(?:(?:born|b\.|d\.|died)(?=\W))", re.IGNORECASE)
_MAIDEN: Final = lazy_pattern(r"[Bb]orn\s+(?=[^\W\d_a-z])(?!\S+\s*$)")
_PARTY: Final = lazy_pattern(r"(?:[A-Z]{1,4}|Lab|Con|Dem|Rep|Ind)[-–—]\s?[A-Z][\w.]+(?:[\s-][\w.]*)?")
_PIECES: Final = lazy_pattern(r"[,;]\s")


def is_bracket_note(piece: str) -> bool:
    """Return whether part of a bracket is a date, a number, an age, or a party and its state, rather than a name.

    "3 April 1960", "aged 41", "May 2011" and "R-Texas" are notes; "MS9", "G20" and "May Day" are not.
    """
    piece = piece.strip()
    if _NUMBER.fullmatch(piece) or _AGE.match(piece) or _PARTY.fullmatch(piece):
        return True
    date = _DATE.match(piece)
    return date is not None and not any(char.isalpha() for char in piece[date.end() :])


def is_biographical(bracket: str) -> bool:
    """Return whether a bracket contains an age, or a date or place of birth or death: "born 3 April 1960", "JT, 41".

    "born Mary Kirk" does not count, because it gives a name.
    """
    for piece in map(str.strip, _PIECES.split(bracket)):
        if _AGE.match(piece) or (_BIRTH.match(piece) and not _gives_maiden_name(piece)):
            return True
    return False


def _gives_maiden_name(piece: str) -> bool:
    """Return whether a birth note gives a name of at least two words: "born Mary Kirk", but not "born Leeds"."""
    return _MAIDEN.match(piece) is not None and not any(map(str.isdigit, piece)) and _DATE.search(piece) is None
