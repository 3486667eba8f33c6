"""What the words of a name, or those beside it, say of what kind of thing it is, whatever a recognizer took it for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.names import fold
from reader.names.matcher import words
from reader.names.tables import given_names, heads
from reader.recognize.mention import Mention

_BUILDINGS: Final = words(
    """Street Avenue Road Boulevard Highway Motorway Expressway Bridge Tunnel Dam Airport Station Stadium Arena
    Cathedral Mosque Synagogue Palace Prison Museum Hotel Market Towers Refinery Barracks"""
)
_PLACES: Final = frozenset({"GPE", "LOC"})
_PAPERS: Final = words("Daily Sunday Evening Morning Weekly")
_COMPANIES: Final = words(
    """Petrol Petroleum Motors Motor Automotive Cement Chemicals Pharma Textiles Breweries Telecommunications Logistics
    Semiconductor Semiconductors Aerospace Aviation Biotech Renewables Capital Ventures Securities Mutual
    Ports Mines Minerals Tyres Infrastructure Properties Realty"""
)
_UNIT: Final = re.compile(
    r"(?<![\w.-])(?:\d{1,3}(?:st|nd|rd|th)|[IVX]{1,5}(?= (?:[A-Z][\w-]+ )?Corps))(?: [A-Z][\w-]+){0,3}? "
    r"(?:Brigade|Division|Battalion|Regiment|Corps|Army|Fleet|Squadron|Wing)(?!\w)"
)
_FIRST: Final = re.compile(
    r"(?<!\w)(?:H[oô]tel|(?P<storm>(?:(?:Sub)?[Tt]ropical |Super )?(?:Storm|Hurricane|Cyclone|Typhoon))) $"
)
_AT_HOTEL: Final = re.compile(
    r"\b(?:at|in|inside|near|outside|from|of) the (?P<name>H[oô]tel(?: [A-Z][\w-]+){1,3})(?![\w’'])"
)
_ALSO: Final = re.compile(r" ?\(([^\W\d_a-zA-Z\u00c0-\u024f](?:[^\W\d_a-zA-Z\u00c0-\u024f]|[ ·・-])*)\)")
"""The same name in another script."""
_WRITTEN_TWICE: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_LOOK_BACK: Final = 24


def kind_of(name: str, label: str) -> str:
    """Return the label that the words of a name ask for: "Daily Ledger" is no person, "Bay Street" no town.

    Args:
        name: In full; of one word nothing is said.
        label: What a recognizer took it for.
    """
    first, _, last = name.partition(" ")
    if not last or (label != "PERSON" and label not in _PLACES):
        return label
    last = last.rsplit(" ", 1)[-1]
    if label in _PLACES:
        return "FAC" if last in _BUILDINGS else label
    if not last[:1].isupper() or fold(first) in given_names():
        return label  # "Joe Hockey", "Della Street"
    if last in _BUILDINGS:
        return "FAC"
    return "ORG" if first in _PAPERS or last in _COMPANIES or last.casefold() in heads() else label


def named_before(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where a name begins, and what it is, whose first word stands before what was found: "Hotel", "Storm".

    Args:
        text: The whole text.
        start: Where what was found begins.
        end: And where it ends.
    """
    match = _FIRST.search(text, max(0, start - _LOOK_BACK), start)
    if match is None or (match["storm"] and " " in text[start:end]):
        return None
    return match.start(), "EVENT" if match["storm"] else "FAC"


def hotels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where hotels are named by their first word within a stretch: "at the Hotel Bellevue"."""
    for match in _AT_HOTEL.finditer(text, start, end):
        yield match.span("name")


def units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the numbered units of armed forces within a stretch: "4th Mountain Brigade", "X Corps"."""
    for match in _UNIT.finditer(text, start, end):
        yield match.span()


def written_twice(text: str, mention: Mention) -> tuple[int, int] | None:
    """Return where the same name follows in another script, in brackets; None where it does not."""
    match = _ALSO.match(text, mention.end) if mention.label in _WRITTEN_TWICE else None
    return match.span(1) if match else None
