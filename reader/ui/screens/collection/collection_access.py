"""Questions to the index of a collection, asked in another thread, and documents opened over another screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast

from reader.annotate.loading_choices import load_as_chosen
from reader.collection.storage.collection_storage import CollectionError
from reader.document import Document, DocumentError
from reader.ui.base.abandoned_work import in_thread, run_in_thread
from reader.ui.screens.base.command_screen import CommandScreen

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.collection.storage.collection_storage import CollectionStorage

_CHANGED: Final = (
    "this document has changed since it was indexed, so the cursor may be elsewhere; `reader index` reads it again"
)
Result = TypeVar("Result")


class CollectionAccess:
    """Answers questions from the index of one collection. Each question opens the index in a thread of its own."""

    def __init__(self, name: str = "default") -> None:
        self.name = name

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

    def _answer(self, question: Callable[[CollectionStorage], Result]) -> Result:
        from reader.collection.storage.open_index import open_index

        storage = open_index(self.name)
        try:
            return question(storage)
        finally:
            storage.close()


class DocumentApp(Protocol):
    """The app, as far as screens of a collection know it."""

    @property
    def store(self) -> Store:
        """Where decisions are kept."""

    def screen_for(self, document: Document, offset: int) -> CommandScreen[None]:
        """Return a screen that shows a document at an offset."""


async def read_source(
    screen: CommandScreen[Any], source: str, offset: int = 0, collection: CollectionAccess | None = None
) -> str:
    """Open a document over a screen, and return when it is left: a message, "" if all went well.

    Args:
        screen: The screen.
        source: The source of the document.
        offset: Where to put the cursor.
        collection: The collection that knows the document, so that the user is told if it has changed since.
    """
    app = cast(DocumentApp, screen.app)
    try:
        document = await run_in_thread(load_as_chosen, source, app.store)
    except DocumentError as error:
        return str(error)
    digest = await collection.digest_of(source) if collection is not None else ""
    if digest and digest != document.digest:
        document = replace(document, notices=(*document.notices, _CHANGED))
    await screen.ask(app.screen_for(document, min(offset, max(len(document.text) - 1, 0))))
    return ""
