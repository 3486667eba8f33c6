"""What the text pane shows of the mentions, and how wide its column is."""

from __future__ import annotations

from typing import Final

from reader.ui.actions.workspace import Workspace
from reader.ui.article.view_state import Highlights
from reader.ui.keys.action_table import ActionTable

_WIDTH_STEP: Final = 4
"""Cells by which the column gets wider or narrower."""


def toggle_values(workspace: Workspace) -> None:
    """Show or hide dates, times, amounts and measures."""
    reading = workspace.reading
    reading.values_shown = not reading.values_shown
    workspace.article.redraw()
    count = len(reading.values)
    if not reading.values_shown:
        workspace.show_message("values are hidden")
    elif count:
        workspace.show_message(f"{count:,} dates, times, amounts and measures are shown")
    else:
        workspace.show_message("the text has no dates, times, amounts or measures")


def only_entity(workspace: Workspace) -> None:
    """Highlight only the selected entity, or all entities again."""
    article = workspace.article
    if article.entity is None and not article.only_entity:
        key = workspace.keymap.key_of("next-mention")
        workspace.show_message(f"no entity is selected: {key} goes to the next mention")
        return
    article.only_entity = not article.only_entity
    article.redraw()
    workspace.show_message("only the selected entity is shown" if article.only_entity else "all entities are shown")


def pin_entity(workspace: Workspace) -> None:
    """Pin the selected entity, or let details and highlight follow the cursor again."""
    entity = workspace.article.entity
    if entity is None:
        key = workspace.keymap.key_of("next-mention")
        workspace.show_message(f"no entity is selected: {key} goes to the next mention")
        return
    workspace.set_pinned(pinned=not workspace.pinned)
    key = workspace.keymap.key_of("pin-entity")
    if workspace.pinned:
        workspace.show_message(f"“{entity.name}” is pinned: details and highlight stay with it; {key} unpins it")
    else:
        workspace.show_message("details and highlight follow the cursor again")


def cycle_highlights(workspace: Workspace) -> None:
    """Show all highlights, then only decided ones, then none."""
    order = list(Highlights)
    article = workspace.article
    article.highlights = order[(order.index(article.highlights) + 1) % len(order)]
    article.redraw()
    workspace.show_message(f"highlights: {article.highlights}")


def wider(workspace: Workspace, count: int) -> None:
    """Widen the column of text."""
    _set_width(workspace, workspace.article.measure + _WIDTH_STEP * count)


def narrower(workspace: Workspace, count: int) -> None:
    """Narrow the column of text."""
    _set_width(workspace, workspace.article.measure - _WIDTH_STEP * count)


def _set_width(workspace: Workspace, width: int) -> None:
    workspace.article.set_measure(width)
    workspace.show_message(f"column: {workspace.article.measure} cells")


VIEW_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "toggle-values": toggle_values,
        "pin-entity": pin_entity,
        "only-entity": only_entity,
        "cycle-highlights": cycle_highlights,
    },
    counted={"wider": wider, "narrower": narrower},
)
