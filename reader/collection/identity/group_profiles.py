"""The profiles of a group: of the entities that names connect, and of those that the user's must-links connect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reader.collection.identity.component_groups import MustLink
from reader.collection.identity.component_profiles import component_profiles, lone_profile
from reader.collection.identity.evidence.component_evidence import ComponentEvidence
from reader.collection.identity.evidence.group_evidence import GroupEvidence
from reader.collection.identity.profile_clusters import UserLinks, cluster_entities
from reader.collection.identity.profile_decisions import DecidedIdentity, Sides
from reader.collection.identity.profiles import ComponentProfiles, ProfileMember
from reader.structures.named_tuple import NamedTuple


class Bonds(NamedTuple):
    """What the user's decisions say about the entities of a group."""

    same: Sequence[MustLink] = ()
    """The must-links, the latest first."""
    sides: Mapping[ProfileMember, Sides] = {}  # never changed
    """The sides of cannot-links within the group that entities are on."""


FREE: Final = Bonds()


def bonds_of(members: Iterable[ProfileMember], links: Iterable[MustLink], decided: DecidedIdentity) -> Bonds:
    """Return what the user's decisions say about the entities of a group, as far as they say it about two.

    Args:
        members: The entities of the group.
        links: The must-links between them.
        decided: The decisions.
    """
    same = tuple(decided.latest_first(links))
    if not decided.sides:
        return Bonds(same)
    sides = {member: decided.sides[member] for member in {*members} & decided.sides.keys()}
    named = {side for member_sides in sides.values() for side in member_sides}
    apart = {(number, side) for number, side in named if (number, not side) in named}
    return Bonds(same, {member: opposed for member in sides if (opposed := sides[member] & apart)})


def group_profiles(
    components: Iterable[ComponentEvidence],
    bonds: Bonds,
    documents: Mapping[str, frozenset[str]],
    decided: DecidedIdentity,
) -> ComponentProfiles:
    """Return the profiles of a group.

    Args:
        components: What the documents say about the entities of each of its components.
        bonds: What the user's decisions say about them.
        documents: The keys of the names in each document.
        decided: The decisions.
    """
    gathered = sorted(components, key=lambda evidence: evidence.entities[0].member)
    if len(gathered) == 1 and len(gathered[0].entities) == 1 and bonds == FREE:
        return lone_profile(gathered[0].entities[0], decided.preferred)
    evidence = GroupEvidence(gathered)
    numbers = {entity.member: number for number, entity in enumerate(evidence.entities)} if bonds != FREE else {}
    user = UserLinks(
        [(numbers[a], numbers[b]) for a, b in bonds.same],
        {numbers[member]: sides for member, sides in bonds.sides.items()},
    )
    clusters = cluster_entities(evidence, documents, user)
    return component_profiles(evidence.entities, clusters, decided.preferred)
