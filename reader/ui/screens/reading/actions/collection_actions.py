"""Going from a document to its collection and to other documents: to profiles, lists and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from reader.document.load_options import absolute_source
from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.base.open_source import DocumentApp, show_source
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace

if TYPE_CHECKING:
    from reader.resolve import Entity


async def show_profile(workspace: ReadingWorkspace) -> None:
    """Show the profile of the entity under the cursor, or else of the selected one."""
    from reader.collection.queries.profiles.profile_lookup import ProfileSummary, profiles_named
    from reader.collection.queries.profiles.profile_mentions import profile_in_document
    from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
    from reader.ui.screens.collection.collection_access import CollectionAccess
    from reader.ui.screens.collection.profile.profile_screen import ProfileScreen

    entity = _entity_at_cursor(workspace)
    if entity is None:
        workspace.show_message("no entity here: go to a mention first")
        return
    digest, names = workspace.reading.document.digest, entity.names

    def profile_of(storage: CollectionStorage) -> ProfileSummary | None:
        own = profile_in_document(storage, digest, names)
        return own or next(iter(profiles_named(storage, entity.name)), None)

    collection = CollectionAccess(cast(DocumentApp, workspace.app).session.collection)
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
    """Show the documents and entities of the collection, with the cursor on this document."""
    from reader.ui.screens.collection.open_collection import show_collection_over

    await show_collection_over(workspace, absolute_source(workspace.reading.document.source))


def _entity_at_cursor(workspace: ReadingWorkspace) -> Entity | None:
    if workspace.is_in_text:
        mention = workspace.current_mention or workspace.reading.mention_at(workspace.article.cursor)
        if mention is not None:
            return workspace.reading.entity_of(mention)
    return workspace.article.entity


COLLECTION_ACTIONS: Final = ActionTable[ReadingWorkspace](
    plain={"profile": show_profile, "collection": show_collection, "open-source": show_source}
)
