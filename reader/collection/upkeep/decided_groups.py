"""The user's decisions about the entities of an index, and the components of names that their must-links connect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from reader.collection.identity.component_groups import ComponentGroups, MustLink
from reader.collection.identity.group_profiles import Bonds, bonds_of
from reader.collection.identity.profiles import ProfileMember
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.upkeep.entity_lookup import StoredEntityLookup, components_of
from reader.collection.upkeep.saved_decisions import saved_identity

if TYPE_CHECKING:
    from reader.annotate.decisions import Decision

Group = tuple[int, ...]
"""Components that must-links connect, sorted."""


class DecidedGroups:
    """The decisions in force, and the groups of components that they make."""

    def __init__(self, storage: CollectionStorage) -> None:
        """Read the decisions that the profiles in an index follow."""
        self.decided = saved_identity(storage)
        self._groups = ComponentGroups()
        self._components: dict[ProfileMember, int] = {}
        """The components of the entities that decisions bind."""
        self._bound: defaultdict[int, set[ProfileMember]] = defaultdict(set)
        """The same by component."""

    def update(
        self, storage: CollectionStorage, decisions: Sequence[Decision], *, documents_changed: bool
    ) -> Collection[int]:
        """Replace the decisions. Return the components of the entities that they bind otherwise than before.

        Args:
            storage: The index.
            decisions: The general decisions in force, in the order in which they were made.
            documents_changed: Whether documents, and with them components, have changed since the last update.
        """
        lookup = StoredEntityLookup(storage)
        changes = self.decided.update(decisions, lookup, entities_changed=documents_changed)
        renamed = {member for name in changes.names for member in lookup.with_name(name)}
        touched = {*renamed, *changes.members, *_members_of(changes.added), *_members_of(changes.removed)}
        if documents_changed:
            self._components.clear()
            self._bound.clear()
        members = {*self.decided.sides, *_members_of(self.decided.must_links), *touched}
        for member, component in components_of(storage, members - self._components.keys()).items():
            self._components[member] = component
            self._bound[component].add(member)
        self._groups = ComponentGroups()
        for link in self.decided.must_links:
            self._groups.add(link, *map(self._components.__getitem__, link))
        return {self._components[member] for member in touched if member in self._components}

    def group_of(self, component: int) -> Group:
        """Return the components that must-links connect with one, sorted."""
        return self._groups.members(component)

    def bonds_of(self, group: Iterable[int]) -> Bonds:
        """Return what the decisions say about the entities of a group."""
        members = {member for component in group for member in self._bound.get(component, ())}
        return bonds_of(members, self._groups.links(group), self.decided)


def _members_of(links: Iterable[MustLink]) -> set[ProfileMember]:
    return {member for link in links for member in link}
