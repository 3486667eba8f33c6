"""The tables of countries, organizations, places and groups, and look-ups by any of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from reader.names.normal import fold, normal
from reader.names.tables.table_files import items, rows, strong, weak
from reader.names.tables.word_lists import spellings, stop_words
from reader.structures.named_tuple import NamedTuple


class Country(NamedTuple):
    """A country, or a region that has demonyms of its own."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    weak: tuple[str, ...] = ()
    """Other names that also fit another country ("Korea"): good enough for a suggestion only."""


class Organization(NamedTuple):
    """A known entity other than a country: an organization, event, law, place or group."""

    label: str
    name: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()


@cache
def countries() -> tuple[Country, ...]:
    """Return the countries, in the order of the table. Lines with the same name are joined."""
    by_name: dict[str, Country] = {}
    for name, other_names, demonyms, capital in rows("countries.psv", 4):
        country = Country(name, strong(other_names), items(demonyms), items(capital), weak(other_names))
        earlier = by_name.get(name)
        by_name[name] = Country(name, *map(_union, earlier[1:], country[1:])) if earlier else country
    return tuple(by_name.values())


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


@cache
def organizations() -> tuple[Organization, ...]:
    """Return the known organizations, events and laws."""
    return _labeled("organizations.psv")


@cache
def places() -> tuple[Organization, ...]:
    """Return the known places other than countries: regions, seas, mountains (LOC), cities and states (GPE)."""
    return _labeled("places.psv")


@cache
def groups() -> tuple[Organization, ...]:
    """Return the known religions, peoples and political convictions (NORP) and languages (LANGUAGE)."""
    return _labeled("groups.psv")


def _labeled(name: str) -> tuple[Organization, ...]:
    """Return the entries of a table with labels. Lines with the same label and name are joined."""
    by_name: dict[tuple[str, str], Organization] = {}
    for label, canonical, other_names in rows(name, 3):
        entry = Organization(label, canonical, strong(other_names), weak(other_names))
        earlier = by_name.get((label, canonical))
        by_name[label, canonical] = (
            Organization(label, canonical, *map(_union, earlier[2:], entry[2:])) if earlier else entry
        )
    return tuple(by_name.values())


_FEWEST_CONTENT_WORDS: Final = 3
"""Names with fewer content words need their prepositions to be known: "Bank of Tarn" is not the Tarn Bank."""


def key_of(name: str) -> str:
    """Return the key by which a name is looked up: exact for short names in capitals ("WHO"), else folded.

    The last period of initials may also end a sentence, so it does not count: "U.N."
    """
    bare = normal(name)
    return (bare.rstrip(".") or bare) if len(bare) <= 6 and bare.upper() == bare else fold(bare)


@cache
def _country_index() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for country in countries():
        for name in (country.name, *country.aliases):
            index.setdefault(key_of(name), country)
    return index


@cache
def _demonym_index() -> dict[str, tuple[Country, ...]]:
    index: dict[str, tuple[Country, ...]] = {}
    for country in countries():
        for name in country.demonyms:
            index[key_of(name)] = (*index.get(key_of(name), ()), country)
    return index


@cache
def _organization_index() -> dict[str, tuple[Organization, ...]]:
    index: dict[str, tuple[Organization, ...]] = {}
    for entry in (*organizations(), *places(), *groups()):
        for key in dict.fromkeys(key_of(name) for name in (entry.name, *entry.aliases)):
            index[key] = (*index.get(key, ()), entry)
    return index


@cache
def _weak_index() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for country in countries():
        for name in country.weak:
            index[key_of(name)] = (*index.get(key_of(name), ()), country.name)
    for entry in (*organizations(), *places(), *groups()):
        for name in entry.weak:
            index[key_of(name)] = (*index.get(key_of(name), ()), entry.name)
    return index


def country_of(surface: str) -> Country | None:
    """Return the country with this name, abbreviation or short form ("U.S.", "Britain")."""
    return _country_index().get(key_of(surface))


def countries_of_demonym(surface: str) -> tuple[Country, ...]:
    """Return every country that a demonym may refer to: two for "Congolese"."""
    return _demonym_index().get(key_of(surface), ())


def country_of_demonym(surface: str) -> Country | None:
    """Return the only country that a demonym refers to ("Iraqi"), or None if there are none or several."""
    candidates = countries_of_demonym(surface)
    return candidates[0] if len(candidates) == 1 else None


@cache
def _capital_index() -> dict[str, Country]:
    return {fold(capital): country for country in reversed(countries()) for capital in country.capital}


def country_of_capital(surface: str) -> Country | None:
    """Return the country with this capital. Of several, it is the one that is listed first: none of the past."""
    return _capital_index().get(fold(surface))


@cache
def country_parts() -> Mapping[str, frozenset[str]]:
    """Return the countries and regions that lie in a country or a state of the past, by its name."""
    parts: dict[str, frozenset[str]] = {}
    for country, names in rows("country_parts.psv", 2):
        parts[country] = parts.get(country, frozenset()).union(items(names))
    return MappingProxyType(parts)


@cache
def states() -> Mapping[str, str]:
    """Return the countries of states and provinces, by the name of the state."""
    return MappingProxyType({state: country for country, names in rows("states.psv", 2) for state in items(names)})


def are_other_countries(first: frozenset[str], second: frozenset[str]) -> bool:
    """Return whether no country of one set is, or lies in, one of the other: England lies in the United Kingdom.

    Args:
        first: The names of countries as the table has them.
        second: Others.
    """
    if not first.isdisjoint(second):
        return False
    parts = country_parts()
    return not any(
        not parts[country].isdisjoint(smaller)
        for larger, smaller in ((first, second), (second, first))
        for country in larger & parts.keys()
    )


def organizations_of(surface: str) -> tuple[Organization, ...]:
    """Return every known organization, place or group with this name."""
    return _organization_index().get(key_of(surface), ())


def organization_of(surface: str) -> Organization | None:
    """Return the only known organization, place or group with this name, or None if there are none or several."""
    candidates = organizations_of(surface)
    return candidates[0] if len(candidates) == 1 else None


def organization_by_words(surface: str) -> Organization | None:
    """Return the only known organization with the same content words, if there are at least three of them.

    "Union of Harbors and Tarn" has those of "Union of Harbors and the Tarn".
    """
    words = _content_words(surface)
    candidates = _words_index().get(words, ()) if len(words) >= _FEWEST_CONTENT_WORDS else ()
    return candidates[0] if len(candidates) == 1 else None


def _content_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without stop words, in the spelling in which names are compared."""
    words = (spellings().get(word, word) for word in fold(name).replace("-", "").split())
    return tuple(word for word in words if word not in stop_words())


@cache
def _words_index() -> dict[tuple[str, ...], tuple[Organization, ...]]:
    index: dict[tuple[str, ...], tuple[Organization, ...]] = {}
    for entry in (*organizations(), *groups()):
        for words in dict.fromkeys(map(_content_words, (entry.name, *entry.aliases))):
            if len(words) >= _FEWEST_CONTENT_WORDS:
                index[words] = (*index.get(words, ()), entry)
    return index


def weakly_known(surface: str) -> tuple[str, ...]:
    """Return the canonical names of the entries that have this name as a weak one ("Korea" → "South Korea")."""
    return _weak_index().get(key_of(surface), ())


@cache
def known_names() -> Mapping[str, tuple[str, str]]:
    """Return the label and the canonical name of every known surface form; the first one if a form fits several.

    The forms are exact: case counts. They include names that are also words; see `common_words`.
    """
    labels_and_names: dict[str, tuple[str, str]] = {}

    def add(names: Iterable[str], label: str, canonical: str) -> None:
        for name in names:
            labels_and_names.setdefault(name, (label, canonical))

    for country in countries():
        add((country.name, *country.aliases, *country.weak), "GPE", country.name)
    for country in countries():
        add(country.demonyms, "NORP", country.demonyms[0] if country.demonyms else "")
    for country in countries():
        add(country.capital, "GPE", country.capital[0] if country.capital else "")
    for entry in (*organizations(), *places(), *groups()):
        add((entry.name, *entry.aliases), entry.label, entry.name)
    return MappingProxyType(labels_and_names)


@cache
def parents() -> Mapping[str, tuple[str, ...]]:
    """Return the canonical names of the organizations that an organization is part of, by its canonical name."""
    parents_by_body: dict[str, tuple[str, ...]] = {}
    for body, parent in rows("parents.psv", 2):
        parents_by_body[body] = (*parents_by_body.get(body, ()), *items(parent))
    return MappingProxyType(parents_by_body)
