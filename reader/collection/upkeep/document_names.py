"""Which names the documents of an index have, and what the collection says about each name."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reader.collection.identity.evidence.counts import CollectionCounts
from reader.collection.identity.names.crossing import CrossingName, key_without_middle_names
from reader.collection.storage.collection_storage import CollectionStorage, rows_in_chunks
from reader.collection.upkeep.name_table import NAME_COLUMNS, stored_name

_MOST_DOCUMENTS: Final = 30_000
_MOST_NAMES: Final = 100_000
"""So many documents and names stay in memory, some 30 MB: most documents are needed again and again."""


class _KeysByDocument(Mapping[str, frozenset[str]]):
    """The keys of the names in documents by their digests, put together when they are asked for."""

    def __init__(self) -> None:
        self.names: dict[str, array[int]] = {}
        """The ids of the names in each document."""
        self.keys_by_id: dict[int, str] = {}

    def __getitem__(self, digest: str) -> frozenset[str]:
        return frozenset(map(self.keys_by_id.__getitem__, self.names[digest]))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class DocumentNames:
    """The names of documents, each read once. Valid while the documents of the index stay as they are."""

    def __init__(self, size: int) -> None:
        """Know no document yet.

        Args:
            size: The size of the collection, from `collection_size`.
        """
        self._size = size
        self._forget()

    def _forget(self) -> None:
        # What was returned before stays as it is.
        self._digests: dict[int, str] = {}
        """The digests of the documents by their ids."""
        self._documents = _KeysByDocument()
        self._frequency: dict[str, int] = {}
        self._names: dict[str, CrossingName] = {}
        self._common: set[str] = set()
        self._shorter: dict[str, str] = {}

    def counts(self, storage: CollectionStorage, documents: Iterable[int]) -> CollectionCounts:
        """Return what the collection says about the names in some documents, and maybe in others.

        Args:
            storage: The index.
            documents: The ids of the documents.
        """
        if len(self._digests) > _MOST_DOCUMENTS or len(self._names) > _MOST_NAMES:
            self._forget()
        self._read_documents(storage, [document for document in documents if document not in self._digests])
        return CollectionCounts(self._size, self._documents, self._frequency, self._names, self._common, self._shorter)

    def _read_documents(self, storage: CollectionStorage, documents: Iterable[int]) -> None:
        sql = (
            "SELECT d.id, d.digest, k.name FROM documents d JOIN entities e ON e.document = d.id"
            " JOIN entity_keys k ON k.entity = e.id AND k.role < 2 WHERE d.id IN ({})"
        )
        names: defaultdict[str, set[int]] = defaultdict(set)
        for document, digest, name in rows_in_chunks(storage, sql, documents):
            self._digests[document] = digest
            names[digest].add(name)
        self._read_names(storage, {name for ids in names.values() for name in ids} - self._documents.keys_by_id.keys())
        self._documents.names |= {digest: array("q", ids) for digest, ids in names.items()}

    def _read_names(self, storage: CollectionStorage, names: Iterable[int]) -> None:
        sql = f"SELECT id, documents, common, {NAME_COLUMNS} FROM crossing_names WHERE id IN ({{}})"
        for id, documents, is_common, *columns in rows_in_chunks(storage, sql, sorted(names)):
            name = stored_name(*columns)
            self._documents.keys_by_id[id] = name.key
            self._names[name.key] = name
            self._frequency[name.key] = documents
            if is_common:
                self._common.add(name.key)
            if shorter := key_without_middle_names(name):
                self._shorter[name.key] = shorter
