"""The tables that are lists of words."""

from __future__ import annotations

from functools import cache

from reader.names.table_files import lines


@cache
def legal_forms() -> tuple[str, ...]:
    """Return the forms of companies, longest first."""
    return tuple(sorted(set(lines("legal_forms.txt")), key=lambda form: (-len(form), form)))


@cache
def descriptors() -> frozenset[str]:
    """Return the words after a name that say what it is without telling it apart, in lower case."""
    return frozenset(line.casefold() for line in lines("descriptors.txt"))


@cache
def place_words() -> frozenset[str]:
    """Return the words that say what kind of place, building, event or work a name is, in lower case."""
    return frozenset(line.casefold() for line in lines("place_words.txt"))


@cache
def heads() -> frozenset[str]:
    """Return the words that make a name the name of an organization, in lower case."""
    return frozenset(line.casefold() for line in lines("heads.txt"))


@cache
def sides() -> frozenset[str]:
    """Return the words that tell two names apart when they stand in only one of them, in lower case."""
    return frozenset(line.casefold() for line in lines("sides.txt"))


@cache
def kinship() -> frozenset[str]:
    """Return the words for relatives, in lower case."""
    return frozenset(line.casefold() for line in lines("kinship.txt"))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that initials skip."""
    return frozenset(lines("stop_words.txt"))


@cache
def common_words() -> frozenset[str]:
    """Return names that are also words, as they are written as names: IS, US, WHO, May, Turkey."""
    return frozenset(lines("common_words.txt"))
