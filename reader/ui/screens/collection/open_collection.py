"""Opens the collection over another screen."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

from textual.app import App

from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.open_source import DocumentApp

Answer = TypeVar("Answer")


class AskingWorkspace(Protocol):
    """A screen over which another one can be shown."""

    keymap: Keymap

    @property
    def app(self) -> App[Any]:
        """The app."""

    async def ask(self, dialog: CommandScreen[Answer | None]) -> Answer | None:
        """Show another screen; return its answer, None if it was left without one."""


async def show_collection(screen: CommandScreen[Any]) -> None:
    """Show the documents and entities of the collection, until the user goes back."""
    await show_collection_over(screen)


async def show_collection_over(screen: AskingWorkspace, source: str = "") -> None:
    """Show the documents and entities of the collection, until the user goes back.

    Args:
        screen: The screen below.
        source: The source of the document under the cursor, "" for the first one.
    """
    from reader.ui.screens.collection.collection_screen import CollectionScreen

    app = cast(DocumentApp, screen.app)
    await screen.ask(CollectionScreen(screen.keymap, app.store, app.session, source=source))
