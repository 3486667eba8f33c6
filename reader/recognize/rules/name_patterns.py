"""Find names that their form and context give away, without any recognizer: "Dr. Lee", "4th Mountain Brigade"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.names import titles
from reader.names.matcher import words
from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.typesetting.capitals import small_words

_X: Final = re.compile(
    r"(?<![\w.-])X(?:(?P<former>,? \(?formerly (?:known as )?Twitter)|"
    r"(?=[,.;:!?)”\"]|$| (?:that|after|and|or|on|in|by|saying|what|to|as)\b))"
)
_POSTED_ON: Final = re.compile(
    r"\b(?:posts?|posted|posting|wrote|writes|said|says|shared?|shares|sharing|announced|statements?|videos?|messages?|"
    r"accounts?|threads?|tweeted|tweets?|confirmed|published|released|uploaded|platform|network|media)\b"
    r"[^.!?\n]{0,80}? (?:on|to|via|site|platform|network) $"
)
_POSTED_ON_LENGTH: Final = 100
"""Code points before "X" in which `_POSTED_ON` is looked for."""

_PARTICLES: Final = r"(?:(?:al|el|van|von|der|den|de|la|bin|ibn|di|da|du|le|del) )*(?:al-|el-|Al-|El-)?"
_NAME_PART: Final = r"[A-Z](?:[’'][A-Z])?[\w-]*[a-z]"
_AFTER_TITLE: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lady|Lord|Señor|Señora)\.? "
    rf"(?P<name>{_PARTICLES}{_NAME_PART}(?: {_PARTICLES}{_NAME_PART}){{0,3}})(?!\w)"
)
_UNIT: Final = re.compile(
    r"(?<![\w.-])(?:\d{1,3}(?:st|nd|rd|th)|[IVX]{1,5}(?= (?:[A-Z][\w-]+ )?Corps))(?: [A-Z][\w-]+){0,3}? "
    r"(?:Brigade|Division|Battalion|Regiment|Corps|Army|Fleet|Squadron|Wing)(?!\w)"
)
_HOTEL: Final = re.compile(
    r"\b(?:at|in|inside|near|outside|from|of) the (?P<name>H[oô]tel(?: [A-Z][\w-]+){1,3})(?![\w’'])"
)
_ARTICLES: Final = words("A An The")
_COMPANY: Final = re.compile(
    r"(?<![\w.&'-])(?P<name>[A-Z][\w'-]{1,30}(?: (?:& )?[A-Z][\w'-]{1,30}){0,3})"
    r"(?P<legal>,? (?:Co\.?,? (?:Ltd|Inc|LLC)\.?|Inc\.?|Ltd\.?|Corp\.|LLC|LLP)"
    r"| (?:plc|PLC|GmbH|KGaA|PBC|QSC|QPSC|S\.p\.A\.|SpA|N\.V\.|B\.V\.|S\.A\.|Oyj|ASA|A/S)"
    r"| (?:AG|AB|AS|SE|NV|BV|SA)(?! [A-Z][a-z]))(?![\w&-])"
)
"""A name with a legal form. The short ones also abbreviate titles and states: "Texas AG Ken …"."""


def find_companies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of companies, with their legal form: "Marlow Steel Inc."."""
    for match in _COMPANY.finditer(text, start, end):
        name, first = match["name"].split(" "), match.start()
        while (
            name
            and name[1:2] != ["&"]
            and (name[0].lower() in small_words() or name[0].casefold() in titles() or name[0] in _ARTICLES)
        ):
            first += len(name.pop(0)) + 1
        is_place = " ".join(name) in gazetteer() and gazetteer()[" ".join(name)].label in {"GPE", "LOC", "NORP"}
        if name and not (is_place and match["legal"].isupper()):
            yield first, match.end()


def find_network_x(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` where "X" is the social network.

    It is after words about posting, or before "formerly Twitter".
    """
    for match in _X.finditer(text, start, end):
        offset = match.start()
        if match["former"] or _POSTED_ON.search(text, max(start, offset - _POSTED_ON_LENGTH), offset):
            yield offset, offset + 1


def find_titled_persons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of names after "Mr", "Mrs", "Dr" and the like, without the title."""
    for match in _AFTER_TITLE.finditer(text, start, end):
        yield match.span("name")


def find_military_units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of numbered military units: "4th Mountain Brigade", "X Corps"."""
    for match in _UNIT.finditer(text, start, end):
        yield match.span()


def find_hotels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of hotels whose name begins with that word: "at the Hotel Bellevue"."""
    for match in _HOTEL.finditer(text, start, end):
        yield match.span("name")
