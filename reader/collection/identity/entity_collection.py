"""All entities of a collection in memory: by the names that connect them, and what the collection says of the names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

from reader.annotate.decisions.appearances import Appearance
from reader.collection.document_record import EntityRecord
from reader.collection.identity.evidence.appearance import EntityAppearance, appearances_of
from reader.collection.identity.evidence.component_evidence import ComponentEvidence, gather_evidence
from reader.collection.identity.evidence.counts import CollectionCounts, collection_size
from reader.collection.identity.names.common_names import common_names, personal_name
from reader.collection.identity.names.crossing import CrossingName, key_without_middle_names
from reader.collection.identity.names.name_relations import NameRelation, RelatedNames, may_be_related
from reader.collection.identity.profiles import ProfileMember
from reader.resolve import Name
from reader.structures.union_find import UnionFind


class EntityCollection:
    """The entities of a collection, and the components of names that connect them. Never changes."""

    def __init__(self, records: Iterable[EntityRecord]) -> None:
        """Take the entities of all documents, in any order."""
        self.entities: dict[ProfileMember, EntityAppearance] = {}
        self._by_document: dict[str, Sequence[EntityAppearance]] = {}
        self._by_key: defaultdict[str, list[EntityAppearance]] = defaultdict(list)
        forms: dict[str, dict[CrossingName, int]] = {}
        by_document = attrgetter("document")
        for document, document_records in groupby(sorted(records, key=by_document), by_document):
            appearances = self._by_document[document] = appearances_of(document_records)
            for entity in appearances:
                self.entities[entity.member] = entity
                for key, name in entity.names.items():
                    self._by_key[key].append(entity)
                    entities_by_form = forms.setdefault(key, {})
                    entities_by_form[name] = entities_by_form.get(name, 0) + 1
        self._names = {key: _most_frequent(names) for key, names in forms.items()}
        """The names by key, each in the form that most entities have."""
        self._relations: defaultdict[str, list[NameRelation]] = defaultdict(list)
        self._roots = self._connected_names()

    def _connected_names(self) -> UnionFind[str]:
        """Connect the names of one entity, and those that may be forms of each other."""
        roots = UnionFind[str]()
        related = RelatedNames()
        for name in reversed(self._names.values()):  # the facts about the last ones are still at hand
            if may_be_related(name):
                for relation in related.add(name):
                    roots.join(relation.short, relation.long)
                    self._relations[relation.short].append(relation)
        for entity in self.entities.values():
            if len(entity.names) > 1 or entity.aliases:
                keys = [*entity.names, *(key for key in entity.crossing_aliases() if key in self._by_key)]
                for first, second in pairwise(keys):
                    roots.join(first, second)
        return roots

    @cached_property
    def components(self) -> Mapping[int, Sequence[str]]:
        """The names that are connected, by the number of their component."""
        components: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            components[self._roots.root(key)].append(key)
        return dict(enumerate(components.values()))

    @cached_property
    def _component_by_key(self) -> Mapping[str, int]:
        return {key: number for number, keys in self.components.items() for key in keys}

    @cached_property
    def counts(self) -> CollectionCounts:
        """What the collection says about its names."""
        documents = {
            document: frozenset(key for entity in appearances for key in entity.names)
            for document, appearances in self._by_document.items()
        }
        personal = ((key, parts) for key, name in self._names.items() if (parts := personal_name(name)) is not None)
        frequency = Counter(key for keys in documents.values() for key in keys)
        shorter = {key: short for key, name in self._names.items() if (short := key_without_middle_names(name))}
        return CollectionCounts(
            collection_size(len(documents)), documents, frequency, self._names, common_names(personal), shorter
        )

    def component_of(self, member: ProfileMember) -> int:
        """Return the component of an entity."""
        return self._component_by_key[next(iter(self.entities[member].names))]

    def lone_entity(self, component: int) -> EntityAppearance | None:
        """Return the entity of a component, or None if it has several."""
        key, *other_keys = self.components[component]
        entity, *other_entities = self._by_key[key]
        return None if other_keys or other_entities else entity

    def entities_of(self, component: int) -> Sequence[EntityAppearance]:
        """Return the entities of a component, sorted."""
        keys = self.components[component]
        members = {entity.member: entity for key in keys for entity in self._by_key[key]}
        return [members[member] for member in sorted(members)]

    def evidence_of(self, component: int) -> ComponentEvidence:
        """Return what the documents say about the entities of a component."""
        relations = [relation for key in self.components[component] for relation in self._relations.get(key, ())]
        return gather_evidence(self.entities_of(component), sorted(relations), self.counts)

    @cached_property
    def _by_text(self) -> Mapping[str, Sequence[ProfileMember]]:
        by_text: defaultdict[str, dict[ProfileMember, None]] = defaultdict(dict)
        for member in sorted(self.entities):
            for text in self.entities[member].texts_elsewhere():
                by_text[text][member] = None
        return {text: tuple(members) for text, members in by_text.items()}

    def with_name(self, name: Name) -> Sequence[ProfileMember]:
        """See `EntityLookup`."""
        members = self._by_text.get(name.text, ())
        labeled = [member for member in members if _has_label(self.entities[member], name)]
        return labeled or members

    def in_document(self, appearance: Appearance) -> ProfileMember | None:
        """See `EntityLookup`."""
        name = appearance.name
        bearers = [
            entity
            for entity in self._by_document.get(appearance.document, ())
            if any(record.text == name.text for record in entity.record.names)
        ]
        labeled = [entity for entity in bearers if _has_label(entity, name)]
        return next((entity.member for entity in labeled or bearers), None)


def _has_label(entity: EntityAppearance, name: Name) -> bool:
    return any((record.text, record.label) == (name.text, name.label) for record in entity.record.names)


def _most_frequent(names: Mapping[CrossingName, int]) -> CrossingName:
    if len(names) == 1:
        return next(iter(names))
    return min(names, key=lambda name: (-names[name], name.text, name.label))
