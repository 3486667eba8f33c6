"""Everything that commands do on the reading screen.

This module imports all modules of actions, which takes as long as a tenth of the start. So the screen imports it after
the first paint, or when the first command runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reader.ui.actions.copy_actions import COPY_ACTIONS, SELECTION_COPY_ACTIONS
from reader.ui.actions.details_actions import DETAILS_ACTIONS
from reader.ui.actions.entity_actions import ENTITY_ACTIONS
from reader.ui.actions.export_actions import EXPORT_ACTIONS, ExportingScreen
from reader.ui.actions.find_entity import FIND_ENTITY_ACTIONS
from reader.ui.actions.note_actions import DETAILS_NOTE_ACTIONS, DOCUMENT_NOTE_ACTIONS, ENTITY_NOTE_ACTIONS
from reader.ui.actions.row_motions import DETAILS_MOTIONS, ENTITY_MOTIONS
from reader.ui.actions.text.resize_actions import RESIZE_ACTIONS
from reader.ui.actions.text.selection_actions import SELECTION_ACTIONS
from reader.ui.actions.text.text_actions import TEXT_TABLES
from reader.ui.screens.reading.actions.collection_actions import COLLECTION_ACTIONS
from reader.ui.screens.reading.actions.history_actions import HISTORY_ACTIONS
from reader.ui.screens.reading.actions.loading_actions import LOADING_ACTIONS, ReloadedScreen
from reader.ui.screens.reading.actions.pane_actions import PANE_ACTIONS
from reader.ui.screens.reading.actions.screen_actions import SCREEN_ACTIONS, SavingWorkspace
from reader.ui.screens.reading.actions.search_actions import SEARCH_ACTIONS

if TYPE_CHECKING:
    from reader.ui.keys.action_table import BoundActions


class ActionScreen(SavingWorkspace, ReloadedScreen, ExportingScreen, Protocol):
    """The reading screen, as all its actions together see it."""


def bind_actions(actions: BoundActions, screen: ActionScreen) -> None:
    """Bind the actions of the reading screen, its panes and its lines."""
    for table in TEXT_TABLES:
        actions.bind(table, screen)
    actions.bind(SELECTION_ACTIONS, screen)
    actions.bind(SELECTION_COPY_ACTIONS, screen)
    actions.bind(RESIZE_ACTIONS, screen)
    actions.bind(COPY_ACTIONS, screen)
    actions.bind(FIND_ENTITY_ACTIONS, screen)
    actions.bind(ENTITY_ACTIONS, screen)
    actions.bind(ENTITY_NOTE_ACTIONS, screen)
    actions.bind(ENTITY_MOTIONS, screen.entity_list)
    actions.bind(DETAILS_ACTIONS, screen)
    actions.bind(DETAILS_NOTE_ACTIONS, screen)
    actions.bind(DETAILS_MOTIONS, screen.details)
    actions.bind(DOCUMENT_NOTE_ACTIONS, screen)
    actions.bind(HISTORY_ACTIONS, screen)
    actions.bind(LOADING_ACTIONS, screen)
    actions.bind(EXPORT_ACTIONS, screen)
    actions.bind(COLLECTION_ACTIONS, screen)
    actions.bind(PANE_ACTIONS, screen)
    actions.bind(SEARCH_ACTIONS, screen)
    actions.bind(SCREEN_ACTIONS, screen)
