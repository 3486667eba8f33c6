"""The tables of words and spellings that are not about particular names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from reader.names.normal import fold
from reader.names.tables.table_files import lines, rows


@cache
def legal_forms() -> tuple[str, ...]:
    """Return the legal forms of companies ("Inc."), longest first."""
    return tuple(sorted(set(lines("legal_forms.txt")), key=lambda form: (-len(form), form)))


def without_legal_form(name: str) -> str:
    """Return the name of a company without its legal forms: "Marlow Steel" for "Marlow Steel Co., Ltd."."""
    for form in legal_forms():
        if name.endswith(" " + form):
            name = name[: -len(form)].rstrip(" ,&")
    return name


def words_before_and(name: str) -> str:
    """Return the words before "&" or "and" in the name of a company with a legal form, if there are several.

    Texts shorten "Marlow Bulk & Trading AS" to "Marlow Bulk". Of a name without a legal form, return "".
    """
    base = without_legal_form(name)
    beginning = base.replace(" & ", " and ").partition(" and ")[0]
    return beginning if beginning != base != name and " " in beginning else ""


@cache
def descriptors() -> frozenset[str]:
    """Return the words after a name that describe it but do not distinguish it ("group"), in lower case."""
    return frozenset(line.casefold() for line in lines("descriptors.txt"))


@cache
def place_words() -> frozenset[str]:
    """Return the words for types of places, buildings, events and works ("Peninsula"), in lower case."""
    return frozenset(line.casefold() for line in lines("place_words.txt"))


@cache
def heads() -> frozenset[str]:
    """Return the words that mark a name as an organization ("Agency"), in lower case."""
    return frozenset(line.casefold() for line in lines("heads.txt"))


@cache
def sides() -> frozenset[str]:
    """Return the words that distinguish two names if only one contains them ("North"), in lower case."""
    return frozenset(line.casefold() for line in lines("sides.txt"))


@cache
def kinship() -> frozenset[str]:
    """Return the words for relatives, in lower case."""
    return frozenset(line.casefold() for line in lines("kinship.txt"))


@cache
def given_name_titles() -> frozenset[str]:
    """Return the titles that are given names as well ("Amir", "Dean"), in lower case."""
    return frozenset(line.casefold() for line in lines("given_name_titles.txt"))


@cache
def family_first() -> frozenset[str]:
    """Return the family names that precede the given names in their own language ("Yang"), folded."""
    return frozenset(map(fold, lines("family_first.txt")))


@cache
def frequent_given_names() -> frozenset[str]:
    """Return given names that, with a common surname, several people have, beside `given_names` ("Piotr"), folded."""
    return frozenset(map(fold, lines("frequent_given_names.txt")))


@cache
def two_surname_given_names() -> frozenset[str]:
    """Return the given names of people who often have two surnames ("Gabriel"), folded."""
    return frozenset(map(fold, lines("two_surname_given_names.txt")))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that acronyms skip ("of")."""
    return frozenset(lines("stop_words.txt"))


@cache
def common_words() -> frozenset[str]:
    """Return the names that are also common words, spelled as names: IS, US, WHO, May, Turkey."""
    return frozenset(lines("common_words.txt"))


@cache
def confusables() -> tuple[tuple[str, str], ...]:
    """Return spellings that transliteration confuses, each with the letter for its sound."""
    return tuple((spelling, sound) for spelling, sound in rows("confusables.psv", 2))


@cache
def spellings() -> Mapping[str, str]:
    """Return the form in which words and abbreviations are compared ("organisation", "st.")."""
    return MappingProxyType(dict(rows("spellings.psv", 2)))
