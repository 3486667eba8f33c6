"""Components that must-links connect. A component that none connects is a group by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reader.collection.identity.profiles import ProfileMember
from reader.structures.union_find import UnionFind

MustLink = tuple[ProfileMember, ProfileMember]


class ComponentGroups:
    """The groups of components, each led by the one with the lowest number. Never changes."""

    def __init__(self, links: Iterable[tuple[int, int, MustLink]] = ()) -> None:
        """Group components.

        Args:
            links: The components of two entities and the must-link between these, the most recent first.
        """
        sets = UnionFind[int]()
        drawn = list(links)
        for a, b, _ in drawn:
            sets.join(a, b)
        groups: defaultdict[int, set[int]] = defaultdict(set)
        for a, b, _ in drawn:
            groups[sets.root(a)] |= {a, b}
        self._groups = {number: tuple(sorted(group)) for group in groups.values() for number in group}
        self._links: defaultdict[int, list[MustLink]] = defaultdict(list)
        for a, _, link in drawn:
            self._links[self.lead(a)].append(link)

    def members(self, number: int) -> tuple[int, ...]:
        """Return the components of the group of a component."""
        return self._groups.get(number, (number,))

    def lead(self, number: int) -> int:
        """Return the component that leads the group of a component."""
        return self.members(number)[0]

    def links(self, lead: int) -> Sequence[MustLink]:
        """Return the must-links within a group, the most recent first."""
        return self._links.get(lead, ())

    def difference(self, other: ComponentGroups) -> set[int]:
        """Return the components whose groups have other members."""
        numbers = self._groups.keys() | other._groups.keys()
        return {number for number in numbers if self.members(number) != other.members(number)}
