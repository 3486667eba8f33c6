"""The connected components of the names of a document: only names of one component can be one entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final

from reader.resolve.resolution import Name
from reader.structures.yielding_sort import sorted_by_bucket

_SORT_KEY: Final = attrgetter("sort_key")
"""Sorts names several times faster than they compare."""


class ConnectedNames:
    """The components that evidence and bonds connect, by number. A component that changes gets a new number."""

    def __init__(self) -> None:
        self.members: dict[int, tuple[Name, ...]] = {}
        """The names of each component, sorted."""
        self._component_of: dict[Name, int] = {}
        self._last_component = 0
        self._bonds: dict[Name, set[Name]] = {}
        """For each name, the names that definitions and must-links put in its component."""

    def components_of(self, names: Iterable[Name]) -> set[int]:
        """Return the components of some names; names without a component are left out."""
        return {self._component_of[name] for name in names if name in self._component_of}

    def bind(self, pairs: Iterable[tuple[Name, Name]]) -> set[Name]:
        """Replace the bonds. Return the names whose bonds have changed, and those bound to them: `reconnect` these."""
        bonds: dict[Name, set[Name]] = {}
        for a, b in pairs:
            bonds.setdefault(a, set()).add(b)
            bonds.setdefault(b, set()).add(a)
        moved: set[Name] = set()
        for name in {*bonds, *self._bonds}:
            if bonds.get(name) != self._bonds.get(name):
                moved.update((name,), bonds.get(name, ()), self._bonds.get(name, ()))
        self._bonds = bonds
        return moved

    def reconnect(self, moved: set[Name], edges: Mapping[Name, Iterable[Name]]) -> set[Name]:
        """Compute the components of all names that shared one with a moved name again. Return these names.

        Args:
            moved: The names whose edges or bonds have changed.
            edges: For every name of the document, the names that evidence connects it to.
        """
        old_components = self.components_of(moved)
        pool = {name for number in old_components for name in self.members[number]} | moved
        for number in old_components:
            del self.members[number]
        present = {name for name in pool if name in edges}
        for name in pool - present:
            self._component_of.pop(name, None)
        unvisited = set(present)
        for start in sorted_names(present):
            if start not in unvisited:
                continue
            unvisited.discard(start)
            members, frontier = [start], [start]
            while frontier:
                name = frontier.pop()
                for neighbor in [*edges[name], *self._bonds.get(name, ())]:
                    if neighbor in unvisited:
                        unvisited.discard(neighbor)
                        members.append(neighbor)
                        frontier.append(neighbor)
            self._last_component += 1
            self.members[self._last_component] = tuple(sorted(members))
            self._component_of.update(dict.fromkeys(members, self._last_component))
        return present


def sorted_names(names: Iterable[Name]) -> list[Name]:
    """Return names in order, sorted in small portions between which other threads can run."""
    return sorted_by_bucket(names, _first_letters, _SORT_KEY)


def _first_letters(name: Name) -> str:
    return name.text[:5]
