"""Commands of the article pane."""

from __future__ import annotations

from reader.ui.handlers.annotating import Annotating
from reader.ui.handlers.going import Going
from reader.ui.handlers.looking import Looking
from reader.ui.handlers.menu import Menu
from reader.ui.handlers.moving import Moving
from reader.ui.handlers.remarks import TextRemarks
from reader.ui.handlers.selecting import Selecting


class TextCommands(Going, Annotating, Selecting, Moving, Looking, Menu, TextRemarks):
    """Commands while the text has the focus."""
