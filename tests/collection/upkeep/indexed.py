"""The profiles in an index, and how documents and decisions change them, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from reader.annotate.decisions import Decision
from reader.collection.document_record import DocumentRecord, EntityRecord
from reader.collection.identity.profiles import Profiles
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.upkeep.profile_update import LiveProfiles

Snapshot = tuple[dict[str, tuple[object, ...]], dict[tuple[str, str], str], dict[tuple[str, str], tuple[object, ...]]]
"""The names and numbers of profiles by id, the profile of each entity, and what is suggested for pairs of profiles."""


def write_entities(storage: CollectionStorage, records: Iterable[EntityRecord]) -> None:
    """Write entities as documents without texts. Each entity is mentioned as often as its names say."""
    by_document = attrgetter("document")
    with storage.transaction():
        writer = IndexWriter(storage)
        for digest, entities in groupby(sorted(records, key=by_document), by_document):
            document = DocumentRecord(digest, "", digest, "", "", "2021-03-04", digest, "", (), tuple(entities))
            writer.save(document, digest, "test", 0, replace=True)


def remove_documents(storage: CollectionStorage, digests: Iterable[str]) -> None:
    """Remove documents that `write_entities` wrote."""
    with storage.transaction():
        IndexWriter(storage).remove_sources(list(digests))


def stored_profiles(storage: CollectionStorage) -> Snapshot:
    """Return the profiles in an index. Every row must belong to others that are there."""
    profiles = {
        key: values for key, *values in storage.rows("SELECT key, name, label, documents FROM profiles ORDER BY id")
    }
    entities = storage.rows(
        "SELECT d.digest, e.number, p.key FROM entities e JOIN documents d ON d.id = e.document"
        " LEFT JOIN profiles p ON p.id = e.profile"
    )
    suggestions = storage.rows(
        "SELECT pa.key, pb.key, s.rule, s.score, s.name_a, s.name_b, s.shared, da.digest, ea.number, db.digest,"
        " eb.number FROM suggestions s LEFT JOIN profiles pa ON pa.id = s.a LEFT JOIN profiles pb ON pb.id = s.b"
        " LEFT JOIN entities ea ON ea.id = s.entity_a LEFT JOIN documents da ON da.id = ea.document"
        " LEFT JOIN entities eb ON eb.id = s.entity_b LEFT JOIN documents db ON db.id = eb.document"
    )
    by_pair = {(a, b): tuple(values) for a, b, *values in suggestions}
    assert len(by_pair) == len(suggestions)
    assert all(None not in (*pair, *values) for pair, values in by_pair.items())
    by_entity = {(digest, number): key for digest, number, key in entities}
    assert {*by_entity.values()} == profiles.keys()
    return {key: tuple(values) for key, values in profiles.items()}, by_entity, by_pair


def expected_profiles(built: Profiles) -> Snapshot:
    """Return profiles that were built in memory as an index has them."""
    return (
        {
            profile.id: (profile.name, profile.label, len({member.document for member in profile.members}))
            for profile in built.profiles
        },
        {(member.document, member.entity): profile.id for profile in built.profiles for member in profile.members},
        {
            (item.a, item.b): (
                *(str(item.rule), item.score, *item.names, "; ".join(item.shared)),
                *(value for member in item.members for value in member),
            )
            for item in built.suggestions
        },
    )


class KeptProfiles:
    """An index in a file, with profiles that follow its documents and decisions."""

    def __init__(self, folder: Path) -> None:
        self.storage = SqliteIndex.open(folder / "kept.sqlite", create=True)
        self.live = LiveProfiles()

    def update(
        self, added: Iterable[EntityRecord] = (), removed: Iterable[str] = (), decisions: Sequence[Decision] = ()
    ) -> Snapshot:
        """Remove and add documents, replace the decisions, and return the profiles."""
        remove_documents(self.storage, removed)
        write_entities(self.storage, added)
        self.live.follow(self.storage, decisions)
        return stored_profiles(self.storage)

    def forget(self) -> None:
        """Keep nothing in memory, like a program that was started again."""
        self.live = LiveProfiles()
