"""Searching the text: the search line, earlier searches, and the steps from match to match."""

from __future__ import annotations

from typing import Final

from reader.ui.actions.text.motions import extending
from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace


async def search(workspace: ReadingWorkspace) -> None:
    """Start a search."""
    await workspace.open_line(workspace.text_search, workspace.article)


def change_search_kind(workspace: ReadingWorkspace) -> None:
    """Search for what is typed in the next way."""
    line = workspace.footer_line
    workspace.text_search.change_kind(line.text)
    line.set_text(line.text)
    workspace.refresh_bars()


def bring_earlier_search(workspace: ReadingWorkspace, count: int) -> None:
    """Show an earlier search in the line."""
    line = workspace.footer_line
    line.set_text(workspace.text_search.earlier(count, line.text))


def bring_later_search(workspace: ReadingWorkspace, count: int) -> None:
    """Show a later search in the line."""
    bring_earlier_search(workspace, -count)


def search_next(workspace: ReadingWorkspace, count: int) -> None:
    """Go to the next match."""
    extending(lambda _, steps: workspace.text_search.step(steps))(workspace, count)


def search_previous(workspace: ReadingWorkspace, count: int) -> None:
    """Go to the previous match."""
    search_next(workspace, -count)


SEARCH_ACTIONS: Final = ActionTable[ReadingWorkspace](
    plain={"search": search, "search-kind": change_search_kind},
    counted={
        "search-earlier": bring_earlier_search,
        "search-later": bring_later_search,
        "search-next": search_next,
        "search-previous": search_previous,
    },
)
