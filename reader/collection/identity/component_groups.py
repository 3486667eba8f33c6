"""Components that must-links connect. A component that none connects is a group by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from reader.collection.identity.profiles import ProfileMember

MustLink = tuple[ProfileMember, ProfileMember]


class ComponentGroups:
    """The groups of components, each led by the one with the lowest number."""

    def __init__(self) -> None:
        self._ends: dict[MustLink, tuple[int, int]] = {}
        """The components of the two entities of each must-link."""
        self._links: defaultdict[int, dict[MustLink, None]] = defaultdict(dict)
        """The must-links of each component."""

    def add(self, link: MustLink, first: int, second: int) -> None:
        """Add a must-link between entities of two components, or of one."""
        self._ends[link] = (first, second)
        self._links[first][link] = None
        self._links[second][link] = None

    def remove(self, link: MustLink) -> Collection[int]:
        """Remove a must-link, if it is there. Return the components of its entities."""
        ends = {*self._ends.pop(link, ())}
        for number in ends:
            del self._links[number][link]
            if not self._links[number]:
                del self._links[number]
        return ends

    def members(self, number: int) -> tuple[int, ...]:
        """Return the components of the group of a component, sorted. The first one leads it."""
        if number not in self._links:
            return (number,)
        members, frontier = {number}, [number]
        while frontier:
            for link in self._links[frontier.pop()]:
                new = {*self._ends[link]} - members
                members |= new
                frontier += new
        return tuple(sorted(members))

    def links(self, components: Iterable[int]) -> Collection[MustLink]:
        """Return the must-links of some components."""
        return {link: None for number in components for link in self._links.get(number, ())}.keys()
