"""Read from an index what clustering needs to know about some components: entities, names, their documents."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from reader.collection.identity.evidence.appearance import EntityAppearance, appearance_of
from reader.collection.identity.evidence.component_evidence import ComponentEvidence, gather_evidence
from reader.collection.identity.names.name_relations import NameRelation
from reader.collection.identity.profiles import ProfileMember
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.entity_reader import StoredEntity, stored_entities
from reader.collection.upkeep.document_names import DocumentNames
from reader.collection.upkeep.related_names import relations_within
from reader.structures.named_tuple import NamedTuple


class LoadedComponents(NamedTuple):
    """Some components with all that the documents say about them."""

    evidence: Mapping[int, ComponentEvidence]
    """By the number of the component."""
    documents: Mapping[str, frozenset[str]]
    """The keys of the names in each of their documents."""
    entities: Mapping[ProfileMember, StoredEntity]
    """Their entities."""


def load_components(storage: CollectionStorage, components: Sequence[int], names: DocumentNames) -> LoadedComponents:
    """Read some components.

    Args:
        storage: The index.
        components: Their numbers.
        names: The names of documents.
    """
    sql = (
        "SELECT c.component, c.id, c.key, k.entity FROM crossing_names c"
        " JOIN entity_keys k ON k.name = c.id AND k.role < 2 WHERE c.component IN ({})"
    )
    members: dict[int, dict[int, None]] = {component: {} for component in components}
    keys: dict[int, str] = {}
    component_of: dict[str, int] = {}
    for component, name, key, entity in rows_in_chunks(storage, sql, components):
        members[component][entity] = None
        keys[name] = key
        component_of[key] = component
    ids_of_members = {id for ids in members.values() for id in ids}
    stored = {entity.id: entity for entity in stored_entities(storage, sorted(ids_of_members))}
    appearances = _appearances(storage, stored)
    compared = (id for ids in members.values() if len(ids) > 1 for id in ids)
    counts = names.counts(storage, sorted({stored[id].document for id in compared}))
    relations: defaultdict[int, list[NameRelation]] = defaultdict(list)
    for relation in relations_within(storage, keys):
        relations[component_of[relation.short]].append(relation)
    evidence = {
        component: gather_evidence(
            sorted((appearances[id] for id in ids), key=lambda entity: entity.member), relations[component], counts
        )
        for component, ids in members.items()
    }
    return LoadedComponents(evidence, counts.documents, {appearances[id].member: stored[id] for id in stored})


def _appearances(storage: CollectionStorage, stored: Mapping[int, StoredEntity]) -> dict[int, EntityAppearance]:
    """Return entities as they are compared across documents, by their ids."""
    sql = "SELECT entity, beside, countries, around FROM entity_contexts WHERE entity IN ({})"
    contexts = {
        id: (json.loads(beside), json.loads(countries), json.loads(around))
        for id, beside, countries, around in rows_in_chunks(storage, sql, sorted(stored))
    }
    appearances = ((id, appearance_of(entity.record, *contexts.get(id, ()))) for id, entity in stored.items())
    return {id: appearance for id, appearance in appearances if appearance is not None}
