from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reader.annotate import NullStore
from reader.collection.queries.profiles.profile_lookup import ProfileSummary
from reader.document import Document, DocumentError
from reader.reading import Reading
from reader.ui.collection_session import CollectionSession
from reader.ui.document_lists import DocumentEntry, DocumentList
from reader.ui.keys.action_table import ActionTable, BoundActions
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.collection.collection_access import CollectionAccess
from reader.ui.screens.collection.collection_screen import CollectionScreen
from reader.ui.screens.collection.profile.profile_screen import ProfileScreen
from reader.ui.screens.document_list_screen import DocumentListScreen
from reader.ui.screens.history_screen import HistoryScreen
from reader.ui.screens.names_screen import NamesScreen
from reader.ui.screens.notes_screen import NotesScreen
from reader.ui.screens.orphans_screen import OrphansScreen
from reader.ui.screens.reading.reading_screen import ReadingScreen
from reader.ui.screens.reasons_screen import ReasonsScreen
from reader.ui.screens.review_screen import ReviewScreen
from reader.ui.screens.watchlist_screen import WatchlistScreen
from reader.ui.watchlist_hits import WatchlistHits
from tests.ui.conftest import FixedRecognition, make_document

EVERYWHERE = {command.id for command in COMMANDS if command.context is Context.ANYWHERE}
COMMON = {"theme", "choose-theme", "palette", "help", "quit"}
VISITED = COMMON | {"cancel", "undo"}
READING_CONTEXTS = {
    *(Context.TEXT, Context.SELECTING, Context.RESIZING, Context.ENTITIES, Context.DETAILS),
    *(Context.SEARCHING, Context.FILTERING),
}

REASONS = {Context.REASONS, Context.LIST}
PROFILE = ProfileSummary(1, "p1", "Mira Castellan", "PERSON", 1, 1, "", "")


def unloaded(entry: DocumentEntry) -> Document:
    raise DocumentError(entry.source)


DOCUMENTS = DocumentList("a folder of 0 files", (), unloaded)


def reading() -> Reading:
    return Reading(make_document(), NullStore())


SCREENS: list[tuple[Callable[[], CommandScreen[Any]], set[Context], set[str]]] = [
    (lambda: ReadingScreen(reading(), default_keymap(), FixedRecognition()), READING_CONTEXTS, EVERYWHERE),
    (lambda: ReviewScreen(reading(), default_keymap()), {Context.REVIEW}, VISITED | {"redo", "reasons"}),
    (lambda: NamesScreen(NullStore(), default_keymap()), {Context.NAMES, Context.LIST}, VISITED),
    (lambda: NotesScreen(reading(), default_keymap()), {Context.NOTES, Context.LIST}, VISITED | {"redo"}),
    (lambda: ReasonsScreen(make_document(), "", (), default_keymap(), blind=False), REASONS, COMMON | {"cancel"}),
    (lambda: HistoryScreen(reading(), default_keymap()), {Context.HISTORY, Context.LIST}, VISITED | {"redo"}),
    (lambda: OrphansScreen(reading(), default_keymap()), {Context.ORPHANS, Context.LIST}, VISITED | {"redo"}),
    (
        lambda: WatchlistScreen(reading(), default_keymap(), WatchlistHits(reading())),
        {Context.WATCHLISTS, Context.LIST},
        VISITED | {"redo"},
    ),
    (
        lambda: CollectionScreen(default_keymap(), NullStore(), CollectionSession()),
        {Context.COLLECTION, Context.LIST},
        VISITED | {"search", "next-pane", "previous-pane", "open-source"},
    ),
    (
        lambda: ProfileScreen(default_keymap(), CollectionAccess(), PROFILE),
        {Context.PROFILE, Context.LIST},
        COMMON | {"cancel", "undo", "redo"},
    ),
    (
        lambda: DocumentListScreen(default_keymap(), lambda: DOCUMENTS),
        {Context.DOCUMENTS, Context.LIST},
        COMMON | {"cancel", "collection", "open-source"},
    ),
]


@pytest.mark.parametrize(("make", "contexts", "everywhere"), SCREENS)
async def test_a_screen_serves_every_command_of_its_contexts_and_no_other(
    make: Callable[[], CommandScreen[Any]], contexts: set[Context], everywhere: set[str]
) -> None:
    own = {command.id for command in COMMANDS if command.context in contexts}
    assert set(make().actions) == own | everywhere


def test_every_command_belongs_to_a_screen() -> None:
    contexts = {context for _, screen_contexts, _ in SCREENS for context in screen_contexts}
    assert contexts | {Context.ANYWHERE} == set(Context)


def test_an_action_for_an_unknown_command_fails_when_the_table_is_built() -> None:
    with pytest.raises(ValueError, match="no such command: next-mentoin"):
        ActionTable[list[str]](plain={"next-mentoin": list.clear})


def test_a_command_has_one_action() -> None:
    with pytest.raises(ValueError, match="two actions for one command: zen"):
        ActionTable[list[str]](plain={"zen": list.clear}, counted={"zen": list.__imul__})  # type: ignore[dict-item]  # any
    actions = BoundActions()
    table = ActionTable[list[str]](plain={"zen": list.clear})
    actions.bind(table, [])
    with pytest.raises(ValueError, match="two actions for one command: zen"):
        actions.bind(table, [])


def test_a_counted_action_gets_the_count_and_a_plain_one_does_not() -> None:
    pressed: list[str] = []
    actions = BoundActions()
    table = ActionTable[list[str]](
        plain={"zen": lambda keys: keys.append("zen")},
        counted={"line-down": lambda keys, count: keys.extend(["down"] * count)},
    )
    actions.bind(table, pressed)
    actions.run("line-down", 3)
    actions.run("zen", 3)
    actions.run("line-up", 3)
    actions.run("line-down")
    assert pressed == ["down", "down", "down", "zen", "down"]


def test_a_numbered_action_learns_that_no_number_was_typed() -> None:
    numbers: list[int] = []
    actions = BoundActions()
    actions.bind(ActionTable[list[int]](numbered={"text-end": list.append}), numbers)
    actions.run("text-end")
    actions.run("text-end", 1)
    assert numbers == [0, 1]
