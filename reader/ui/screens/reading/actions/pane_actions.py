"""Going from pane to pane, and hiding everything but the text."""

from __future__ import annotations

from typing import Final

from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace


def go_to_text(workspace: ReadingWorkspace) -> None:
    """Go to the text."""
    workspace.focus_pane(workspace.article)


def go_to_entities(workspace: ReadingWorkspace) -> None:
    """Go to the entities."""
    workspace.focus_pane(workspace.entity_list)


def go_to_details(workspace: ReadingWorkspace) -> None:
    """Go to the details."""
    workspace.focus_pane(workspace.details)


def next_pane(workspace: ReadingWorkspace, count: int) -> None:
    """Go to the next pane."""
    workspace.focus_pane(workspace.panes.neighbor(count))


def previous_pane(workspace: ReadingWorkspace, count: int) -> None:
    """Go to the previous pane."""
    workspace.focus_pane(workspace.panes.neighbor(-count))


def toggle_zen(workspace: ReadingWorkspace) -> None:
    """Hide everything but the text, or show it again."""
    zen = workspace.panes.zen
    workspace.focus_pane(workspace.article)
    workspace.panes.zen = not zen


PANE_ACTIONS: Final = ActionTable[ReadingWorkspace](
    plain={
        "go-text": go_to_text,
        "go-entities": go_to_entities,
        "go-details": go_to_details,
        "zen": toggle_zen,
    },
    counted={"next-pane": next_pane, "previous-pane": previous_pane},
)
