"""Finds the entities of an index that the user's decisions are about. See `EntityLookup`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.annotate.decisions.appearances import Appearance
from reader.collection.identity.profiles import ProfileMember
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.resolve import Name


class StoredEntityLookup:
    """Finds entities in an index."""

    def __init__(self, storage: CollectionStorage) -> None:
        self._storage = storage

    def with_name(self, name: Name) -> Sequence[ProfileMember]:
        """See `EntityLookup`."""
        rows = self._storage.rows(
            "SELECT d.digest, e.number, n.label FROM names n JOIN entity_names en ON en.name = n.id AND en.short = 0"
            " JOIN entities e ON e.id = en.entity JOIN documents d ON d.id = e.document WHERE n.text = ?",
            (name.text,),
        )
        members = sorted({ProfileMember(digest, number) for digest, number, _ in rows})
        labeled = sorted({ProfileMember(digest, number) for digest, number, label in rows if label == name.label})
        return labeled or members

    def in_document(self, appearance: Appearance) -> ProfileMember | None:
        """See `EntityLookup`."""
        name = appearance.name
        # The expression keeps SQLite from looking at all entities that have the name.
        rows = self._storage.rows(
            "SELECT e.number, n.label FROM documents d JOIN entities e ON e.document = d.id"
            " JOIN entity_names en ON en.entity = e.id JOIN names n ON n.id = en.name"
            " WHERE d.digest = ? AND n.text || '' = ? AND EXISTS (SELECT 1 FROM entity_keys k WHERE k.entity = e.id)"
            " ORDER BY e.id",
            (appearance.document, name.text),
        )
        numbers = [number for number, label in rows if label == name.label] or [number for number, _ in rows]
        return ProfileMember(appearance.document, numbers[0]) if numbers else None


def components_of(storage: CollectionStorage, members: Iterable[ProfileMember]) -> dict[ProfileMember, int]:
    """Return the components of entities. Those that are gone are left out."""
    bound_members = {*members}
    sql = (
        "SELECT d.digest, e.number, c.component FROM documents d JOIN entities e ON e.document = d.id"
        " JOIN entity_keys k ON k.entity = e.id AND k.role < 2 JOIN crossing_names c ON c.id = k.name"
        " WHERE d.digest IN ({})"
    )
    rows = rows_in_chunks(storage, sql, sorted({member.document for member in bound_members}))
    return {
        member: component
        for digest, number, component in rows
        if (member := ProfileMember(digest, number)) in bound_members
    }
