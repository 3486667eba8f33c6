"""Sets of entities that grow into profiles, and what keeps two sets apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from reader.collection.identity.evidence.component_evidence import STRONG_EVIDENCE
from reader.collection.identity.evidence.counts import Weight
from reader.collection.identity.evidence.group_evidence import GroupEvidence
from reader.collection.identity.evidence.traits import IMPOSSIBLE


class ProfileSets:
    """Disjoint sets of entities, joined one piece of evidence at a time unless something keeps them apart.

    The root of each entity is at hand, and the smaller of two sets gets the root of the other: to join all of n
    entities takes n log n steps. What keeps sets apart whatever their traits are is a bit of a number: a document that
    has entities of both, and the two sides of a cannot-link.
    """

    def __init__(self, evidence: GroupEvidence, sides: Mapping[int, Collection[tuple[int, bool]]]) -> None:
        self.roots = list(range(len(evidence.entities)))
        """For each entity, the one that represents its set. Only `join` changes it."""
        self._members = [[index] for index in self.roots]
        """The entities of each set, at its root."""
        self._distinct, self._traits = evidence.distinct_traits()
        """The traits of all sets; for each set, at its root, the number of its own."""
        self._marks = evidence.shared_documents()
        """The bits that stand for the documents and sides of each set, at its root."""
        self._barred = self._marks.copy()
        """The bits of what keeps a set apart from those that have one of them."""
        self._first_side = max(map(int.bit_length, self._marks), default=0)
        """The first bit that stands for a side, not for a document."""
        self._last_rivals: dict[int, int] = {}
        """For an entity, its last rival, which often is one again."""
        links = {number: position for position, number in enumerate({n for items in sides.values() for n, _ in items})}
        for index, items in sides.items():
            for number, side in items:
                bit = self._first_side + 2 * links[number]
                self._marks[index] |= 1 << (bit + side)
                self._barred[index] |= 1 << (bit + (not side))

    def root(self, index: int) -> int:
        """Return the entity that represents the set of an entity."""
        return self.roots[index]

    def clusters(self) -> list[list[int]]:
        """Return the entities of each set, sorted."""
        clusters: defaultdict[int, list[int]] = defaultdict(list)
        for index, root in enumerate(self.roots):
            clusters[root].append(index)
        return list(clusters.values())

    def size(self, index: int) -> int:
        """Return the number of entities in the set of an entity."""
        return len(self._members[self.roots[index]])

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
        if self._barred[first] & self._marks[second]:
            return IMPOSSIBLE
        against = self._distinct.strongly_against if strong else self._distinct.against
        return against[self._traits[first]][self._traits[second]]

    def has_rival(self, a: int, b: int, rivals: Iterable[int], start: int, *, strong: bool) -> bool:
        """Return whether the set of an entity may be one with a rival that cannot be one with another entity.

        Args:
            a: The entity.
            b: The other one.
            rivals: The rivals, among them all those of earlier questions about the first entity.
            start: What to add to their indexes.
            strong: Whether the evidence for one is strong.
        """
        roots, traits, marks = self.roots, self._traits, self._marks
        first, second = roots[a], roots[b]
        barred = self._barred[second]
        if not barred and traits[second] in self._distinct.neutral:
            return False
        against = (self._distinct.strongly_against if strong else self._distinct.against)[traits[second]]
        last_rival = self._last_rivals.get(a)
        for rival in rivals if last_rival is None else chain((last_rival,), rivals):
            root = roots[rival + start]
            if (
                (against[traits[root]] >= STRONG_EVIDENCE or (barred and barred & marks[root]))
                and root != first
                and root != second
                and self.against(root, first, strong=strong) < IMPOSSIBLE
            ):
                self._last_rivals[a] = rival
                return True
        return False

    def blocked(self, a: int, b: int, *, by_name: bool = False) -> bool:
        """Return whether something keeps the sets of two entities apart without strong evidence for one.

        Args:
            a: An entity.
            b: Another one.
            by_name: Whether the two have one name that no other entity has. Then a document that did not know so, and
                has two entities, keeps nothing apart.
        """
        first, second = self.roots[a], self.roots[b]
        if self.forbidden(a, b) if by_name else self._barred[first] & self._marks[second]:
            return True
        return self._distinct.against[self._traits[first]][self._traits[second]] >= IMPOSSIBLE

    def forbidden(self, a: int, b: int) -> bool:
        """Return whether the user's decisions keep the sets of two entities apart."""
        return bool((self._barred[self.roots[a]] & self._marks[self.roots[b]]) >> self._first_side)

    def join_all(self, members: Iterable[int]) -> None:
        """Join the sets of some entities between which nothing can stand."""
        first, *others = members
        for member in others:
            self.join(first, member)

    def join(self, a: int, b: int) -> None:
        """Join the sets of two entities."""
        roots = self.roots
        first, second = roots[a], roots[b]
        if first == second:
            return
        larger, smaller = self._members[first], self._members[second]
        if len(larger) < len(smaller) or (len(larger) == len(smaller) and second < first):
            first, second, larger, smaller = second, first, smaller, larger
        for member in smaller:
            roots[member] = first
        larger += smaller
        self._members[second] = []
        traits, marks = self._traits, self._marks
        if traits[first] != traits[second]:
            traits[first] = self._distinct.united(traits[first], traits[second])
        if marks[second]:
            marks[first] |= marks[second]
        if self._barred[second]:
            self._barred[first] |= self._barred[second]
