"""Opens a document that a line of the collection leads to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reader.collection.listing.kept_text import NOT_KEPT, document_in_index, kept_document
from reader.collection.listing.source_state import HAVE_NO_FILE, source_state
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.stored_paths import path_of
from reader.document import Document, DocumentError
from reader.document.standard_input import is_unnamed
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.open_source import document_app, open_loaded, open_source
from reader.ui.screens.collection.collection_access import CollectionAccess

if TYPE_CHECKING:
    from reader.annotate import Store


async def open_indexed_source(
    screen: CommandScreen[Any], collection: CollectionAccess, source: str, offset: int | None
) -> str:
    """Open the document of a source in the index over a screen; the text that was kept if it has no file any more.

    Args:
        screen: The screen.
        collection: The collection.
        source: The source, as the index has it.
        offset: Where to put the cursor; None for where the user left off.

    Returns:
        What went wrong, "" if nothing.
    """
    try:
        document = await collection.ask(partial(_text_without_file, document_app(screen).store, source))
    except DocumentError as error:
        return str(error)
    except CollectionError as error:
        if is_unnamed(source):
            return str(error)
        document = None
    if document is not None:
        return await open_loaded(screen, lambda: document, offset)
    digest = await collection.digest_of(source)
    return await open_source(screen, path_of(source), offset, indexed_digest=digest)


def _text_without_file(store: Store, source: str, storage: CollectionStorage) -> Document | None:
    """Return a document that has no file any more with the text that was kept of it; None if its file is there.

    Raises:
        DocumentError: It came from standard input, and its text was not kept.
    """
    document: Document | None = None
    listed = document_in_index(storage, source)
    if listed is not None and source_state(listed) in HAVE_NO_FILE:
        document = kept_document(store, storage, listed)
    if document is None and is_unnamed(source):
        raise DocumentError(NOT_KEPT)
    return document
