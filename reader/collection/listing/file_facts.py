"""What the store and the index know of the file of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.collection.listing.source_state import FileFacts
from reader.collection.queries.document_list import indexed_file
from reader.collection.storage.collection_storage import CollectionError
from reader.document.loading import split_address

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.listing.listed_document import ListedDocument
    from reader.collection.storage.collection_storage import CollectionStorage


def file_facts(store: Store, storage: CollectionStorage | None, document: ListedDocument) -> FileFacts:
    """Return what is known of the file of a document.

    Args:
        store: It knows the bytes that a file had when it was opened; not those of a file of many documents.
        storage: It knows the bytes that the file had when it was indexed; None if there is no index.
        document: The document.
    """
    path, *members = split_address(document.source)
    digests = frozenset[str]() if members else store.file_digests(document.source)
    row = None
    if storage is not None and document.indexed_digest:
        try:
            row = indexed_file(storage, path)
        except CollectionError:
            row = None
    if row is None:
        return FileFacts(digests)
    mtime, size, digest = row
    return FileFacts(digests | {digest} - {""}, mtime, size)
