"""The user's decisions as they bind the entities of a collection: which must be one profile, and which may not be.

Decisions about names hold wherever these are an entity's names; a surname that is only the short form of a full name
is not. Decisions about the entities of particular documents hold for these. Of two decisions that contradict each
other, the later one holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reader.annotate.decisions import Decision, NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.identity.profiles import ProfileMember
from reader.resolve import Name
from reader.structures.union_find import UnionFind


class EntityLookup(Protocol):
    """Finds the entities that a decision is about."""

    def with_name(self, name: Name) -> Iterable[ProfileMember]:
        """Return the entities, sorted, that other documents may know by a name."""
        ...

    def in_document(self, appearance: Appearance) -> ProfileMember | None:
        """Return the entity that has a name in a document, or None if there is none."""
        ...


@dataclass(slots=True)
class DecidedIdentity:
    """What the decisions add up to for the entities of a collection."""

    same: list[tuple[ProfileMember, ProfileMember]] = field(default_factory=list)
    """Must-links that do not contradict a later decision, the most recent first."""
    sides: defaultdict[ProfileMember, set[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(set))
    """For each entity, the numbers of the cannot-links that it is part of, and on which side."""
    preferred: dict[Name, str] = field(default_factory=dict)
    """The canonical name of the entity that has a name."""
    groups: UnionFind[ProfileMember] = field(default_factory=UnionFind)
    """The entities that must-links join."""


def decided_identity(decisions: Sequence[Decision], entities: EntityLookup) -> DecidedIdentity:
    """Return what general decisions, in the order in which they were made, add up to."""
    result = DecidedIdentity()
    root_sides: defaultdict[ProfileMember, set[tuple[int, bool]]] = defaultdict(set)

    def join(members: Sequence[ProfileMember]) -> None:
        heads: list[ProfileMember] = []
        for member in members:
            for head in heads:
                a, b = result.groups.root(head), result.groups.root(member)
                if a == b:
                    break
                if not any((number, not side) in root_sides[b] for number, side in root_sides[a]):
                    result.groups.join(a, b)
                    root_sides[a] |= root_sides[b]
                    result.same.append((head, member))
                    break
            else:
                heads.append(member)

    def keep_apart(number: int, left_side: Sequence[ProfileMember], right: Sequence[ProfileMember]) -> None:
        joined = {result.groups.root(member) for member in left_side} & {result.groups.root(member) for member in right}
        for side, members in ((False, left_side), (True, right)):
            for member in members:
                root = result.groups.root(member)
                if root not in joined:
                    result.sides[member].add((number, side))
                    root_sides[root].add((number, side))

    for number, decision in reversed(list(enumerate(decisions))):
        match decision:
            case NamesSame(names, preferred):
                join(_with_names(entities, names))
                if preferred:
                    for name in names:
                        result.preferred.setdefault(name, preferred)
            case NamesDifferent(left_names, right_names):
                keep_apart(number, _with_names(entities, left_names), _with_names(entities, right_names))
            case ProfilesSame(appearances):
                join(_in_documents(entities, appearances))
            case ProfilesDifferent(left_appearances, right_appearances):
                keep_apart(
                    number, _in_documents(entities, left_appearances), _in_documents(entities, right_appearances)
                )
    return result


def _with_names(entities: EntityLookup, names: Iterable[Name]) -> list[ProfileMember]:
    return list(dict.fromkeys(member for name in names for member in entities.with_name(name)))


def _in_documents(entities: EntityLookup, appearances: Iterable[Appearance]) -> list[ProfileMember]:
    members = (entities.in_document(appearance) for appearance in appearances)
    return list(dict.fromkeys(member for member in members if member is not None))
