"""Opens documents, and lists of documents, over another screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from reader.annotate.loading_choices import load_as_chosen
from reader.document import Document, DocumentError, ManyDocumentsError
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.screens.base.command_screen import CommandScreen

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.ui.collection_session import CollectionSession
    from reader.ui.dialogs.prompts import Prompts
    from reader.ui.document_lists import DocumentList

CHANGED: Final = (
    "this document has changed since it was indexed, so the cursor may be elsewhere; `reader index` reads it again"
)


class DocumentApp(Protocol):
    """The app, as far as screens know it that lead to documents."""

    session: CollectionSession

    @property
    def store(self) -> Store:
        """Where decisions are kept."""

    async def show_document(self, screen: CommandScreen[Any], document: Document, offset: int | None) -> None:
        """Show a document over a screen until it is left.

        Args:
            screen: The screen.
            document: The document.
            offset: Where to put the cursor; None for where the user left off.
        """

    def shows(self, digest: str) -> bool:
        """Return whether a screen shows the document with a digest."""

    async def show_list(self, screen: CommandScreen[Any], documents: Callable[[], DocumentList]) -> None:
        """Show a list of documents over a screen until it is left. The function returns it as it then is."""


class OpeningScreen(Protocol):
    """A screen from which the user opens another document."""

    prompts: Prompts

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""


def document_app(screen: CommandScreen[Any]) -> DocumentApp:
    """Return the app of a screen."""
    return cast(DocumentApp, screen.app)


async def open_source(
    screen: CommandScreen[Any], source: str, offset: int | None = None, *, indexed_digest: str = ""
) -> str:
    """Open what is at a path or address over a screen, and return when it is left: a message, "" if all went well.

    Args:
        screen: The screen.
        source: A document, a file of many documents, or a folder.
        offset: Where to put the cursor; None for where the user left off.
        indexed_digest: The digest that the document had when it was indexed, so that the user is told if it has
            changed since; "" if it is not known.
    """
    app = document_app(screen)
    if await run_in_thread(os.path.isdir, source):  # False for what is no file name
        from reader.ui.document_lists import folder_list

        await app.show_list(screen, partial(folder_list, source, app.store, partial(load_as_chosen, store=app.store)))
        return ""
    return await open_loaded(screen, partial(load_as_chosen, source, app.store), offset, indexed_digest=indexed_digest)


async def open_loaded(
    screen: CommandScreen[Any],
    load: Callable[[], Document],
    offset: int | None = None,
    *,
    indexed_digest: str = "",
) -> str:
    """Open the document that a function loads over a screen; else as `open_source`.

    Args:
        screen: The screen.
        load: Loads the document, in another thread.
        offset: Where to put the cursor; None for where the user left off.
        indexed_digest: See `open_source`.
    """
    app = document_app(screen)
    try:
        document = await run_in_thread(load)
    except ManyDocumentsError as error:
        from reader.ui.document_lists import member_list

        await app.show_list(screen, partial(member_list, error.container, app.store))
        return ""
    except DocumentError as error:
        return str(error)
    if indexed_digest and indexed_digest != document.digest:
        document = replace(document, notices=(*document.notices, CHANGED))
    await app.show_document(screen, document, offset)
    return ""


async def show_source(screen: OpeningScreen) -> None:
    """Ask for a path or address, and open what is there over a screen."""
    source = await screen.prompts.ask_path("Open which file, folder or address?")
    problem = await open_source(cast(CommandScreen[Any], screen), source) if source else ""
    screen.show_message(problem, alarm=bool(problem))
