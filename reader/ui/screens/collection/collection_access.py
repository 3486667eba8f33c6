"""Questions to the index of a collection, asked in another thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.index_files import DEFAULT_NAME
from reader.ui.base.abandoned_work import in_thread, run_in_thread

if TYPE_CHECKING:
    from reader.collection.storage.collection_storage import CollectionStorage

Result = TypeVar("Result")


class CollectionAccess:
    """Answers questions from the index of one collection. Each question opens the index in a thread of its own."""

    def __init__(self, name: str = DEFAULT_NAME) -> None:
        self.name = name

    @property
    def is_default(self) -> bool:
        """Whether it is the collection of everything that was opened."""
        return self.name == DEFAULT_NAME

    @property
    def exists(self) -> bool:
        """Whether the collection has an index yet, damaged or not."""
        from reader.collection.storage.index_files import index_path

        return index_path(self.name).exists()

    async def ask(self, question: Callable[[CollectionStorage], Result]) -> Result:
        """Return what a function of the open index returns.

        Raises:
            CollectionError: There is no such collection, or it cannot be read.
        """
        return await run_in_thread(self._answer, question)

    async def digest_of(self, source: str) -> str:
        """Return the digest that the document of a source had when it was indexed; "" if it is not known."""
        from reader.collection.queries.document_list import indexed_digest

        try:
            return await self.ask(lambda storage: indexed_digest(storage, source))
        except CollectionError:
            return ""

    async def compute(self, question: Callable[[CollectionStorage], Result]) -> Result:
        """Return what a function of the open index returns that computes for long.

        Raises:
            CollectionError: There is no such collection, or it cannot be read or written.
        """
        return await in_thread(self._answer, question)

    def open(self) -> CollectionStorage:
        """Open the index, for one thread.

        Raises:
            CollectionError: There is no such collection, or it cannot be read.
        """
        from reader.collection.storage.open_index import open_index

        return open_index(self.name)

    def _answer(self, question: Callable[[CollectionStorage], Result]) -> Result:
        storage = self.open()
        try:
            return question(storage)
        finally:
            storage.close()
