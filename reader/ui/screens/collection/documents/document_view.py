"""The documents of a collection as the screen lists them: read, filtered, sorted, and opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.annotate.loading_choices import load_as_chosen
from reader.collection.listing.document_listing import DocumentListing, document_listing
from reader.collection.listing.document_order import (
    DocumentFilter,
    DocumentOrder,
    parse_document_filter,
    sort_documents,
)
from reader.collection.listing.kept_text import NOT_KEPT, kept_document
from reader.collection.listing.listed_document import ListedDocument
from reader.collection.listing.source_state import HAVE_NO_FILE, source_state
from reader.collection.storage.collection_storage import CollectionError
from reader.display.counted import counted
from reader.document import Document, DocumentError, ManyDocumentsError
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.collection_session import CollectionSession
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.open_source import open_loaded
from reader.ui.screens.collection.collection_access import CollectionAccess
from reader.ui.screens.collection.collection_views import ViewContent, ViewState
from reader.ui.screens.collection.documents.about_document import NOTHING, About, about_document
from reader.ui.screens.collection.documents.document_columns import ColumnText, DocumentColumns
from reader.ui.screens.collection.documents.document_lines import DocumentLines
from reader.ui.screens.collection.documents.source_states import SourceStates, StatesHost
from reader.ui.screens.collection.line_list import ListLine

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.storage.collection_storage import CollectionStorage

_NO_DOCUMENTS = DocumentListing((), (), 0)


class DocumentView:
    """The documents of one collection. It is the table of the list that shows them."""

    def __init__(
        self, host: StatesHost, collection: CollectionAccess, store: Store, session: CollectionSession, keymap: Keymap
    ) -> None:
        self._collection = collection
        self._store = store
        self._session = session
        self._keymap = keymap
        self.states = SourceStates(host, collection, store)
        self._listing = _NO_DOCUMENTS
        self.problem = ""
        """Why the index cannot be read, "" if it can."""
        self._columns = DocumentColumns()
        self._order = DocumentOrder.OPENED
        self._is_outdated = True

    @property
    def listing(self) -> DocumentListing:
        """The documents as they were read last, without those that were forgotten since."""
        return self._listing.with_documents(self._session.without_forgotten(self._listing.documents))

    def read_again(self) -> None:
        """Read the documents again when they are shown next."""
        self._is_outdated = True

    async def content(self, state: ViewState) -> ViewContent:
        """Return the lines to show.

        Raises:
            ValueError: The filter is invalid. The message says why.
        """
        condition = parse_document_filter(state.text)
        if self._is_outdated or self._listing.total > len(self._listing.documents):
            self._listing, self.problem = await run_in_thread(self._read, condition)
            self._columns = await run_in_thread(DocumentColumns, (*self._listing.documents, *self._listing.samples))
            self.states.look_again()
            self._is_outdated = False
        self._order = tuple(DocumentOrder)[state.order]
        listing = self.listing
        documents = await run_in_thread(self._arranged, listing, condition, self._order, state.is_reversed)
        return ViewContent(DocumentLines(documents), _total(listing, documents, condition), self._advice(state))

    def has_documents(self) -> bool:
        """Return whether the collection has documents of the user, not only samples."""
        return bool(self.listing.documents)

    def about(self, line: ListLine | None) -> About:
        """Return what to say about the document of a line."""
        document = document_of(line)
        if document is None:
            return NOTHING
        state, problem = self.states.of(document), self.states.problem_of(document)
        return about_document(document, state, problem, self._keymap, has_text=self.states.has_text(document))

    async def open(self, screen: CommandScreen[Any], document: ListedDocument) -> str:
        """Open a document over a screen, and return when it is left: a message, "" if all went well."""
        digest = document.indexed_digest if not document.opened else ""
        problem = await open_loaded(screen, partial(self._load, document), indexed_digest=digest)
        self.states.note(document.source, problem)
        return problem

    # The table

    def headings(self, width: int) -> Sequence[ColumnText]:
        """Return the headings of the columns."""
        return self._columns.heading_row(width, self._order)

    def row(self, line: ListLine, width: int) -> Sequence[ColumnText]:
        """Return the columns of a document."""
        document = document_of(line)
        return self._columns.document_row(document, self.states.of(document), width) if document is not None else ()

    # In another thread

    def _read(self, condition: DocumentFilter) -> tuple[DocumentListing, str]:
        """Return the documents, and why those of the index are missing."""
        read = partial(document_listing, self._store, with_opened=self._collection.is_default, condition=condition)
        try:
            return self._with_index(read), ""
        except CollectionError as error:
            return read(None), str(error)

    def _with_index(self, function: Callable[[CollectionStorage | None], Any]) -> Any:
        if not self._collection.exists:
            return function(None)
        storage = self._collection.open()
        try:
            return function(storage)
        finally:
            storage.close()

    def _arranged(
        self, listing: DocumentListing, condition: DocumentFilter, order: DocumentOrder, is_reversed: bool
    ) -> list[ListedDocument]:
        listed = [*sort_documents(listing.documents, order, is_reversed=is_reversed), *listing.samples]
        if not (condition.words or condition.statuses):
            return listed
        state_of = self._state_of if condition.asks_for_files else lambda _: ""
        return [document for document in listed if condition.accepts(document, state_of(document))]

    def _state_of(self, document: ListedDocument) -> str:
        """Return what is known of the state of a source, or else at least whether it can be read."""
        return self.states.known(document) or str(source_state(document) or "")

    def _load(self, document: ListedDocument) -> Document:
        """Load a document, from the text that was kept of it if it has no file any more.

        Raises:
            DocumentError: It cannot be loaded.
        """
        try:
            if document.is_unnamed:
                raise DocumentError(NOT_KEPT)
            return load_as_chosen(document.source, self._store)
        except ManyDocumentsError:
            raise
        except DocumentError:
            if source_state(document) not in HAVE_NO_FILE:
                raise
            document_without_file: Document | None = None
            with suppress(CollectionError):
                document_without_file = self._with_index(partial(kept_document, self._store, document=document))
            if document_without_file is None:
                raise
            return document_without_file

    # Words

    def _advice(self, state: ViewState) -> str:
        """Return what to say if there are no lines."""
        key_of = self._keymap.key_of
        if state.text:
            change, clear = key_of("collection-filter"), key_of("cancel")
            return f"No document matches “{state.text}”: {change} changes the filter, {clear} clears it."
        return f"The collection is empty: {key_of('collection-add')} adds a file, a folder or an address."


def document_of(line: ListLine | None) -> ListedDocument | None:
    """Return the document of a line, None if it has none."""
    return line.item if line is not None and isinstance(line.item, ListedDocument) else None


def _total(listing: DocumentListing, documents: Sequence[ListedDocument], condition: DocumentFilter) -> str:
    """Return how many documents are listed, of how many, and how many of them are decided."""
    own = [document for document in documents if not document.sample]
    decided = sum(document.is_decided for document in own)
    count = counted(len(own), "document")
    if condition.words or condition.statuses:
        count = f"{len(own):,} of {counted(listing.total, 'document')}"
    elif listing.total > len(listing.documents):
        count = f"the first {len(own):,} of {listing.total:,} documents"
    return f"{count}, {decided:,} decided" if decided else count
