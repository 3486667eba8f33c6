"""Finds out in another thread whether the files of the documents in view are there, and as they were."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from textual.worker import Worker

from reader.collection.listing.file_facts import file_facts
from reader.collection.listing.listed_document import ListedDocument
from reader.collection.listing.source_state import HAVE_NO_FILE, source_state
from reader.collection.storage.collection_storage import CollectionError
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.screens.collection.collection_access import CollectionAccess

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.storage.collection_storage import CollectionStorage

FAILED: Final = "failed"
"""The state of a document that could not be opened the last time."""


class StatesHost(Protocol):
    """The screen that shows the states."""

    def run_worker(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> Worker[None]:
        """Start work in the background."""

    def show_states(self) -> None:
        """Show the states that are known now."""


class SourceStates:
    """Knows the states of sources. Those that are asked for and not known yet follow."""

    def __init__(self, host: StatesHost, collection: CollectionAccess, store: Store) -> None:
        self._host = host
        self._collection = collection
        self._store = store
        self._states: dict[tuple[str, str], str] = {}
        """By digest and source; "" if nothing is wrong."""
        self._problems: dict[str, str] = {}
        """Why documents could not be opened, by source."""
        self._with_text: set[tuple[str, str]] = set()
        """Documents without a file of which the text was kept, by digest and source."""
        self._wanted: dict[tuple[str, str], ListedDocument] = {}
        self._worker: Worker[None] | None = None

    def of(self, document: ListedDocument) -> str:
        """Return the state of the source of a document, "" if nothing is wrong or nothing is known yet."""
        key = document.digest, document.source
        if key not in self._states:
            self._wanted[key] = document
            if self._worker is None or self._worker.is_finished:
                self._worker = self._host.run_worker(self._look, group="states")
        return self.known(document)

    def problem_of(self, document: ListedDocument) -> str:
        """Return why a document could not be opened the last time, "" if it could."""
        return self._problems.get(document.source, "")

    def known(self, document: ListedDocument) -> str:
        """Return the state of the source of a document as far as it is known; asks for nothing."""
        state = self._states.get((document.digest, document.source), "")
        return state or (FAILED if document.source in self._problems else "")

    def has_text(self, document: ListedDocument) -> bool:
        """Return whether the text of a document without a file was kept."""
        return (document.digest, document.source) in self._with_text

    def note(self, source: str, problem: str) -> None:
        """Note why a document could not be opened; "" if it could."""
        self._problems.pop(source, None)
        if problem:
            self._problems[source] = problem

    def look_again(self) -> None:
        """Find out everything again: files may have changed meanwhile."""
        self._states.clear()
        self._with_text.clear()

    async def _look(self) -> None:
        while self._wanted:
            asked_documents, self._wanted = self._wanted, {}
            states = await run_in_thread(self._found, tuple(asked_documents.values()))
            self._states |= dict(zip(asked_documents, states, strict=True))
            if any(states):
                self._host.show_states()

    def _found(self, documents: Sequence[ListedDocument]) -> list[str]:
        storage = self._opened_index()
        try:
            facts_of = partial(file_facts, self._store, storage)
            states = [str(source_state(document, facts_of) or "") for document in documents]
            self._with_text |= {
                (document.digest, document.source)
                for document, state in zip(documents, states, strict=True)
                if state in HAVE_NO_FILE and self._keeps_text(document)
            }
            return states
        finally:
            if storage is not None:
                storage.close()

    def _keeps_text(self, document: ListedDocument) -> bool:
        return document.indexed_digest == document.digest or self._store.text_of(document.digest) is not None

    def _opened_index(self) -> CollectionStorage | None:
        try:
            return self._collection.open() if self._collection.exists else None
        except CollectionError:
            return None
