"""Find names by their form and context, without a recognizer: "Dr. Lee", "4th Mountain Brigade"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.names import titles
from reader.names.matcher import words
from reader.names.tables import heads
from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.typesetting.capitals import small_words
from reader.structures.lazy_pattern import lazy_pattern

_X: Final = lazy_pattern(
    r"(?<![\w.-])X(?:(?P<former>,? \(?formerly (?:known as )?Twitter)|"
    r"(?=[,.;:!?)”\"]|$| (?:that|after|and|or|on|in|by|saying|what|to|as)\b))"
)
_POSTED_ON: Final = lazy_pattern(
    r"\b(?:posts?|posted|posting|wrote|writes|said|says|shared?|shares|sharing|announced|statements?|videos?|messages?|"
    r"accounts?|threads?|tweeted|tweets?|confirmed|published|released|uploaded|platform|network|media)\b"
    r"[^.!?\n]{0,80}? (?:on|to|via|site|platform|network) $"
)
_POSTED_ON_LENGTH: Final = 100
"""Code points before "X" in which `_POSTED_ON` is looked for."""

_PARTICLES: Final = r"(?:(?:al|el|van|von|der|den|de|la|bin|ibn|di|da|du|le|del) )*(?:al-|el-|Al-|El-)?"
_NAME_PART: Final = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z]"
_SURNAME_IN_CAPITALS: Final = r"[A-Z][A-Z'’]{2,24}(?:-[A-Z]{2,24}){0,2}"
_AFTER_TITLE: Final = lazy_pattern(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lady|Lord|Señor|Señora)\.? "
    rf"(?P<name>{_PARTICLES}{_NAME_PART}(?: {_PARTICLES}{_NAME_PART}){{0,3}})"
    rf"|(?:Mr|Mrs|Ms|Dr)\.? (?P<in_capitals>{_SURNAME_IN_CAPITALS})"
    r"|(?:Captain|Colonel|Sergeant|Lieutenant|(?:Capt|Col|Sgt|Lt)\.?|Professor|Judge|Senator|Ambassador|Inspector"
    r"|Prosecutor|Superintendent|Congressman|Congresswoman|Rabbi) "
    rf"(?P<surname>{_PARTICLES}{_NAME_PART})(?! [A-Z]))(?!\w)"
)
"""A name after a title. After a rank or an office it is one word: "Captain Karasu"."""
SHIP_NOUN: Final = (
    r"(?:(?:cargo|container|merchant|fishing|research|supply|passenger|cruise|naval|patrol|motor|sister|hospital)[ -]?"
    r"(?:ship|vessel|boat)|(?:bulk|ore|gas|LNG|LPG|crude|car|livestock) carrier|(?:oil|gas|chemical|product|LNG) tanker"
    r"|tanker|freighter|trawler|(?:super|mega)?-?yacht|frigate|destroyer|corvette|warship|battleship|minesweeper"
    r"|icebreaker|submarine|steamship|steamer|schooner|ferry|aircraft carrier|motor vessel|vessel)"
)
"""A pattern of the words for a ship that precede its name: "the tanker Marlow"."""
_SHIP: Final = lazy_pattern(
    rf"(?<![\w-])(?:{SHIP_NOUN}|M/?V|M/T|M/Y|F/V|R/V)(?: (?:M/?V|M/T))?"
    r"(?:(?<=sister ship), the| (?:is|was) the| (?:called|named|renamed)(?: the)?)? [\"']?"
    r"(?P<name>[A-Z][\w-]+(?:'(?!s\b)\w+)?(?: (?:[A-Z][\w-]*(?:'(?!s\b)\w+)?|\d{1,3}(?!\w))){0,3})"
)
_UNIT: Final = lazy_pattern(
    r"(?<![\w.-])(?:\d{1,3}(?:st|nd|rd|th)|[IVX]{1,5}(?= (?:[A-Z][\w-]+ )?Corps))(?: [A-Z][\w-]+){0,3}? "
    r"(?:Brigade|Division|Battalion|Regiment|Corps|Army|Fleet|Squadron|Wing)(?!\w)"
)
_HOTEL: Final = lazy_pattern(
    r"\b(?:at|in|inside|near|outside|from|of) the (?P<name>H[oô]tel(?: [A-Z][\w-]+){1,3})(?![\w’'])"
)
MONTHS_AND_WEEKDAYS: Final = words(
    """January February March April June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep
    Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""
)
_SHIP_NUMBER: Final = lazy_pattern(r"(?:,? (?:[Nn]o\.?|[Nn]umbers?))?:? \d{7}(?!\d)")


def find_network_x(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` where "X" is the social network.

    It is after words about posting, or before "formerly Twitter".
    """
    for match in _X.finditer(text, start, end):
        offset = match.start()
        if match["former"] or _POSTED_ON.search(text, max(start, offset - _POSTED_ON_LENGTH), offset):
            yield offset, offset + 1


def find_titled_persons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of names after "Mr", "Dr", "Captain" and the like, without the title."""
    for match in _AFTER_TITLE.finditer(text, start, end):
        group = match.lastgroup or "name"
        if group != "surname" or not _may_be_word(match[group]):
            yield match.span(group)


def _may_be_word(name: str) -> bool:
    """Return whether a capitalized word after a rank may be no surname: "Judge Advocate", "Colonel Monday"."""
    lower = name.lower()
    return (
        lower in small_words()
        or lower in heads()
        or lower in titles()
        or name in gazetteer()
        or name in MONTHS_AND_WEEKDAYS
    )


def is_in_ship_number(text: str, start: int, end: int) -> bool:
    """Return whether `start:end` is the "IMO" of a ship's number: "IMO 9243617"."""
    return text[start:end] == "IMO" and _SHIP_NUMBER.match(text, end) is not None


def find_ships(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of the names of ships after words such as "the tanker" and "MV"."""
    for match in _SHIP.finditer(text, start, end):
        first = match["name"].split(" ", 1)[0]
        entry = gazetteer().get(first)
        if (entry is None or entry.label == "PERSON") and first not in MONTHS_AND_WEEKDAYS:  # "the tanker Iran seized"
            yield match.span("name")


def find_military_units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of numbered military units: "4th Mountain Brigade", "X Corps"."""
    for match in _UNIT.finditer(text, start, end):
        yield match.span()


def find_hotels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of hotels whose name begins with that word: "at the Hotel Bellevue"."""
    for match in _HOTEL.finditer(text, start, end):
        yield match.span("name")
