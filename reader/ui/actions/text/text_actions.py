"""The actions of the text pane."""

from __future__ import annotations

from typing import Final

from reader.ui.actions.note_actions import TEXT_NOTE_ACTIONS
from reader.ui.actions.text.bookmark_actions import BOOKMARK_ACTIONS
from reader.ui.actions.text.jump_actions import JUMP_ACTIONS
from reader.ui.actions.text.label_jump import LABEL_JUMP_ACTIONS
from reader.ui.actions.text.marking import MARKING_ACTIONS
from reader.ui.actions.text.mention_actions import MENTION_ACTIONS
from reader.ui.actions.text.menu import MENU_ACTIONS
from reader.ui.actions.text.motions import MOTION_ACTIONS
from reader.ui.actions.text.navigation import NAVIGATION_ACTIONS
from reader.ui.actions.text.selection_actions import BEGIN_SELECTION_ACTIONS
from reader.ui.actions.text.view_actions import VIEW_ACTIONS

TEXT_TABLES: Final = (
    NAVIGATION_ACTIONS,
    MARKING_ACTIONS,
    MENTION_ACTIONS,
    BEGIN_SELECTION_ACTIONS,
    MOTION_ACTIONS,
    JUMP_ACTIONS,
    BOOKMARK_ACTIONS,
    LABEL_JUMP_ACTIONS,
    VIEW_ACTIONS,
    MENU_ACTIONS,
    TEXT_NOTE_ACTIONS,
)
