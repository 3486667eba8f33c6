"""Adding to a collection and bringing its index up to date, beside the screen that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, Protocol

from textual.worker import Worker

from reader.collection.listing.listed_document import ListedDocument
from reader.collection.listing.source_state import source_state
from reader.collection.queries.document_list import count_documents
from reader.collection.storage.collection_storage import CollectionError
from reader.display.counted import counted
from reader.document import one_line
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.dialogs.prompts import Prompts
from reader.ui.screens.collection.background_indexing import BackgroundIndexing
from reader.ui.screens.collection.collection_access import CollectionAccess

_PROGRESS_SECONDS: Final = 1.0
_MOST_SOURCES: Final = 1_000
"""Documents that one run of `reader index` gets; the next run gets the others."""
_FEW: Final = 20
"""Opened documents that are indexed without being asked."""


class UpkeepHost(Protocol):
    """The screen that shows the collection."""

    prompts: Prompts

    def run_worker(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> Worker[None]:
        """Start work in the background."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""

    def show_indexed(self, message: str) -> None:
        """Show what is in the index now, and a message."""


class CollectionUpkeep:
    """Runs `reader index` for one collection, one run at a time."""

    def __init__(self, host: UpkeepHost, collection: CollectionAccess) -> None:
        self._host = host
        self._collection = collection
        self._indexing = BackgroundIndexing(collection.name)
        self._was_tried: set[str] = set()
        """The digests of opened documents that were indexed without being asked, or could not be."""

    @property
    def is_running(self) -> bool:
        """Whether something is being added."""
        return self._indexing.is_running

    async def stop(self) -> None:
        """End indexing. What is in the index by then stays there."""
        await self._indexing.stop()

    async def add_source(self) -> None:
        """Ask for a file, folder, pattern or address, and add what is there to the collection."""
        if not self._is_free():
            return
        source = await self._host.prompts.ask_path("Add which file, folder or address?", takes_patterns=True)
        if source:
            self._start(source, [(source,)])

    async def update(self, opened: Sequence[ListedDocument]) -> None:
        """Index documents that were opened, and then what was indexed before and has changed.

        Args:
            opened: Documents that were opened, of which the index has no text or an earlier one.
        """
        if not self._is_free():
            return
        sources = await run_in_thread(_indexable, opened)
        runs: list[Sequence[str]] = [sources] if sources else []
        if self._collection.exists:
            runs.append(())
        if runs:
            subject = counted(len(sources), "opened document") if sources else "what has changed"
            self._start(subject, runs)
        else:
            self._host.show_message("there is nothing to index yet")

    async def index_opened(self, opened: Sequence[ListedDocument]) -> None:
        """Index documents that were opened without being asked, if they are few: the collection holds them, too."""
        new = [document for document in opened if document.digest not in self._was_tried]
        sources = await run_in_thread(_indexable, new)
        if sources and len(sources) <= _FEW and not self.is_running:
            self._was_tried |= {document.digest for document in new}
            self._start(counted(len(sources), "opened document"), [sources])

    def _is_free(self) -> bool:
        if self.is_running:
            self._host.show_message("still adding; wait until it is done")
        return not self.is_running

    def _start(self, subject: str, runs: Sequence[Sequence[str]]) -> None:
        self._host.run_worker(partial(self._run, subject, runs), group="indexing")

    async def _run(self, subject: str, runs: Sequence[Sequence[str]]) -> None:
        progress = asyncio.create_task(self._show_progress(subject))
        message = ""
        try:
            for sources in runs:
                message = await self._indexing.run(sources)
        finally:
            progress.cancel()
        self._host.show_indexed(message)

    async def _show_progress(self, subject: str) -> None:
        """Show how many documents the index has, again and again."""
        while True:
            count = 0
            with suppress(CollectionError):
                if self._collection.exists:
                    count = await self._collection.ask(count_documents)
            self._host.show_message(f"adding {one_line(subject)} … {counted(count, 'document')} in the index so far")
            await asyncio.sleep(_PROGRESS_SECONDS)


def _indexable(documents: Sequence[ListedDocument]) -> tuple[str, ...]:
    """Return the sources of files that can be read. Pages of the web are not fetched without being asked."""
    sources = (item.source for item in documents if not item.is_on_web and source_state(item) is None)
    return tuple(sources)[:_MOST_SOURCES]
