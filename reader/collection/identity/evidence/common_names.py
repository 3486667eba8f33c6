"""Which full names of persons are common: chance alone may give one several bearers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from reader.collection.identity.evidence.crossing import CrossingName, NameKind
from reader.names import tables

_EXPECTED_NAMESAKES: Final = 0.08
"""A person's name is common if chance alone would give it this many other bearers in the collection."""


class CommonNames:
    """The common names of a collection, kept up to date as names come and go.

    A name is common if the tables list both its given name and its surname as common, or if both are so frequent in
    the collection that chance would combine them again: with a given name that has g surnames, and a surname that has s
    given names, among n people, (g - 1)(s - 1) / n other bearers are expected. An update looks at the names whose g or
    s has changed, and at those whose product lies between the limits before and after, since n has changed.
    """

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._surnames: defaultdict[str, dict[str, tuple[CrossingName, ...]]] = defaultdict(dict)
        """For each given name, the surnames that people of the collection have with it, and their names."""
        self._given_names: defaultdict[str, set[str]] = defaultdict(set)
        """For each surname, the given names that people of the collection have with it."""
        self._people = 0
        self._limit = 0
        """The largest product of a name that is not common by its frequency."""
        self._products: dict[str, int] = {}
        """The product of each name that is not common by the tables, unless it is 0."""
        self._by_product: defaultdict[int, set[str]] = defaultdict(set)
        self._changed_names: dict[str, CrossingName] = {}
        self._changed_given_names: set[str] = set()
        self._changed_surnames: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, name: CrossingName) -> None:
        """Add a name that no document had before."""
        if not _is_counted(name):
            return
        given_name, surname = name.tokens[0], name.tokens[-1]
        self._people += 1
        surnames = self._surnames[given_name]
        if surname not in surnames:
            self._given_names[surname].add(given_name)
            self._mark(given_name, surname)
        surnames[surname] = (*surnames.get(surname, ()), name)
        self._changed_names[name.key] = name

    def remove(self, name: CrossingName) -> None:
        """Remove a name that no document has any more."""
        if not _is_counted(name):
            return
        given_name, surname = name.tokens[0], name.tokens[-1]
        self._people -= 1
        namesakes = tuple(namesake for namesake in self._surnames[given_name][surname] if namesake.key != name.key)
        if namesakes:
            self._surnames[given_name][surname] = namesakes
        else:
            del self._surnames[given_name][surname]
            self._given_names[surname].discard(given_name)
            self._mark(given_name, surname)
        self._changed_names[name.key] = name

    def _mark(self, given_name: str, surname: str) -> None:
        self._changed_given_names.add(given_name)
        self._changed_surnames.add(surname)

    def update(self) -> set[str]:
        """Find out which names are common. Return the keys of those that have become so, or no longer are."""
        old_limit, self._limit = self._limit, int(_EXPECTED_NAMESAKES * self._people)
        low, high = sorted((old_limit, self._limit))
        affected = {key for product in range(low + 1, high + 1) for key in self._by_product.get(product, ())}
        changed = {key for key in affected if self._count(key, self._products[key])}
        for key, name in self._names_to_update().items():
            before = key in self._keys
            self._update_name(key, name)
            if before != (key in self._keys):
                changed ^= {key}
        self._changed_names.clear()
        self._changed_given_names.clear()
        self._changed_surnames.clear()
        return changed

    def _names_to_update(self) -> dict[str, CrossingName]:
        names = dict(self._changed_names)

        def include(bearers: Iterable[CrossingName]) -> None:
            names.update((name.key, name) for name in bearers)

        for given_name in self._changed_given_names:
            for bearers in self._surnames[given_name].values():
                include(bearers)
        for surname in self._changed_surnames:
            for given_name in self._given_names[surname]:
                include(self._surnames[given_name][surname])
        return names

    def _update_name(self, key: str, name: CrossingName) -> None:
        """Recompute whether a name is common. No document may have it any more."""
        product = self._products.pop(key, 0)
        if product:
            self._by_product[product].discard(key)
            if not self._by_product[product]:
                del self._by_product[product]
        given_name, surname = name.tokens[0], name.tokens[-1]
        is_in_use = any(bearer.key == key for bearer in self._surnames[given_name].get(surname, ()))
        if not is_in_use or len(name.tokens) != 2:
            self._keys.discard(key)
        elif _is_listed(given_name, surname):
            self._keys.add(key)
        else:
            product = (len(self._surnames[given_name]) - 1) * (len(self._given_names[surname]) - 1)
            if product:
                self._products[key] = product
                self._by_product[product].add(key)
            self._count(key, product)

    def _count(self, key: str, product: int) -> bool:
        """Count a name as common or not by its product. Return whether that is new."""
        is_common = product > self._limit
        if is_common == (key in self._keys):
            return False
        if is_common:
            self._keys.add(key)
        else:
            self._keys.discard(key)
        return True


def _is_counted(name: CrossingName) -> bool:
    return name.kind is NameKind.FULL and len(name.tokens) > 1


def _is_listed(given_name: str, surname: str) -> bool:
    """Return whether the tables list both names as common."""
    if surname in tables.surnames() and given_name in tables.given_names():
        return True
    return given_name in tables.family_first() and given_name in tables.surnames()
