"""Which full names of persons are common: chance alone may give one several bearers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Final, TypeVar

from reader.collection.identity.names.crossing import CrossingName, NameKind
from reader.names import tables
from reader.structures.named_tuple import NamedTuple

_EXPECTED_NAMESAKES: Final = 0.08
"""A person's name is common if chance alone would give it this many other bearers in the collection."""
_SHORTEST: Final = 2
"""Words of the names that may be common. Longer names only count as bearers of their given name and surname."""


Key = TypeVar("Key", bound=Hashable)


class PersonalName(NamedTuple):
    """The parts of a person's full name that say how common it is."""

    given_name: str
    surname: str
    words: int


def personal_name(name: CrossingName) -> PersonalName | None:
    """Return the parts of a person's full name, or None for any other name."""
    if name.kind is not NameKind.FULL or len(name.tokens) < _SHORTEST:
        return None
    return PersonalName(name.tokens[0], name.tokens[-1], len(name.tokens))


def common_names(names: Iterable[tuple[Key, PersonalName]]) -> set[Key]:
    """Return the keys of the names that are common among those of a collection.

    A name is common if the tables list both its given name and its surname as common, or if both are so frequent in
    the collection that chance would combine them again: with a given name that has g surnames, and a surname that has s
    given names, among n people, (g - 1)(s - 1) / n other bearers are expected.

    Args:
        names: The key of each different name, and its parts.
    """
    names = list(names)
    surnames: defaultdict[str, set[str]] = defaultdict(set)
    given_names: defaultdict[str, set[str]] = defaultdict(set)
    for _, (given_name, surname, _) in names:
        surnames[given_name].add(surname)
        given_names[surname].add(given_name)
    limit = int(_EXPECTED_NAMESAKES * len(names))
    return {
        key
        for key, (given_name, surname, words) in names
        if words == _SHORTEST
        and (
            (len(surnames[given_name]) - 1) * (len(given_names[surname]) - 1) > limit
            or lists_as_common(given_name, surname)
        )
    }


def lists_as_common(given_name: str, surname: str) -> bool:
    """Return whether the tables list a given name and a surname, folded, as common."""
    if surname in tables.surnames() and (
        given_name in tables.given_names() or given_name in tables.frequent_given_names()
    ):
        return True
    return given_name in tables.family_first() and given_name in tables.surnames()
