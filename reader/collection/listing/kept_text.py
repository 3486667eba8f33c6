"""Opens a document without its file, from the text that the store or the index has kept."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from reader.collection.listing.listed_document import ListedDocument
from reader.collection.queries.document_list import indexed_document, indexed_text
from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.index_files import collection_names
from reader.document import Document, DocumentError
from reader.document.loaders.plain import plain_blocks
from reader.document.sanitize import one_line
from reader.document.standard_input import STANDARD_INPUT

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.storage.collection_storage import CollectionStorage

_NOTICE: Final = "the file is gone: this is the text that was kept, without headings and links"
_PIPED_NOTICE: Final = "this came from standard input: it is the text that was kept, without headings and links"


NOT_KEPT: Final = "this came from standard input, and its text was not kept"
"""Why a text from standard input cannot be opened."""


def kept_document(store: Store, storage: CollectionStorage | None, document: ListedDocument) -> Document | None:
    """Return a document with the text that was kept of it, so that its decisions hold; None if no text was.

    Args:
        store: It keeps the texts of documents with decisions.
        storage: The index, which keeps the text of each of its documents; None if there is none.
        document: The document.
    """
    text = store.text_of(document.digest)
    if text is None and storage is not None and document.indexed_digest == document.digest:
        text = indexed_text(storage, document.digest)
    if text is None:
        return None
    is_piped = document.is_unnamed
    digests = store.file_digests(document.source) if not is_piped else frozenset()
    return Document(
        text,
        plain_blocks(text),
        document.title,
        STANDARD_INPUT if is_piped else document.source,
        date=document.date,
        author=document.author,
        file_digest=next(iter(digests)) if len(digests) == 1 else "",
        notices=(_PIPED_NOTICE if is_piped else _NOTICE,),
    )


def document_in_index(storage: CollectionStorage, source: str) -> ListedDocument | None:
    """Return the document of a source as the index knows it, None if it is not there."""
    indexed = indexed_document(storage, source)
    if indexed is None:
        return None
    facts = (indexed.source, indexed.title, indexed.digest, indexed.author)
    return ListedDocument(*facts, date=indexed.date, indexed_digest=indexed.digest)


def piped_document(store: Store, source: str) -> Document:
    """Return a text from standard input that some collection has kept.

    Args:
        store: It keeps the texts of documents with decisions.
        source: The source, `stdin://…`.

    Raises:
        DocumentError: No collection has kept it.
    """
    from reader.collection.storage.open_index import open_index

    for name in collection_names():
        with suppress(CollectionError), closing(open_index(name)) as storage:
            listed = document_in_index(storage, source)
            document = kept_document(store, storage, listed) if listed is not None else None
            if document is not None:
                return document
    raise DocumentError(f"{one_line(source)}: {NOT_KEPT}")
