"""Sets of entities that grow into profiles, and what keeps two sets apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import inf
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.name_relations import relation
from reader.collection.identity.evidence.traits import Traits, contradict, hostility, traits_of
from reader.resolve.evidence.base import Phase

IMPOSSIBLE: Final = inf
"""Evidence against one that nothing outweighs."""


class ProfileSets:
    """Disjoint sets of entities, joined one piece of evidence at a time unless something keeps them apart.

    The root of each entity is at hand, and the smaller of two sets gets the root of the other: to join all of n
    entities takes n log n steps. What speaks against two sets being one is kept until one of them grows.
    """

    def __init__(self, entities: Sequence[EntityAppearance], sides: Mapping[int, Collection[tuple[int, bool]]]) -> None:
        self.roots = list(range(len(entities)))
        """For each entity, the one that represents its set. Only `join` changes it."""
        self._traits = list(map(traits_of, entities))
        """The traits of each set, at its root."""
        self._owns_traits = bytearray(len(entities))
        """Whether the traits at a root are its own, not those of the entity, which nobody may change."""
        for index in sides:
            self._own_traits(index).sides = frozenset(sides[index])
        self._members = [[index] for index in self.roots]
        self._against: dict[int, tuple[int, Weight]] = {}
        """What spoke against two sets being one, and how many entities they had together. The key has their roots, and
        whether the evidence for one is strong, in one number."""

    def root(self, index: int) -> int:
        """Return the entity that represents the set of an entity."""
        return self.roots[index]

    def clusters(self) -> list[list[int]]:
        """Return the entities of each set, sorted."""
        clusters: defaultdict[int, list[int]] = defaultdict(list)
        for index, root in enumerate(self.roots):
            clusters[root].append(index)
        return list(clusters.values())

    def traits(self, index: int) -> Traits:
        """Return the traits of the set of an entity."""
        return self._traits[self.roots[index]]

    def _own_traits(self, root: int) -> Traits:
        """Return the traits of a set, which may be changed."""
        if not self._owns_traits[root]:
            self._owns_traits[root] = True
            self._traits[root] = self._traits[root].copy()
        return self._traits[root]

    def joined(self, a: int, b: int) -> bool:
        """Return whether two entities are in one set."""
        return self.roots[a] == self.roots[b]

    def against(self, first: int, second: int, *, strong: bool) -> Weight:
        """Return what speaks against two sets being one, in bits; `IMPOSSIBLE` if something keeps them apart.

        Args:
            first: The root of a set.
            second: The root of another one.
            strong: Whether the evidence for one is strong. It outweighs only two names that have nothing in common.
        """
        if first > second:
            first, second = second, first
        key = 2 * (first * len(self.roots) + second) + strong
        a, b = self._traits[first], self._traits[second]
        size = a.weight + b.weight
        cached = self._against.get(key)
        if cached is not None and cached[0] == size:
            return cached[1]
        if _keep_apart(a, b, strong=strong):
            weight = IMPOSSIBLE
        else:
            weight = hostility(a, b) if a.fields or a.countries or a.words else 0.0
        self._against[key] = (size, weight)
        return weight

    def blocked(self, a: int, b: int, *, by_name: bool = False) -> bool:
        """Return whether something keeps the sets of two entities apart without strong evidence for one.

        Args:
            a: An entity.
            b: Another one.
            by_name: Whether the two have one name that no other entity has. Then a document that did not know so, and
                has two entities, keeps nothing apart.
        """
        return _keep_apart(self.traits(a), self.traits(b), strong=False, by_name=by_name)

    def forbidden(self, a: int, b: int) -> bool:
        """Return whether the user's decisions keep the sets of two entities apart."""
        return _on_two_sides(self.traits(a), self.traits(b))

    def join_all(self, members: Sequence[int]) -> None:
        """Join the sets of some entities between which nothing can stand."""
        for member in members[1:]:
            self.join(members[0], member)

    def join(self, a: int, b: int) -> None:
        """Join the sets of two entities."""
        roots = self.roots
        first, second = roots[a], roots[b]
        if first == second:
            return
        weights = self._traits[first].weight, self._traits[second].weight
        if weights[0] < weights[1] or (weights[0] == weights[1] and second < first):
            first, second = second, first
        for member in self._members[second]:
            roots[member] = first
        self._members[first] += self._members[second]
        self._members[second] = []
        into, joined = self._own_traits(first), self._traits[second]
        into.documents |= joined.documents
        if not joined.people.keys() <= into.people.keys():
            into.people = {**into.people, **joined.people}
        if not joined.joined_names <= into.joined_names:
            into.joined_names |= joined.joined_names
        if joined.born[1]:
            into.born = _span(into.born, joined.born)
        if joined.ages[1]:
            into.ages = _span(into.ages, joined.ages)
        into.gender = into.gender or joined.gender
        if not joined.fields <= into.fields:
            into.fields |= joined.fields
        if not joined.countries <= into.countries:
            into.countries |= joined.countries
        if not joined.words <= into.words:
            into.words |= joined.words
        if not joined.sides <= into.sides:
            into.sides |= joined.sides
        into.weight += joined.weight


def _keep_apart(first: Traits, second: Traits, *, strong: bool, by_name: bool = False) -> bool:
    """Return whether something keeps two sets apart, regardless of any evidence for one profile."""
    if first.sides and second.sides and _on_two_sides(first, second):
        return True
    if not by_name and not first.documents.isdisjoint(second.documents):
        return True
    if contradict(first, second):
        return True
    a, b = first.people, second.people
    return a is not b and a.keys() != b.keys() and not _names_agree(first, second, strong=strong)


def _on_two_sides(first: Traits, second: Traits) -> bool:
    return any((number, not side) in second.sides for number, side in first.sides)


def _span(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    if not first[1]:
        return second
    return min(first[0], second[0]), max(first[1], second[1])


def _names_agree(first: Traits, second: Traits, *, strong: bool) -> bool:
    """Return whether all full names of two sets may be one person's.

    Names that have nothing in common are one person's if one document says so. Two chains of such names that meet in a
    third name need strong evidence: a profile does not bridge two full names.
    """
    for x, a in first.people.items():
        for y, b in second.people.items():
            if x == y or (x, y) in first.joined_names or (x, y) in second.joined_names:
                continue
            evidence = relation(a.text, a.label, b.text, b.label)
            if evidence is not None and evidence.phase is Phase.VETO:
                return False
            if not strong and (evidence is None or evidence.phase is Phase.SUGGESTION):
                return False
    return True
