"""The workspace of actions that open other screens or change the reading screen itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.ui.actions.workspace import Workspace

if TYPE_CHECKING:
    from reader.ui.dialogs.base.dialog import Dialog
    from reader.ui.screens.base.command_screen import CommandScreen
    from reader.ui.screens.reading.footer_line import FooterLine
    from reader.ui.screens.reading.panes import Panes
    from reader.ui.watchlist_hits import WatchlistHits

Answer = TypeVar("Answer")


class ReadingWorkspace(Workspace, Protocol):
    """The reading screen, as its own actions see it."""

    panes: Panes
    footer_line: FooterLine
    watchlist_hits: WatchlistHits
    """What is like a name of the user's watchlists."""

    names_shown: bool
    """Whether the list of names is open. Its changes are not those of another window."""

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""

    @property
    def is_in_text(self) -> bool:
        """Whether the text has the focus."""

    async def ask(self, dialog: Dialog[Answer] | CommandScreen[Answer | None]) -> Answer | None:
        """Show a dialog or another screen; return the answer, None if it was left without one."""

    def show_changes(self) -> None:
        """Show the reading as it is now."""
