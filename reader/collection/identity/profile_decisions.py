"""The user's decisions as they bind the entities of a collection: which must be one profile, and which may not be.

Decisions about names hold wherever these are an entity's names; a surname that is only the short form of a full name
is not. Decisions about the entities of particular documents hold for these. Of two decisions that contradict each
other, the later one holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Protocol

from reader.annotate.decisions import Decision, NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.identity.component_groups import MustLink
from reader.collection.identity.profiles import ProfileMember
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple
from reader.structures.union_find import UnionFind

Sides = set[tuple[int, bool]]
"""The numbers of cannot-links, and a side of each."""


class EntityLookup(Protocol):
    """Finds the entities that a decision is about."""

    def with_name(self, name: Name) -> Iterable[ProfileMember]:
        """Return the entities, sorted, that other documents may know by a name."""
        ...

    def in_document(self, appearance: Appearance) -> ProfileMember | None:
        """Return the entity that has a name in a document, or None if there is none."""
        ...


class Binding(NamedTuple):
    """The entities that a decision is about."""

    left: Sequence[ProfileMember]
    """Those that are one, or those of one side."""
    right: Sequence[ProfileMember] | None = None
    """Those of the other side; None for a must-link."""


@dataclass(slots=True)
class BindingChanges:
    """How entities are bound otherwise than before."""

    added: set[MustLink] = field(default_factory=set)
    removed: set[MustLink] = field(default_factory=set)
    members: set[ProfileMember] = field(default_factory=set)
    """The entities on other sides of cannot-links."""
    names: set[Name] = field(default_factory=set)
    """The names for which another canonical name is preferred."""


class DecidedIdentity:
    """What the decisions add up to for the entities of a collection.

    Decisions that are about the same entities, also by way of others, can contradict each other. So a change of one
    applies only the decisions anew that such a chain connects with it.
    """

    def __init__(self) -> None:
        self.preferred: dict[Name, str] = {}
        """The canonical name of the entity that has a name."""
        self.sides: dict[ProfileMember, Sides] = {}
        """The numbers of the cannot-links that an entity is part of, and on which side."""
        self._decisions: list[Decision] = []
        self._numbers: list[int] = []
        """The number of each decision. It keeps its number while it is in force."""
        self._last_number = 0
        self._bindings: dict[int, Binding] = {}
        self._about: defaultdict[ProfileMember, set[int]] = defaultdict(set)
        """The numbers of the decisions about an entity."""
        self._must_links: defaultdict[ProfileMember, set[MustLink]] = defaultdict(set)
        """The must-links of an entity that do not contradict a later decision."""
        self._decided_by: dict[MustLink, tuple[int, int]] = {}
        """For each must-link, the number of its decision, and its rank among those that were made together."""
        self._positions: dict[int, int] = {}
        """The positions of the decisions in force, by number."""

    @staticmethod
    def restored(decisions: Sequence[Decision], bindings: Sequence[Binding | None]) -> DecidedIdentity:
        """Return what decisions add up to, from the entities that they are about.

        Args:
            decisions: The decisions, in the order in which they were made.
            bindings: The bindings that `bindings` returned for them.
        """
        decided = DecidedIdentity()
        _, numbers = decided._replace(decisions)
        touched: set[ProfileMember] = set()
        for number, binding in zip(numbers, bindings, strict=True):
            if binding is not None:
                touched |= decided._bind(number, binding)
        decided._apply(touched, BindingChanges())
        decided.preferred = _preferred_names(decisions)
        return decided

    @property
    def decisions(self) -> Sequence[Decision]:
        """The decisions, in the order in which they were made."""
        return self._decisions

    @property
    def bindings(self) -> Sequence[Binding | None]:
        """For each decision, the entities that it is about; None if it binds none."""
        return [self._bindings.get(number) for number in self._numbers]

    @property
    def must_links(self) -> Collection[MustLink]:
        """The must-links that do not contradict a later decision."""
        return self._decided_by.keys()

    def latest_first(self, links: Iterable[MustLink]) -> list[MustLink]:
        """Return must-links sorted, those of the latest decision first."""

        def age(link: MustLink) -> tuple[int, int]:
            number, rank = self._decided_by[link]
            return -self._positions[number], rank

        return sorted(links, key=age)

    def update(
        self, decisions: Sequence[Decision], entities: EntityLookup, *, entities_changed: bool = False
    ) -> BindingChanges:
        """Replace the decisions. Return what changed.

        Args:
            decisions: The general decisions in force, in the order in which they were made.
            entities: Finds the entities.
            entities_changed: Whether earlier decisions may be about other entities than before.
        """
        outdated, new = self._replace(decisions)
        touched: set[ProfileMember] = set()
        for number in outdated:
            touched |= self._unbind(number)
        for number in self._numbers if entities_changed else new:
            binding = _binding_of(self._decisions[self._positions[number]], entities)
            if binding != self._bindings.get(number):
                touched |= self._unbind(number)
                touched |= self._bind(number, binding) if binding is not None else set()
        changes = BindingChanges()
        if touched:
            self._apply(touched, changes)
        preferred = _preferred_names(self._decisions)
        changes.names = {name for name, _ in preferred.items() ^ self.preferred.items()}
        self.preferred = preferred
        return changes

    def _replace(self, decisions: Sequence[Decision]) -> tuple[list[int], list[int]]:
        """Replace the decisions. Return the numbers of those no longer in force, and of the new ones."""
        old = self._decisions
        shortest = min(len(old), len(decisions))
        start = next((index for index in range(shortest) if old[index] != decisions[index]), shortest)
        end = 0
        while end < shortest - start and old[-1 - end] == decisions[-1 - end]:
            end += 1
        new = list(range(self._last_number + 1, self._last_number + 1 + len(decisions) - start - end))
        self._last_number += len(new)
        outdated = self._numbers[start : len(old) - end]
        self._numbers[start : len(old) - end] = new
        self._decisions = list(decisions)
        self._positions = {number: position for position, number in enumerate(self._numbers)}
        return outdated, new

    def _bind(self, number: int, binding: Binding) -> set[ProfileMember]:
        """Bind the entities that a decision is about, and return them."""
        self._bindings[number] = binding
        members = {*binding.left, *(binding.right or ())}
        for member in members:
            self._about[member].add(number)
        return members

    def _unbind(self, number: int) -> set[ProfileMember]:
        """Forget which entities a decision is about, and return them."""
        binding = self._bindings.pop(number, None)
        if binding is None:
            return set()
        members = {*binding.left, *(binding.right or ())}
        for member in members:
            self._about[member].discard(number)
            if not self._about[member]:
                del self._about[member]
        return members

    def _apply(self, touched: set[ProfileMember], changes: BindingChanges) -> None:
        """Apply the decisions about some entities again, and all decisions that are connected with these."""
        members, numbers, frontier = set(touched), set[int](), list(touched)
        while frontier:
            for number in self._about.get(frontier.pop(), ()):
                if number not in numbers:
                    numbers.add(number)
                    binding = self._bindings[number]
                    new = {*binding.left, *(binding.right or ())} - members
                    members |= new
                    frontier += new
        old_links = {link for member in members for link in self._must_links.pop(member, ())}
        for link in old_links:
            del self._decided_by[link]
        order = sorted(numbers, key=self._positions.__getitem__, reverse=True)
        links, sides = _add_up([(number, self._bindings[number]) for number in order])
        for rank, (link, number) in enumerate(links.items()):
            self._decided_by[link] = (number, rank)
            for member in link:
                self._must_links[member].add(link)
        changes.added = links.keys() - old_links
        changes.removed = old_links - links.keys()
        for member in members:
            new_sides = sides.get(member, set())
            if self.sides.pop(member, set()) != new_sides:
                changes.members.add(member)
            if new_sides:
                self.sides[member] = new_sides


def _add_up(bindings: Iterable[tuple[int, Binding]]) -> tuple[dict[MustLink, int], Mapping[ProfileMember, Sides]]:
    """Return what decisions add up to, the latest one first: each has its number.

    Returns:
        The must-links that do not contradict a later decision, with the numbers of theirs, and the sides of the
        cannot-links that each entity is on.
    """
    groups = UnionFind[ProfileMember]()
    links: dict[MustLink, int] = {}
    sides: defaultdict[ProfileMember, Sides] = defaultdict(set)
    root_sides: defaultdict[ProfileMember, Sides] = defaultdict(set)

    def join(number: int, members: Sequence[ProfileMember]) -> None:
        heads: list[ProfileMember] = []
        for member in members:
            for head in heads:
                a, b = groups.root(head), groups.root(member)
                if a == b:
                    break
                if not any((number, not side) in root_sides[b] for number, side in root_sides[a]):
                    groups.join(a, b)
                    root_sides[a] |= root_sides[b]
                    links[head, member] = number
                    break
            else:
                heads.append(member)

    def keep_apart(number: int, left: Sequence[ProfileMember], right: Sequence[ProfileMember]) -> None:
        joined = {groups.root(member) for member in left} & {groups.root(member) for member in right}
        for side, members in ((False, left), (True, right)):
            for member in members:
                root = groups.root(member)
                if root not in joined:
                    sides[member].add((number, side))
                    root_sides[root].add((number, side))

    for number, (left, right) in bindings:
        if right is None:
            join(number, left)
        else:
            keep_apart(number, left, right)
    return links, sides


def _binding_of(decision: Decision, entities: EntityLookup) -> Binding | None:
    """Find out which entities a decision is about. Return None if it says nothing about any being one."""
    match decision:
        case NamesSame(names):
            return Binding(_members(entities, names))
        case ProfilesSame(appearances):
            return Binding(_members(entities, appearances))
        case NamesDifferent(left_names, right_names):
            return Binding(_members(entities, left_names), _members(entities, right_names))
        case ProfilesDifferent(left, right):
            return Binding(_members(entities, left), _members(entities, right))
        case _:
            return None


def _members(entities: EntityLookup, items: Iterable[Name | Appearance]) -> list[ProfileMember]:
    """Return the entities that some names or appearances mean, each once."""
    members: dict[ProfileMember, None] = {}
    for item in items:
        if isinstance(item, Appearance):
            member = entities.in_document(item)
            members.update({member: None} if member is not None else {})
        else:
            members.update(dict.fromkeys(entities.with_name(item)))
    return list(members)


def _preferred_names(decisions: Iterable[Decision]) -> dict[Name, str]:
    """Return the canonical name of the entity that has a name. The latest decision holds."""
    return {
        name: decision.preferred
        for decision in decisions
        if isinstance(decision, NamesSame) and decision.preferred
        for name in decision.names
    }
