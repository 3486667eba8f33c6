"""Builds the profiles of a whole collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.annotate.decisions import Decision
from reader.collection.document_record import EntityRecord
from reader.collection.identity.component_groups import ComponentGroups
from reader.collection.identity.component_profiles import lone_profile
from reader.collection.identity.entity_collection import EntityCollection
from reader.collection.identity.group_profiles import FREE, bonds_of, group_profiles
from reader.collection.identity.profile_decisions import DecidedIdentity
from reader.collection.identity.profiles import ComponentProfiles, Profiles
from reader.structures.garbage_pause import garbage_collection_paused


def build_profiles(entities: Iterable[EntityRecord], decisions: Sequence[Decision] = ()) -> Profiles:
    """Return the profiles of the entities of many documents.

    Args:
        entities: The entities, in any order.
        decisions: The general decisions in force, in the order in which they were made.
    """
    with garbage_collection_paused():
        collection = EntityCollection(entities)
        decided = DecidedIdentity()
        decided.update(decisions, collection)
        groups = ComponentGroups()
        for link in decided.must_links:
            groups.add(link, *map(collection.component_of, link))
        return Profiles(
            _profiles_of(group, collection, decided, groups)
            for component in collection.components
            if (group := groups.members(component))[0] == component
        )


def _profiles_of(
    group: Sequence[int], collection: EntityCollection, decided: DecidedIdentity, groups: ComponentGroups
) -> ComponentProfiles:
    if len(group) == 1 and (entity := collection.lone_entity(group[0])) is not None:
        return lone_profile(entity, decided.preferred)
    links = groups.links(group)
    bonds = FREE
    if links or decided.sides:
        members = (entity.member for component in group for entity in collection.entities_of(component))
        bonds = bonds_of(members, links, decided)
    evidence = map(collection.evidence_of, group)
    return group_profiles(evidence, bonds, collection.counts.documents, decided)
