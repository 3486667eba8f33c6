"""The encodings that the user can choose from."""

from __future__ import annotations

from typing import Final

from reader.document.encoding import encoding_name
from reader.ui.dialogs.base.choice import Choice

DETECTED: Final = "as detected"
"""Offered beside the encodings, to determine the encoding again."""
ENCODINGS: Final = (
    (DETECTED, "automatic: let the program determine it"),
    ("utf-8", "Unicode"),
    ("cp1252", "Western European"),
    ("cp1250", "Central European: Czech, Hungarian, Polish, …"),
    ("iso8859-2", "Central European, ISO"),
    ("cp852", "Central European, DOS"),
    ("cp1251", "Cyrillic"),
    ("koi8-r", "Russian"),
    ("koi8-u", "Ukrainian"),
    ("iso8859-5", "Cyrillic, ISO"),
    ("cp866", "Russian, DOS"),
    ("cp1253", "Greek"),
    ("iso8859-7", "Greek, ISO"),
    ("cp1254", "Turkish"),
    ("cp1255", "Hebrew"),
    ("cp1256", "Arabic"),
    ("cp1257", "Baltic: Estonian, Latvian, Lithuanian"),
    ("gb18030", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("cp932", "Japanese, Shift JIS"),
    ("euc_jp", "Japanese, EUC"),
    ("iso2022_jp", "Japanese, ISO"),
    ("cp949", "Korean"),
    ("cp874", "Thai"),
    ("iso8859-15", "Western European with the euro sign, ISO"),
    ("cp850", "Western European, DOS"),
    ("mac-roman", "Western European, old Mac"),
    ("mac-cyrillic", "Cyrillic, old Mac"),
    ("utf-16-le", "Unicode, two bytes"),
    ("utf-16-be", "Unicode, two bytes, high byte first"),
)
"""The encodings that are offered, and what they are for. Others can be typed."""


def matching_encodings(typed: str) -> list[tuple[int, Choice]]:
    """Return the encodings with what was typed in their names or languages, each with its number."""
    words = typed.casefold().split()
    return [
        (number, Choice(name, note))
        for number, (name, note) in enumerate(ENCODINGS)
        if all(word in f"{name} {note}".casefold() for word in words)
    ]


def choices_for(typed: str) -> list[tuple[int, Choice]]:
    """Return the encodings that match what was typed; or the one of that name, if it is none of those offered."""
    matches = matching_encodings(typed)
    if not matches and (name := encoding_name(typed)):
        return [(len(ENCODINGS), Choice(name, "any name of an encoding"))]
    return matches
