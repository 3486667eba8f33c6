"""Bodies of which each country has one: "Supreme Court", "Ministry of Health", "National Police of Velmoria"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.collection.identity.names.crossing import CrossingName, NameKind, crossing_name, is_generic
from reader.names import tables
from reader.names.acronyms import is_acronym
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_NATIONAL_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "ministry national constitutional central parliament cabinet supreme federal senate congress treasury electoral"
        " environmental guard navy army customs immigration statistics party democrats republicans liberals greens"
        " socialists progressives",
    )
)
"""Words in the names of bodies of which a country has one."""
_LISTED_KINDS: Final = frozenset({"ministry", "party"})
"""Kinds of bodies of many countries, even if the tables list only one country's: "Ministry of Defence"."""
_LISTED_IN_MANY: Final = frozenset({("environmental", "protection", "agency"), ("national", "security", "council")})
"""Other such bodies."""
_OF_COUNTRY: Final = lazy_pattern(r"(?:the\s+)?(.+)\s+of\s+((?:the\s+)?\S+(?:\s\S+){0,2})", re.IGNORECASE)
_COUNTRY_FIRST: Final = lazy_pattern(r"(?:the\s+)?(\S+?)(?:['’]s)?\s+(.+)", re.IGNORECASE)


class HomeName(NamedTuple):
    """The name of a national body without its country."""

    name: CrossingName
    country: str
    """The name of the country."""


def is_national_name(name: CrossingName) -> bool:
    """Return whether each country has one body of this name, which does not say the country.

    Some of these names are listed for the body of one country: "Supreme Court".
    """
    if name.kind is NameKind.GENERIC:
        return not _NATIONAL_WORDS.isdisjoint(name.tokens)
    return name.kind is NameKind.LISTED and name.label == "ORG" and _is_listed_in_part(name)


def home_name(name: CrossingName) -> HomeName | None:
    """Return the name of a national body without its country, or None if it is no such name."""
    if name.label != "ORG" or len(name.tokens) < 3 or name.kind not in {NameKind.PROPER, NameKind.LISTED}:
        return None
    return _home_name(name.text)


@lru_cache(maxsize=1 << 14)
def _home_name(text: str) -> HomeName | None:
    match = _OF_COUNTRY.fullmatch(text)
    body, country_name = match.groups() if match is not None else ("", "")
    country = tables.country_of(country_name.removeprefix("the ")) if country_name else None
    if country is None:
        match = _COUNTRY_FIRST.fullmatch(text)
        if match is None:
            return None
        country_name, body = match.groups()
        country = tables.country_of(country_name) or tables.country_of_demonym(country_name)
    if country is None:
        return None
    name = crossing_name(body, "ORG")
    return HomeName(name, country.name) if name is not None and is_national_name(name) else None


@lru_cache(maxsize=1 << 10)
def _is_listed_in_part(name: CrossingName) -> bool:
    """Return whether a listed name is one that bodies of other countries have, too."""
    if is_acronym(name.text) or not is_generic(name.tokens):
        return False
    if not _LISTED_KINDS.isdisjoint(name.tokens) or name.tokens in _LISTED_IN_MANY:
        return True
    return listed_country(name) != ""


@lru_cache(maxsize=1 << 10)
def listed_country(name: CrossingName) -> str:
    """Return the country in the full name of a listed body, "" if it has none: "United States" for "Supreme Court"."""
    full_name = name.key.partition(" ")[2]
    of_country = _OF_COUNTRY.fullmatch(full_name)
    words = (of_country[2].removeprefix("the "),) if of_country is not None else ()
    for word in (*words, full_name.partition(" ")[0]):
        country = tables.country_of(word)
        if country is not None:
            return country.name
    return ""
