"""Write records of documents to an index. The same for every database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from reader.collection.descriptions import Description
from reader.collection.document_record import DocumentRecord, EntityRecord
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.storage.profile_state import mark_profiles_outdated
from reader.collection.storage.search_phrase import fold
from reader.document.metadata.calendar_days import calendar_day

_TABLES_OF_ENTITY: Final = ("entity_keys", "entity_contexts", "entity_names")
_TABLES_OF_DOCUMENT: Final = ("mentions", "dates", "entities")


class IndexWriter:
    """Writes documents, and notes that the profiles no longer agree with them.

    Call every method within a transaction.
    """

    def __init__(self, storage: CollectionStorage) -> None:
        self._storage = storage
        self._next_ids = {table: self._highest_id(table) + 1 for table in ("documents", "entities", "names")}

    def save(
        self, record: DocumentRecord, file: str, recognized_by: str, decisions: int, *, replace: bool = False
    ) -> int:
        """Write a document, unless it is there already, and that its source has its text. Return its id.

        Args:
            record: The document.
            file: The path of its file, or of the container that it is in.
            recognized_by: What found the names; another value means that they must be found again.
            decisions: The length of the log of its decisions.
            replace: Whether to write it again even if it is there already.
        """
        rows = self._storage.rows(
            "SELECT id, recognized_by, decisions FROM documents WHERE digest = ?", (record.digest,)
        )
        if rows and rows[0][1:] == (recognized_by, decisions) and not replace:
            document = int(rows[0][0])
        else:
            document = int(rows[0][0]) if rows else self._new_id("documents")
            if rows:
                self._remove_documents([document])
            self._insert(document, record, recognized_by, decisions)
        self._set_source(record.source, file, document)
        return document

    def save_file(self, path: str, mtime: int, size: int, digest: str, sources: Iterable[str]) -> None:
        """Write that every document of a file is in the index, and remove those that the file no longer has.

        Args:
            path: The path of the file.
            mtime: When the file was changed, in nanoseconds.
            size: The size of the file in bytes.
            digest: The digest of its bytes.
            sources: The sources of its documents.
        """
        current = set(sources)
        rows = self._storage.rows("SELECT source FROM sources WHERE file = ?", (path,))
        self.remove_sources([row[0] for row in rows if row[0] not in current])
        self._storage.rows(
            "INSERT INTO files (path, mtime, size, digest) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
            " SET mtime = excluded.mtime, size = excluded.size, digest = excluded.digest",
            (path, mtime, size, digest),
        )

    def remove_file(self, path: str) -> None:
        """Remove a file and its documents."""
        self.remove_sources(
            [row[0] for row in self._storage.rows("SELECT source FROM sources WHERE file = ?", (path,))]
        )
        self._storage.rows("DELETE FROM files WHERE path = ?", (path,))

    def remove_sources(self, sources: Sequence[str]) -> None:
        """Remove sources, and the documents that have no other one."""
        for source in sources:
            for (document,) in self._storage.rows("SELECT document FROM sources WHERE source = ?", (source,)):
                self._storage.rows("DELETE FROM sources WHERE source = ?", (source,))
                self._remove_unused(document)

    def remove_unused_names(self) -> None:
        """Remove the names that no entity has any more."""
        self._storage.rows("DELETE FROM names WHERE id NOT IN (SELECT name FROM entity_names)")

    def _set_source(self, source: str, file: str, document: int) -> None:
        rows = self._storage.rows("SELECT document FROM sources WHERE source = ?", (source,))
        self._storage.rows(
            "INSERT INTO sources (source, file, document) VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE"
            " SET file = excluded.file, document = excluded.document",
            (source, file, document),
        )
        if rows and rows[0][0] != document:
            self._remove_unused(rows[0][0])

    def _remove_unused(self, document: int) -> None:
        if not self._storage.rows("SELECT 1 FROM sources WHERE document = ? LIMIT 1", (document,)):
            self._remove_documents([document])

    def _remove_documents(self, documents: Sequence[int]) -> None:
        storage, keys = self._storage, [(document,) for document in documents]
        mark_profiles_outdated(storage)
        storage.remove_texts(documents)
        entities = "SELECT id FROM entities WHERE document = ?"
        storage.execute_many(
            "UPDATE crossing_names SET documents = documents - 1, changed = 1"
            f" WHERE id IN (SELECT name FROM entity_keys WHERE role < 2 AND entity IN ({entities}))",
            keys,
        )
        for table in _TABLES_OF_ENTITY:
            storage.execute_many(f"DELETE FROM {table} WHERE entity IN ({entities})", keys)
        for table in _TABLES_OF_DOCUMENT:
            storage.execute_many(f"DELETE FROM {table} WHERE document = ?", keys)
        storage.execute_many("DELETE FROM texts WHERE document = ?", keys)
        storage.execute_many("DELETE FROM documents WHERE id = ?", keys)

    def _insert(self, document: int, record: DocumentRecord, recognized_by: str, decisions: int) -> None:
        storage = self._storage
        mark_profiles_outdated(storage)
        storage.rows(
            "INSERT INTO documents (id, digest, title, author, date, day, model, recognized_by, decisions, note,"
            " length, mentions, decided) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document, record.digest, record.title, record.author, record.date, calendar_day(record.date)),
                *(record.model, recognized_by, decisions, record.note, len(record.text), len(record.mentions)),
                sum(mention.decided for mention in record.mentions),
            ),
        )
        storage.rows("INSERT INTO texts (document, text) VALUES (?, ?)", (document, record.text))
        storage.add_text(document, record.text)
        names = self._name_ids(record)
        ids = {entity.id: self._new_id("entities") for entity in record.entities}
        counts = dict.fromkeys(ids, 0)
        for mention in record.mentions:
            if mention.entity in counts:
                counts[mention.entity] += 1
        storage.execute_many(
            "INSERT INTO entities (id, document, number, name, label, mentions, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(ids[entity.id], document, entity.id, entity.name, entity.label),
                    *(counts[entity.id], _detail(entity)),
                )
                for entity in record.entities
            ],
        )
        storage.execute_many(
            "INSERT INTO entity_names (entity, name, mentions, position) VALUES (?, ?, ?, ?)",
            [
                (ids[entity.id], names[name.text, name.label], name.mentions, position)
                for entity in record.entities
                for position, name in enumerate(entity.names)
            ],
        )
        storage.execute_many(
            "INSERT INTO mentions (document, start_offset, end_offset, label, entity, origin, decided, paragraph,"
            " sentence_start, sentence_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(document, mention.start, mention.end, mention.label, ids.get(mention.entity, 0), mention.origin),
                    *(int(mention.decided), mention.paragraph, mention.sentence_start, mention.sentence_end),
                )
                for mention in record.mentions
            ],
        )
        storage.execute_many(
            "INSERT INTO dates (document, start_offset, end_offset, day, sentence_start) VALUES (?, ?, ?, ?, ?)",
            [(document, date.start, date.end, date.day, date.sentence_start) for date in record.dates],
        )

    def _name_ids(self, record: DocumentRecord) -> dict[tuple[str, str], int]:
        """Return the ids of the names of a document, and write those that are new."""
        names = list(dict.fromkeys((name.text, name.label) for entity in record.entities for name in entity.names))
        texts = [text for text, _ in names]
        rows = rows_in_chunks(self._storage, "SELECT id, text, label FROM names WHERE text IN ({})", texts)
        ids: dict[tuple[str, str], int] = {(text, label): id for id, text, label in rows}
        new_names = [name for name in names if name not in ids]
        ids |= {name: self._new_id("names") for name in new_names}
        self._storage.execute_many(
            "INSERT INTO names (id, text, label, folded) VALUES (?, ?, ?, ?)",
            [(ids[text, label], text, label, fold(text)) for text, label in new_names],
        )
        return ids

    def _highest_id(self, table: str) -> int:
        return int(self._storage.rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0])

    def _new_id(self, table: str) -> int:
        self._next_ids[table] += 1
        return self._next_ids[table] - 1


def _detail(entity: EntityRecord) -> str:
    """Return the parts of an entity that no query looks for, as JSON."""
    fields = {
        "links": entity.links,
        "related": entity.related,
        "description": entity.description if entity.description != Description() else None,
        "notes": entity.notes,
        "tags": entity.tags,
        "answers": entity.answers,
        "stories": entity.stories,
    }
    return json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False, separators=(",", ":"))
