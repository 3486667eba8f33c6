"""Forgets documents: takes them out of a collection. What the user decided about them stays in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.annotate import GENERAL_DOCUMENT
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.storage.stored_paths import indexed_paths, storable
from reader.collection.upkeep.profile_update import update_profiles

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.listing.listed_document import ListedDocument
    from reader.collection.storage.collection_storage import CollectionStorage

WHAT_STAYS: Final = "annotations and files stay"
"""What forgetting leaves as it is, for messages."""


def forget_documents(
    store: Store, storage: CollectionStorage | None, documents: Sequence[ListedDocument], *, with_opened: bool
) -> None:
    """Take documents out of a collection: out of its index, and out of what was opened.

    Decisions, notes, reading positions and the texts that they are about stay in the store, and count when a document
    is opened again. Its file stays, too. A document below a folder that was indexed returns when that folder is
    indexed again.

    Args:
        store: What was opened.
        storage: The index of the collection, None if it has none.
        documents: The documents.
        with_opened: Whether everything that was opened belongs to the collection: to the default one.

    Raises:
        CollectionError: The index cannot be written, or another process writes it. Nothing was forgotten.
    """
    if storage is not None:
        _remove_from_index(store, storage, documents)
    if with_opened:
        store.forget((document.digest, document.source) for document in documents)


def forget_paths(storage: CollectionStorage, paths: Sequence[str]) -> list[str]:
    """Stop looking at files, folders, patterns and addresses when an index is brought up to date.

    Args:
        storage: The index.
        paths: They as absolute paths or addresses.

    Returns:
        Those that had been indexed.

    Raises:
        CollectionError: The index cannot be written, or another process writes it.
    """
    looked_at = set(indexed_paths(storage))
    forgotten = [path for path in dict.fromkeys(paths) if path in looked_at]
    if forgotten:
        with storage.lock(), storage.transaction():
            for path in forgotten:
                storage.rows("DELETE FROM roots WHERE path = ?", (storable(path),))
    return forgotten


def _remove_from_index(store: Store, storage: CollectionStorage, documents: Sequence[ListedDocument]) -> None:
    """Remove documents from an index, with every source that has their texts, also if they are there only lately."""
    with storage.lock(), storage.transaction():
        writer, has_removed = IndexWriter(storage), False
        for document in documents:
            rows = storage.rows(
                "SELECT s.source FROM sources s JOIN documents d ON d.id = s.document WHERE d.digest IN (?, ?)",
                (document.digest, document.indexed_digest),
            )
            own_rows = storage.rows("SELECT source FROM sources WHERE source = ?", (document.source,))
            has_removed = has_removed or bool(rows or own_rows)
            sources = {storable(document.source), *(row[0] for row in rows)}
            writer.remove_sources(sorted(sources))
            for source in sources:
                storage.rows("DELETE FROM files WHERE path = ?", (source,))
                storage.rows("DELETE FROM roots WHERE path = ?", (source,))
        if has_removed:
            update_profiles(storage, store.history(GENERAL_DOCUMENT).decisions)
