"""Commands of the article pane."""

from __future__ import annotations

from reader.ui.actions.marking import Annotating
from reader.ui.actions.menu import Menu
from reader.ui.actions.motions import Moving
from reader.ui.actions.navigation import Going
from reader.ui.actions.note_actions import TextRemarks
from reader.ui.actions.selection_actions import Selecting
from reader.ui.actions.view import Looking


class TextCommands(Going, Annotating, Selecting, Moving, Looking, Menu, TextRemarks):
    """Commands while the text has the focus."""
