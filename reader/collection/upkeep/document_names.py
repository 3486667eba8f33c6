"""Which names the documents of an index have, and what the collection says about each name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from reader.collection.identity.evidence.counts import CollectionCounts
from reader.collection.identity.evidence.crossing import CrossingName, key_without_middle_names
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.upkeep.name_table import NAME_COLUMNS, stored_name
from reader.structures.named_tuple import NamedTuple

_MOST_DOCUMENTS: Final = 30_000
_MOST_NAMES: Final = 100_000
"""So many documents and names stay in memory, some 30 MB: most documents are needed again and again."""


class _CountedName(NamedTuple):
    """A name, and what the collection says about it."""

    name: CrossingName
    documents: int
    """How many documents have it."""
    is_common: bool
    shorter: str
    """What `key_without_middle_names` returns."""


class DocumentNames:
    """The names of documents, each read once. Valid while the documents of the index stay as they are."""

    def __init__(self, size: int) -> None:
        """Know no document yet.

        Args:
            size: The size of the collection, from `collection_size`.
        """
        self._size = size
        self._documents: dict[int, tuple[str, tuple[int, ...]]] = {}
        """The digest of each document, and the ids of its names."""
        self._names: dict[int, _CountedName] = {}

    def counts(self, storage: CollectionStorage, documents: Iterable[int]) -> CollectionCounts:
        """Return what the collection says about the names in some documents.

        Args:
            storage: The index.
            documents: The ids of the documents.
        """
        document_ids = list(documents)
        if len(self._documents) > _MOST_DOCUMENTS or len(self._names) > _MOST_NAMES:
            self._documents.clear()
            self._names.clear()
        self._read_documents(storage, [document for document in document_ids if document not in self._documents])
        names = {name for document in document_ids for name in self._documents[document][1]}
        self._read_names(storage, names - self._names.keys())
        counted = {name: self._names[name] for name in names}
        return CollectionCounts(
            self._size,
            {
                digest: frozenset(counted[name].name.key for name in ids)
                for digest, ids in map(self._documents.__getitem__, document_ids)
            },
            {item.name.key: item.documents for item in counted.values()},
            {item.name.key: item.name for item in counted.values()},
            {item.name.key for item in counted.values() if item.is_common},
            {item.name.key: item.shorter for item in counted.values() if item.shorter},
        )

    def _read_documents(self, storage: CollectionStorage, documents: Iterable[int]) -> None:
        sql = (
            "SELECT d.id, d.digest, k.name FROM documents d JOIN entities e ON e.document = d.id"
            " JOIN entity_keys k ON k.entity = e.id AND k.role < 2 WHERE d.id IN ({})"
        )
        names: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        for document, digest, name in rows_in_chunks(storage, sql, documents):
            names[document, digest].add(name)
        self._documents |= {document: (digest, tuple(ids)) for (document, digest), ids in names.items()}

    def _read_names(self, storage: CollectionStorage, names: Iterable[int]) -> None:
        sql = f"SELECT id, documents, common, {NAME_COLUMNS} FROM crossing_names WHERE id IN ({{}})"
        for id, documents, common, *columns in rows_in_chunks(storage, sql, sorted(names)):
            name = stored_name(*columns)
            self._names[id] = _CountedName(name, documents, bool(common), key_without_middle_names(name))
