"""Actions on the reading screen as a whole: cancel, save, the messages, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from reader.ui.actions.text.resize_actions import resize
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.panels.details_listing import DetailsView
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace

if TYPE_CHECKING:
    from reader.ui.screens.reading.reading_bars import ReadingBars


class SavingWorkspace(ReadingWorkspace, Protocol):
    """The reading screen, as the actions see it that save or leave it."""

    bars: ReadingBars

    def leave(self, result: None) -> None:
        """Leave the screen."""


def cancel(workspace: SavingWorkspace) -> None:
    """Leave the nearest mode, filter or pane; clear the search; deselect the entity, which closes the details."""
    article, entity_list, details = workspace.article, workspace.entity_list, workspace.details
    if article.resizing:
        resize(workspace, None)
    elif article.selection:
        article.set_selection(None)
    elif workspace.focused is entity_list and entity_list.filter:
        entity_list.set_filter("")
    elif workspace.focused is details and details.marked:
        details.unmark_all()
    elif workspace.focused is details and details.view is not DetailsView.MENTIONS:
        details.show_view(DetailsView.MENTIONS)
    elif workspace.focused is not article:
        workspace.focus_pane(article)
    elif not workspace.text_search.query.is_empty:
        workspace.text_search.clear()
    elif workspace.panes.zen:
        workspace.panes.zen = False
    elif article.entity is None and entity_list.filter:
        entity_list.set_filter("")
    else:
        if article.entity:
            workspace.select(None)
        workspace.panes.close_details()
    workspace.show_message("")


def save(workspace: SavingWorkspace) -> None:
    """Say whether every decision is saved, after another try if not."""
    store = workspace.reading.store
    if not store.persistent:
        workspace.show_message("annotations are off: nothing is saved")
    elif store.retry():
        workspace.reading.refresh()  # what was just written is not another window's
        workspace.show_message("every decision is on disk")
    else:
        workspace.show_message(f"NOT SAVED: {store.problem}", alarm=True)


async def show_messages(workspace: SavingWorkspace) -> None:
    """Show the last messages in full."""
    from reader.ui.dialogs.message_log import MessageLog

    await workspace.ask(MessageLog(tuple(workspace.bars.message.logged)))


async def leave_reading(workspace: SavingWorkspace) -> None:
    """Leave; ask first if decisions could not be saved."""
    if not workspace.saved:
        choices = [Choice("stay", key="s"), Choice("leave and lose what is not saved", key="l")]
        if await workspace.prompts.ask_choice("Some decisions could not be saved.", choices) != 1:
            return
    workspace.leave(None)


SCREEN_ACTIONS: Final = ActionTable[SavingWorkspace](
    plain={"cancel": cancel, "save": save, "messages": show_messages, "quit": leave_reading}
)
