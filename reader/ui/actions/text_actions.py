"""The actions of the text pane."""

from __future__ import annotations

from typing import Final

from reader.ui.actions.marking import MARKING_ACTIONS
from reader.ui.actions.mention_actions import MENTION_ACTIONS
from reader.ui.actions.menu import MENU_ACTIONS
from reader.ui.actions.motions import MOTION_ACTIONS
from reader.ui.actions.navigation import NAVIGATION_ACTIONS
from reader.ui.actions.note_actions import TEXT_NOTE_ACTIONS
from reader.ui.actions.selection_actions import BEGIN_SELECTION_ACTIONS
from reader.ui.actions.view_actions import VIEW_ACTIONS

TEXT_TABLES: Final = (
    NAVIGATION_ACTIONS,
    MARKING_ACTIONS,
    MENTION_ACTIONS,
    BEGIN_SELECTION_ACTIONS,
    MOTION_ACTIONS,
    VIEW_ACTIONS,
    MENU_ACTIONS,
    TEXT_NOTE_ACTIONS,
)
