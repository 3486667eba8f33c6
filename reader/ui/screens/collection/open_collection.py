"""Opens the collection over another screen."""

from __future__ import annotations

from typing import Any, cast

from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.collection.collection_access import CollectionAccess, DocumentApp


async def show_collection(screen: CommandScreen[Any]) -> None:
    """Show the entities and documents of the collection, until the user goes back."""
    from reader.ui.screens.collection.collection_screen import CollectionScreen

    app = cast(DocumentApp, screen.app)
    await screen.ask(CollectionScreen(screen.keymap, CollectionAccess(), app.store))
