"""Opens a document that a line of the collection leads to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reader.collection.listing.kept_text import kept_document
from reader.collection.listing.listed_document import UNNAMED, ListedDocument
from reader.collection.queries.document_list import indexed_document
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.stored_paths import path_of
from reader.document import Document, DocumentError
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.open_source import document_app, open_loaded, open_source
from reader.ui.screens.collection.collection_access import CollectionAccess

if TYPE_CHECKING:
    from reader.annotate import Store


async def open_indexed_source(
    screen: CommandScreen[Any], collection: CollectionAccess, source: str, offset: int | None
) -> str:
    """Open the document of a source in the index over a screen; what came from standard input, as it was kept.

    Args:
        screen: The screen.
        collection: The collection.
        source: The source, as the index has it.
        offset: Where to put the cursor; None for where the user left off.

    Returns:
        What went wrong, "" if nothing.
    """
    if source not in UNNAMED:
        digest = await collection.digest_of(source)
        return await open_source(screen, path_of(source), offset, indexed_digest=digest)
    try:
        document = await collection.ask(partial(_kept, document_app(screen).store, source))
    except (CollectionError, DocumentError) as error:
        return str(error)
    return await open_loaded(screen, lambda: document, offset)


def _kept(store: Store, source: str, storage: CollectionStorage) -> Document:
    """Return a document with the text that was kept of it.

    Raises:
        DocumentError: None was.
    """
    indexed = indexed_document(storage, source)
    document: Document | None = None
    if indexed is not None:
        facts = (indexed.source, indexed.title, indexed.digest, indexed.author)
        listed = ListedDocument(*facts, date=indexed.date, indexed_digest=indexed.digest)
        document = kept_document(store, storage, listed)
    if document is None:
        raise DocumentError("this came from standard input, and its text was not kept")
    return document
