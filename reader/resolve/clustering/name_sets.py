"""Sets of names that join one piece of evidence at a time, unless something keeps them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.resolve.evidence.base import Evidence
from reader.resolve.resolution import Name
from reader.structures.union_find import UnionFind


class NameSets:
    """Disjoint sets of names, with hard and soft vetoes between them.

    The smallest name of a set represents it, so results do not depend on the order in which sets join.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self.used: list[Evidence] = []
        """The evidence that joined two sets, in order."""
        self._members = {name: [name] for name in self.names}
        self._hard = UnionFind[Name]()
        self._soft = UnionFind[Name]()

    def __contains__(self, name: Name) -> bool:
        return name in self._members

    def root(self, name: Name) -> Name:
        """Return the name that represents the set of a name."""
        return self._hard.root(name)

    def members(self, name: Name) -> Sequence[Name]:
        """Return the names in the set of a name."""
        return self._members[self.root(name)]

    def joins(self, evidence: Evidence) -> bool:
        """Return whether the two names of a piece of evidence are in one set."""
        return self._hard.joined(evidence.a, evidence.b)

    def keep_apart(self, a: Name, b: Name, *, hard: bool) -> None:
        """Veto joining the sets of two names. What the text itself defines outweighs a soft veto."""
        (self._hard if hard else self._soft).keep_apart(a, b)

    def apart(self, a: Name, b: Name, *, soft: bool) -> bool:
        """Return whether a hard veto, or also a soft one, keeps the sets of two names apart."""
        return self._hard.apart(a, b) or (soft and self._soft.apart(a, b))

    def join(self, evidence: Evidence) -> None:
        """Join the sets of the two names of a piece of evidence."""
        first, second = sorted((self.root(evidence.a), self.root(evidence.b)))
        if self._hard.join(first, second):
            self._soft.join(first, second)
            self._members[first] += self._members[second]
            self.used.append(evidence)
