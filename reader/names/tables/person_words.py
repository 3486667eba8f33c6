"""The tables of words in persons' names: titles, particles, given names and surnames, and of occupations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from reader.names.normal import fold
from reader.names.tables.table_files import items, rows
from reader.structures.named_tuple import NamedTuple


class Title(NamedTuple):
    """A title that precedes a person's name."""

    text: str
    kind: str
    """"honorific", "rank" or "office"."""
    gender: str
    """"f", "m", or "" if the title fits both."""


@cache
def titles() -> Mapping[str, Title]:
    """Return the titles, by their form in lower case without a final period ("lt. gen")."""
    by_form: dict[str, Title] = {}
    for kind, text, gender, other_forms in rows("titles.psv", 4):
        for form in (text, *items(other_forms)):
            by_form.setdefault(form.casefold().rstrip("."), Title(form, kind, gender))
    return MappingProxyType(by_form)


@cache
def abbreviated_titles() -> frozenset[str]:
    """Return the titles that end in a period ("mr.", "lt. gen."), in lower case."""
    forms = (form for _, title, _, spellings in rows("titles.psv", 4) for form in (title, *items(spellings)))
    return frozenset(form.casefold() for form in forms if form.endswith("."))


@cache
def particles() -> Mapping[str, str]:
    """Return what each particle and the token after it form: "surname" or "patronym"."""
    return MappingProxyType(dict(rows("particles.psv", 2)))


@cache
def capital_particles() -> Mapping[str, str]:
    """Return, for the particles that may have a capital, where in a name: "anywhere", or only "inside"."""
    return MappingProxyType({particle: position for particle, _, position in rows("particles.psv", 3) if position})


@cache
def suffixes() -> Mapping[str, tuple[str, str]]:
    """Return the standard form of each suffix of persons, and its kind: "generation" or "degree"."""
    return MappingProxyType({text: (standard, kind) for text, standard, kind in rows("suffixes.psv", 3)})


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return the given names that each given name or nickname may stand for, all folded."""
    given_by_form: dict[str, set[str]] = {}
    for given_name, pet_forms in rows("nicknames.psv", 2):
        for form in (given_name, *items(pet_forms)):
            given_by_form.setdefault(fold(form), set()).add(fold(given_name))
    return MappingProxyType({form: frozenset(names) for form, names in given_by_form.items()})


@cache
def given_names() -> Mapping[str, str]:
    """Return the gender of common given names, folded: "m", "f", or "b" for both."""
    genders: dict[str, str] = {}
    for gender, cell in rows("given_names.psv", 2):
        for name in items(cell):
            key = fold(name)
            genders[key] = gender if genders.get(key, gender) == gender else "b"
    return MappingProxyType(genders)


@cache
def name_variants() -> Mapping[str, str]:
    """Return one form for each given name that several languages or transliterations write differently, all folded."""
    form_by_variant: dict[str, str] = {}
    for given_name, variants in rows("name_variants.psv", 2):
        for variant in (given_name, *items(variants)):
            form_by_variant.setdefault(fold(variant), fold(given_name))
    return MappingProxyType(form_by_variant)


@cache
def surnames() -> Mapping[str, str]:
    """Return how frequent common surnames are, folded: "often" or "sometimes"."""
    frequencies: dict[str, str] = {}
    for frequency, cell in rows("surnames.psv", 2):
        for name in items(cell):
            frequencies.setdefault(fold(name), frequency)
    return MappingProxyType(frequencies)


@cache
def occupations() -> Mapping[str, frozenset[str]]:
    """Return the fields of each word for what a person does, in lower case: "footballer" is in "sport"."""
    fields_by_word: dict[str, set[str]] = {}
    for field, cell in rows("occupations.psv", 2):
        for word in items(cell):
            fields_by_word.setdefault(word.casefold(), set()).add(field)
    return MappingProxyType({word: frozenset(fields) for word, fields in fields_by_word.items()})
