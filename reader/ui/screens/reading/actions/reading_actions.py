"""Everything that commands do on the reading screen.

This module imports all modules of actions, which takes as long as a tenth of the start. So the screen imports it after
the first paint, or when the first command runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

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
    from reader.ui.keys.action_table import ActionTable, BoundActions


class ActionScreen(SavingWorkspace, ReloadedScreen, ExportingScreen, Protocol):
    """The reading screen, as all its actions together see it."""


_SCREEN_TABLES: Final[tuple[ActionTable[ActionScreen], ...]] = (
    *TEXT_TABLES,
    *(SELECTION_ACTIONS, SELECTION_COPY_ACTIONS, RESIZE_ACTIONS, COPY_ACTIONS, FIND_ENTITY_ACTIONS),
    *(ENTITY_ACTIONS, ENTITY_NOTE_ACTIONS, DETAILS_ACTIONS, DETAILS_NOTE_ACTIONS, DOCUMENT_NOTE_ACTIONS),
    *(HISTORY_ACTIONS, LOADING_ACTIONS, EXPORT_ACTIONS, COLLECTION_ACTIONS, PANE_ACTIONS, SEARCH_ACTIONS),
    SCREEN_ACTIONS,
)


def bind_actions(actions: BoundActions, screen: ActionScreen) -> None:
    """Bind the actions of the reading screen, its panes and its lines."""
    for table in _SCREEN_TABLES:
        actions.bind(table, screen)
    actions.bind(ENTITY_MOTIONS, screen.entity_list)
    actions.bind(DETAILS_MOTIONS, screen.details)
