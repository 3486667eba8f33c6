"""Going from a document to its collection: to the profile of an entity, and to the lists of the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace

if TYPE_CHECKING:
    from reader.resolve import Entity


async def show_profile(workspace: ReadingWorkspace) -> None:
    """Show the profile of the entity under the cursor, or else of the selected one."""
    from reader.collection.queries.profile_lookup import ProfileSummary, profiles_named
    from reader.collection.queries.profile_mentions import profile_in_document
    from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
    from reader.ui.screens.collection.collection_access import CollectionAccess
    from reader.ui.screens.collection.profile_screen import ProfileScreen

    entity = _entity_at_cursor(workspace)
    if entity is None:
        workspace.show_message("no entity here: go to a mention first")
        return
    digest, names = workspace.reading.document.digest, entity.names

    def profile_of(storage: CollectionStorage) -> ProfileSummary | None:
        own = profile_in_document(storage, digest, names)
        return own or next(iter(profiles_named(storage, entity.name)), None)

    collection = CollectionAccess()
    try:
        profile = await collection.ask(profile_of)
    except CollectionError as error:
        workspace.show_message(str(error))
        return
    if profile is None:
        workspace.show_message(f"{entity.name} is not in the collection: `reader index FILE` adds documents")
        return
    await workspace.ask(ProfileScreen(workspace.keymap, collection, profile))


async def show_collection(workspace: ReadingWorkspace) -> None:
    """Show the entities and documents of the collection."""
    from reader.ui.screens.collection.collection_access import CollectionAccess
    from reader.ui.screens.collection.collection_screen import CollectionScreen

    await workspace.ask(CollectionScreen(workspace.keymap, CollectionAccess(), workspace.reading.store))


def _entity_at_cursor(workspace: ReadingWorkspace) -> Entity | None:
    if workspace.is_in_text:
        mention = workspace.current_mention or workspace.reading.mention_at(workspace.article.cursor)
        if mention is not None:
            return workspace.reading.entity_of(mention)
    return workspace.article.entity


COLLECTION_ACTIONS: Final = ActionTable[ReadingWorkspace](
    plain={"profile": show_profile, "collection": show_collection}
)
