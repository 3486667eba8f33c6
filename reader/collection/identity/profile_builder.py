"""Builds the profiles of a collection, and keeps them up to date as documents and decisions come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from reader.annotate.decisions import Decision
from reader.collection.document_record import EntityRecord
from reader.collection.identity.component_groups import ComponentGroups, MustLink
from reader.collection.identity.component_profiles import changes_between, component_profiles, lone_profile
from reader.collection.identity.entity_index import EntityIndex
from reader.collection.identity.evidence.component_evidence import ComponentEvidence, gather_evidence
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.group_evidence import GroupEvidence
from reader.collection.identity.evidence.name_relations import NameRelation
from reader.collection.identity.profile_clusters import UserLinks, cluster_entities
from reader.collection.identity.profile_decisions import BindingChanges, DecidedIdentity, Sides
from reader.collection.identity.profiles import (
    ComponentProfiles,
    ProfileChanges,
    ProfileMember,
    Profiles,
)
from reader.structures.garbage_pause import garbage_collection_paused
from reader.structures.named_tuple import NamedTuple


def build_profiles(entities: Iterable[EntityRecord], decisions: Sequence[Decision] = ()) -> Profiles:
    """Return the profiles of the entities of many documents.

    Args:
        entities: The entities, in any order.
        decisions: The general decisions in force, in the order in which they were made.
    """
    builder = ProfileBuilder()
    builder.update(entities, decisions=decisions)
    return builder.profiles()


class _Bonds(NamedTuple):
    """What the user's decisions say about the entities of a group."""

    same: Sequence[MustLink] = ()
    """The latest first."""
    sides: Mapping[ProfileMember, Sides] = {}  # never changed
    """The sides of cannot-links within the group that entities are on."""


_FREE: Final = _Bonds()


class ProfileBuilder:
    """Keeps the profiles of a collection up to date. Every result equals that of `build_profiles`.

    Names connect entities to components: two entities that have one name, two names of one entity, two forms of a
    person's name. What the documents say about a component is gathered once, and again only if its entities or their
    surroundings change. A decision only clusters again: the components with the entities that it is about.
    """

    def __init__(self) -> None:
        self._index = EntityIndex()
        self._decided = DecidedIdentity()
        self._component_of: dict[str, int] = {}
        self._components: dict[int, tuple[str, ...]] = {}
        self._evidence: dict[int, ComponentEvidence] = {}
        """What was gathered of components with pairs to compare. That of the others is gathered when it is needed."""
        self._groups = ComponentGroups()
        self._grouped: dict[int, tuple[int, ...]] = {}
        """The group of a component, as it was clustered last, unless it was by itself."""
        self._bonds: dict[int, _Bonds] = {}
        """What the user's decisions say about each group, as it was clustered last, by the component that leads it."""
        self._results: dict[int, ComponentProfiles] = {}
        """The profiles of each group of components, by the component that leads it."""
        self._dependencies: dict[int, Mapping[str, tuple[int, Weight]]] = {}
        """For each component, the names whose frequency matters for it, with the weights on which its result rests."""
        self._dependents: defaultdict[str, set[int]] = defaultdict(set)
        """The components for whose result the frequency of a name matters."""
        self._last_component = 0

    def profiles(self) -> Profiles:
        """Return the profiles and suggestions as they are now."""
        return Profiles(self._results.values())

    def documents(self) -> Collection[str]:
        """Return the digests of the documents."""
        return self._index.documents()

    def update(
        self,
        added: Iterable[EntityRecord] = (),
        removed: Iterable[str] = (),
        decisions: Sequence[Decision] | None = None,
    ) -> ProfileChanges:
        """Add and remove documents, replace the decisions, and return what changed.

        Args:
            added: The entities of new documents, or of documents that replace earlier ones with the same digest.
            removed: The digests of documents to remove.
            decisions: The general decisions in force, in the order in which they were made; None if they are the same.
        """
        with garbage_collection_paused():
            return self._update(added, removed, decisions)

    def _update(
        self, added: Iterable[EntityRecord], removed: Iterable[str], decisions: Sequence[Decision] | None
    ) -> ProfileChanges:
        index = self._index
        changed_keys: set[str] = set()
        changed_forms: set[str] = set()
        changed_documents: set[str] = set()
        size = index.counts.size

        def remove(document: str) -> None:
            changed_documents.add(document)
            changed_forms.update(index.forms_in(document))
            changed_keys.update(index.remove(document))

        for document in removed:
            remove(document)
        by_document = attrgetter("document")
        for document, records in groupby(sorted(added, key=by_document), by_document):
            remove(document)
            changed_keys |= index.add(document, records)
            changed_forms |= index.forms_in(document)
        dirty: set[int] = set()
        if changed_keys:
            counted_keys = changed_keys | index.counts.update_common()
            dirty |= self._reconnect(counted_keys)
            dirty |= self._dependencies.keys() if size != index.counts.size else self._reweighted(counted_keys)
            self._forget_evidence(dirty)
        bindings = self._decided.update(decisions, index, changed_forms, changed_documents)
        return self._cluster(dirty, self._regroup(bindings, dirty))

    def _reweighted(self, keys: Iterable[str]) -> set[int]:
        """Return the components for which the weight of one of these names has changed."""
        counts = self._index.counts
        changed: set[int] = set()
        for key in keys:
            for number in self._dependents.get(key, ()):
                inside, weight = self._dependencies[number][key]
                if number not in changed and counts.companion_weight(key, inside) != weight:
                    changed.add(number)
        return changed

    def _component_with(self, member: ProfileMember) -> int:
        """Return the component of an entity."""
        return self._component_of[next(iter(self._index.entities[member].names))]

    def _reconnect(self, changed: set[str]) -> set[int]:
        """Compute the components of the changed names, and of all that shared one with them, again."""
        index, component_of = self._index, self._component_of
        neighbors = {key: index.neighbors(key) for key in changed if key in index}
        old = {component_of[key] for key in changed if key in component_of}
        new_neighbors = set().union(*neighbors.values())
        old |= {component_of[key] for key in new_neighbors if key in component_of}
        pool = changed | new_neighbors | {key for number in old for key in self._components[number]}
        for number in old:
            del self._components[number]
        unvisited = {key for key in pool if key in index}
        for key in pool - unvisited:
            component_of.pop(key, None)
        dirty = set(old)
        while unvisited:
            start = unvisited.pop()
            keys, frontier = {start}, [start]
            while frontier:
                key = frontier.pop()
                adjacent = neighbors[key] if key in neighbors else index.neighbors(key)
                for neighbor in adjacent:
                    if neighbor not in keys and neighbor in index:
                        keys.add(neighbor)
                        frontier.append(neighbor)
            unvisited -= keys
            self._last_component += 1
            self._components[self._last_component] = tuple(sorted(keys))
            component_of.update(dict.fromkeys(keys, self._last_component))
            dirty.add(self._last_component)
        return dirty

    def _forget_evidence(self, components: Iterable[int]) -> None:
        for number in components:
            self._evidence.pop(number, None)
            for key in self._dependencies.pop(number, ()):
                self._dependents[key].discard(number)

    def _regroup(self, bindings: BindingChanges, dirty: set[int]) -> set[int]:
        """Group components by the must-links. Return those for which decisions, or must-links, have changed."""
        entities, groups = self._index.entities, self._groups
        affected: set[int] = set()
        moved = groups.links(dirty) if dirty else ()
        for link in {*bindings.removed, *moved}:
            affected.update(groups.remove(link))
        for link in {*bindings.added, *moved} - bindings.removed:
            if link[0] in entities and link[1] in entities:
                ends = [self._component_with(member) for member in link]
                groups.add(link, *ends)
                affected.update(ends)
        named = {member for name in bindings.names for member in self._index.with_name(name)}
        dirty |= {self._component_with(member) for member in named}
        return affected | {self._component_with(member) for member in bindings.members if member in entities}

    def _cluster(self, dirty: set[int], bound: set[int]) -> ProfileChanges:
        """Cluster what has changed.

        Args:
            dirty: Components that must be clustered: new ones, those with other evidence, and some that are gone.
            bound: Components that decisions bind otherwise than before, as far as these concern a whole group.
        """
        outdated = {self._old_group(number) for number in dirty | bound}
        changed = dirty.union(bound, *outdated) & self._components.keys()
        current = {self._groups.members(number) for number in changed}
        unchanged = {
            group
            for group in current & outdated
            if dirty.isdisjoint(group) and self._bonds_of(group) == self._bonds.get(group[0], _FREE)
        }
        old_results = [self._forget_group(group) for group in outdated - unchanged]
        new_results = [self._cluster_group(group) for group in sorted(current - unchanged)]
        return changes_between(filter(None, old_results), new_results)

    def _old_group(self, number: int) -> tuple[int, ...]:
        """Return the group of a component as it was clustered last."""
        return self._grouped.get(number, (number,))

    def _forget_group(self, group: tuple[int, ...]) -> ComponentProfiles | None:
        """Forget the results of a group, and return them."""
        self._bonds.pop(group[0], None)
        for number in group:
            self._grouped.pop(number, None)
        return self._results.pop(group[0], None)

    def _cluster_group(self, group: tuple[int, ...]) -> ComponentProfiles:
        """Cluster the entities of some components."""
        bonds = self._bonds_of(group)
        if bonds != _FREE:
            self._bonds[group[0]] = bonds
        elif len(group) == 1 and (member := self._only_member(group[0])) is not None:
            alone = self._results[group[0]] = lone_profile(self._index.entities[member], self._decided.preferred)
            return alone
        if len(group) > 1:
            self._grouped |= dict.fromkeys(group, group)
        gathered = list(map(self._evidence_of, group))
        if len(gathered) > 1:
            gathered.sort(key=lambda evidence: evidence.entities[0].member)
        evidence = GroupEvidence(gathered)
        numbers = {entity.member: number for number, entity in enumerate(evidence.entities)} if bonds != _FREE else {}
        user = UserLinks(
            [(numbers[a], numbers[b]) for a, b in bonds.same],
            {numbers[member]: sides for member, sides in bonds.sides.items()},
        )
        clusters = cluster_entities(evidence, self._index.counts.documents, user)
        result = self._results[group[0]] = component_profiles(evidence.entities, clusters, self._decided.preferred)
        return result

    def _bonds_of(self, group: tuple[int, ...]) -> _Bonds:
        """Return what the user's decisions say about the entities of a group, as far as they say it about two."""
        decided = self._decided
        links = self._groups.links(group)
        if not links and not decided.sides:
            return _FREE
        same = tuple(decided.latest_first(links))
        if not decided.sides:
            return _Bonds(same)
        members = {
            member for number in group for key in self._components[number] for member in self._index.with_key(key)
        }
        sides = {member: decided.sides[member] for member in members & decided.sides.keys()}
        named = {side for member_sides in sides.values() for side in member_sides}
        apart = {(number, side) for number, side in named if (number, not side) in named}
        return _Bonds(same, {member: opposed for member in sides if (opposed := sides[member] & apart)})

    def _only_member(self, number: int) -> ProfileMember | None:
        """Return the only entity of a component, or None if it has several names or entities."""
        keys = self._components[number]
        members = self._index.with_key(keys[0])
        return next(iter(members)) if len(keys) == 1 and len(members) == 1 else None

    def _evidence_of(self, number: int) -> ComponentEvidence:
        evidence = self._evidence.get(number)
        if evidence is None:
            index = self._index
            keys = self._components[number]
            members = (
                {member for key in keys for member in index.with_key(key)}
                if len(keys) > 1
                else (index.with_key(keys[0]))
            )
            entities = [index.entities[member] for member in sorted(members)]
            evidence = gather_evidence(entities, _relations_among(keys, index), index.counts)
            if evidence.pairs:
                self._evidence[number] = evidence
            if evidence.depends_on and number not in self._dependencies:
                self._dependencies[number] = evidence.depends_on
                for key in evidence.depends_on:
                    self._dependents[key].add(number)
        return evidence


def _relations_among(keys: Iterable[str], index: EntityIndex) -> list[NameRelation]:
    relations = {relation for key in keys for relation in index.related.of(key).values()}
    return sorted(relations)
