"""The knowledge tables: plain files that anyone can read and extend, loaded when first asked for.

How a line of a table is made up stands at the head of its file in `data/`; `reader.names.table_files` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from reader.names.normal import fold, normal
from reader.names.table_files import items, rows, strong, weak
from reader.names.table_files import stamp as stamp
from reader.names.word_lists import common_words as common_words
from reader.names.word_lists import descriptors as descriptors
from reader.names.word_lists import heads as heads
from reader.names.word_lists import kinship as kinship
from reader.names.word_lists import legal_forms as legal_forms
from reader.names.word_lists import place_words as place_words
from reader.names.word_lists import sides as sides
from reader.names.word_lists import stop_words as stop_words


class Country(NamedTuple):
    """A country, or a region that has demonyms of its own."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    weak: tuple[str, ...] = ()
    """Other names that fit more than this country ("Korea"): good for a suggestion only."""


class Organization(NamedTuple):
    """A known name that is no country: an organization, event, law, place or group."""

    label: str
    name: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()


class Title(NamedTuple):
    """What stands before a person's name."""

    text: str
    kind: str
    """"honorific", "rank" or "office"."""
    gender: str
    """"f", "m" or "" where the title does not say."""


@cache
def countries() -> tuple[Country, ...]:
    """Return the countries, in the order of the table."""
    found: dict[str, Country] = {}
    for name, others, demonyms, capital in rows("countries.psv", 4):
        more = Country(name, strong(others), items(demonyms), items(capital), weak(others))
        known = found.get(name)
        found[name] = Country(name, *map(_both, known[1:], more[1:])) if known else more
    return tuple(found.values())


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


@cache
def organizations() -> tuple[Organization, ...]:
    """Return the known organizations, events and laws."""
    return _labelled("organizations.psv")


@cache
def places() -> tuple[Organization, ...]:
    """Return the known places that are no countries: regions, seas, mountains (LOC), cities and states (GPE)."""
    return _labelled("places.psv")


@cache
def groups() -> tuple[Organization, ...]:
    """Return the known religions, peoples and convictions (NORP) and languages (LANGUAGE)."""
    return _labelled("groups.psv")


def _labelled(name: str) -> tuple[Organization, ...]:
    found: dict[tuple[str, str], Organization] = {}
    for label, canonical, others in rows(name, 3):
        more = Organization(label, canonical, strong(others), weak(others))
        known = found.get((label, canonical))
        found[label, canonical] = Organization(label, canonical, *map(_both, known[2:], more[2:])) if known else more
    return tuple(found.values())


def key_of(name: str) -> str:
    """Return what a name is looked up by: exact for short names in capitals ("WHO"), without case for all others."""
    bare = normal(name)
    return bare if len(bare) <= 6 and bare.upper() == bare else fold(bare)


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
    """Return the country that has this name, abbreviation or short form ("U.S.", "Britain")."""
    return _country_index().get(key_of(surface))


def countries_of_demonym(surface: str) -> tuple[Country, ...]:
    """Return every country that this demonym may mean: two for "Congolese"."""
    return _demonym_index().get(key_of(surface), ())


def country_of_demonym(surface: str) -> Country | None:
    """Return the country that this demonym means ("Iraqi"), None where it means none or more than one."""
    found = countries_of_demonym(surface)
    return found[0] if len(found) == 1 else None


def organizations_of(surface: str) -> tuple[Organization, ...]:
    """Return every known organization, place or group that has this name."""
    return _organization_index().get(key_of(surface), ())


def organization_of(surface: str) -> Organization | None:
    """Return the known organization, place or group of this name, None where there is none or more than one."""
    found = organizations_of(surface)
    return found[0] if len(found) == 1 else None


def weakly_known(surface: str) -> tuple[str, ...]:
    """Return the canonical names that this name may stand for, but does not always ("Korea" → "South Korea")."""
    return _weak_index().get(key_of(surface), ())


@cache
def known_names() -> Mapping[str, tuple[str, str]]:
    """Return every known surface form → its label and the canonical name; where a form fits several, the first.

    What stands here is exact: case counts. Names that are also words are among them; see `common_words`.
    """
    known: dict[str, tuple[str, str]] = {}

    def add(names: Iterable[str], label: str, canonical: str) -> None:
        for name in names:
            known.setdefault(name, (label, canonical))

    for country in countries():
        add((country.name, *country.aliases, *country.weak), "GPE", country.name)
    for country in countries():
        add(country.demonyms, "NORP", country.demonyms[0] if country.demonyms else "")
    for country in countries():
        add(country.capital, "GPE", country.capital[0] if country.capital else "")
    for entry in (*organizations(), *places(), *groups()):
        add((entry.name, *entry.aliases), entry.label, entry.name)
    return MappingProxyType(known)


@cache
def parents() -> Mapping[str, tuple[str, ...]]:
    """Return the canonical names of bodies → those of the bodies to which they belong."""
    found: dict[str, tuple[str, ...]] = {}
    for body, parent in rows("parents.psv", 2):
        found[body] = (*found.get(body, ()), *items(parent))
    return MappingProxyType(found)


@cache
def titles() -> Mapping[str, Title]:
    """Return the titles, by their form in lower case and without a final dot ("lt. gen")."""
    found: dict[str, Title] = {}
    for kind, text, gender, others in rows("titles.psv", 4):
        for form in (text, *items(others)):
            found.setdefault(form.casefold().rstrip("."), Title(form, kind, gender))
    return MappingProxyType(found)


@cache
def particles() -> Mapping[str, str]:
    """Return the name particles → "surname" or "patronym", what they make with the token after them."""
    return MappingProxyType({row[0]: row[1] for row in rows("particles.psv", 2)})


@cache
def capital_particles() -> Mapping[str, str]:
    """Return the particles that bind also when written with a capital → "anywhere" or "inside" a name."""
    return MappingProxyType({row[0]: row[2] for row in rows("particles.psv", 3) if row[2]})


@cache
def suffixes() -> Mapping[str, tuple[str, str]]:
    """Return the suffixes of persons → what they are the same as, and "generation" or "degree"."""
    return MappingProxyType({text: (same, kind) for text, same, kind in rows("suffixes.psv", 3)})


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return given names and nicknames, folded → the given names that they may stand for."""
    found: dict[str, set[str]] = {}
    for given, others in rows("nicknames.psv", 2):
        for form in (given, *items(others)):
            found.setdefault(fold(form), set()).add(fold(given))
    return MappingProxyType({form: frozenset(givens) for form, givens in found.items()})


@cache
def given_names() -> Mapping[str, str]:
    """Return common given names, folded → "m", "f" or "b" for both."""
    found: dict[str, str] = {}
    for gender, cell in rows("given_names.psv", 2):
        for name in items(cell):
            key = fold(name)
            found[key] = gender if found.get(key, gender) == gender else "b"
    return MappingProxyType(found)


@cache
def confusables() -> tuple[tuple[str, str], ...]:
    """Return pairs of spellings that stand for one sound."""
    return tuple((left, right) for left, right in rows("confusables.psv", 2))


@cache
def spellings() -> Mapping[str, str]:
    """Return words and abbreviations → the one form in which names are compared ("organisation", "st.")."""
    return MappingProxyType({row[0]: row[1] for row in rows("spellings.psv", 2)})
