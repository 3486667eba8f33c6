"""The entities of a collection, by document, by the names that cross documents and by the names that do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from reader.annotate.decisions.appearances import Appearance
from reader.collection.document_record import EntityRecord
from reader.collection.identity.evidence.appearance import EntityAppearance, appearances_of
from reader.collection.identity.evidence.counts import CollectionCounts
from reader.collection.identity.evidence.crossing import NameKind
from reader.collection.identity.evidence.name_relations import RelatedNames
from reader.collection.identity.profiles import ProfileMember
from reader.resolve import Name

_NO_MEMBERS: Mapping[ProfileMember, None] = {}


class EntityIndex:
    """The entities of a collection and the names that connect them."""

    def __init__(self) -> None:
        self.entities: dict[ProfileMember, EntityAppearance] = {}
        self.counts = CollectionCounts()
        self.related = RelatedNames()
        self._by_document: dict[str, tuple[ProfileMember, ...]] = {}
        self._by_key: defaultdict[str, dict[ProfileMember, None]] = defaultdict(dict)
        self._with_several: defaultdict[str, dict[ProfileMember, None]] = defaultdict(dict)
        """By each of their names: the entities with several names, which connect them."""
        self._by_alias: defaultdict[str, dict[ProfileMember, None]] = defaultdict(dict)
        self._by_name: defaultdict[str, dict[ProfileMember, None]] = defaultdict(dict)
        """By surface form: the entities that other documents may know by it."""

    def __contains__(self, key: str) -> bool:
        return bool(self._by_key.get(key))

    def add(self, document: str, records: Iterable[EntityRecord]) -> set[str]:
        """Add a document. Return the keys of its names."""
        appearances = appearances_of(records)
        self._by_document[document] = tuple(entity.member for entity in appearances)
        keys: set[str] = set()
        for entity in appearances:
            member = entity.member
            self.entities[member] = entity
            for key, name in entity.names.items():
                keys.add(key)
                if not self._by_key[key]:
                    self.related.add(name)
                self._by_key[key][member] = None
            for key in _crossing_aliases(entity):
                self._by_alias[key][member] = None
            for text in _names_by_which_known(entity):
                self._by_name[text][member] = None
            if len(entity.names) > 1 or entity.aliases:
                for key in entity.names:
                    self._with_several[key][member] = None
        self.counts.add(document, appearances)
        return keys

    def remove(self, document: str) -> set[str]:
        """Remove a document. Return the keys of its names."""
        self.counts.remove(document)
        keys: set[str] = set()
        for member in self._by_document.pop(document, ()):
            entity = self.entities.pop(member)
            for key, name in entity.names.items():
                keys.add(key)
                del self._by_key[key][member]
                if not self._by_key[key]:
                    del self._by_key[key]
                    self.related.remove(name)
            if len(entity.names) > 1 or entity.aliases:
                for key in entity.names:
                    self._with_several[key].pop(member, None)
            for key in _crossing_aliases(entity):
                self._by_alias[key].pop(member, None)
            for text in _names_by_which_known(entity):
                self._by_name[text].pop(member, None)
        return keys

    def documents(self) -> Collection[str]:
        """Return the digests of the documents."""
        return self._by_document.keys()

    def members_of(self, document: str) -> tuple[ProfileMember, ...]:
        """Return the entities of a document."""
        return self._by_document.get(document, ())

    def forms_in(self, document: str) -> set[str]:
        """Return the surface forms by which other documents may know the entities of a document."""
        return {text for member in self.members_of(document) for text in _names_by_which_known(self.entities[member])}

    def with_key(self, key: str) -> Collection[ProfileMember]:
        """Return the entities that have a name which crosses documents."""
        return self._by_key.get(key, _NO_MEMBERS).keys()

    def neighbors(self, key: str) -> set[str]:
        """Return the keys of other names that share an entity with a name, or may be another form of it."""
        keys = set(self.related.of(key))
        for member in self._with_several.get(key, ()):
            entity = self.entities[member]
            keys |= entity.names.keys()
            keys |= {alias for alias in _crossing_aliases(entity) if alias in self._by_key}
        for member in self._by_alias.get(key, ()):
            keys |= self.entities[member].names.keys()
        keys.discard(key)
        return keys

    def with_name(self, name: Name) -> list[ProfileMember]:
        """Return the entities, sorted, that other documents may know by a name, with its label if there are any."""
        members = sorted(self._by_name.get(name.text, ()))
        labeled = [member for member in members if _has_label(self.entities[member], name)]
        return labeled or members

    def in_document(self, appearance: Appearance) -> ProfileMember | None:
        """Return the entity that has a name in a document, with its label if possible."""
        name = appearance.name
        members = [
            member
            for member in self._by_document.get(appearance.document, ())
            if any(record.text == name.text for record in self.entities[member].record.names)
        ]
        return next(
            (member for member in members if _has_label(self.entities[member], name)), next(iter(members), None)
        )


def _has_label(entity: EntityAppearance, name: Name) -> bool:
    return any((record.text, record.label) == (name.text, name.label) for record in entity.record.names)


def _crossing_aliases(entity: EntityAppearance) -> list[str]:
    """Return the keys of the aliases by which a document that has no longer name may know an entity."""
    if not entity.aliases:
        return []
    return [
        key
        for key, alias in entity.aliases.items()
        if alias.kind is NameKind.ACRONYM or (alias.kind is NameKind.PROPER and alias.label == "ORG")
    ]


def _names_by_which_known(entity: EntityAppearance) -> list[str]:
    """Return the surface forms of an entity except those of short forms."""
    if not entity.aliases:
        return [record.text for record in entity.record.names]
    short = {alias.text for alias in entity.aliases.values() if alias.kind >= NameKind.GENERIC}
    return [record.text for record in entity.record.names if record.text not in short]
