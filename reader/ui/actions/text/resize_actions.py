"""Moving the edges of a mention."""

from __future__ import annotations

from typing import Final

from reader.ui.actions.workspace import Workspace
from reader.ui.article.resizing import Resizing, resize_decisions
from reader.ui.keys.action_table import ActionTable

_UNCHANGED: Final = "the mention is unchanged"


def resize(workspace: Workspace, state: Resizing | None) -> None:
    """Show the new size of the mention that is being resized; None ends resizing."""
    begins = state is not None and workspace.article.resizing is None
    workspace.article.resizing = state
    workspace.article.redraw()
    if begins:
        keys = map(workspace.keymap.key_of, ("right-out", "right-in", "left-out", "left-in"))
        right_out_key, right_in_key, left_out_key, left_in_key = keys
        workspace.show_message(
            f"{right_out_key} {right_in_key} move the right edge, {left_out_key} {left_in_key} the left edge"
        )
    workspace.refresh_bars()


def right_out(workspace: Workspace, count: int) -> None:
    """Move the right edge to the right by `count` words."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.right_edge_moved(count))


def right_in(workspace: Workspace, count: int) -> None:
    """Move the right edge to the left by `count` words."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.right_edge_moved(-count))


def left_out(workspace: Workspace, count: int) -> None:
    """Move the left edge to the left by `count` words."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.left_edge_moved(count))


def left_in(workspace: Workspace, count: int) -> None:
    """Move the left edge to the right by `count` words."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.left_edge_moved(-count))


def right_character_out(workspace: Workspace, count: int) -> None:
    """Move the right edge to the right by `count` characters."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.right_edge_nudged(count))


def right_character_in(workspace: Workspace, count: int) -> None:
    """Move the right edge to the left by `count` characters."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.right_edge_nudged(-count))


def left_character_out(workspace: Workspace, count: int) -> None:
    """Move the left edge to the left by `count` characters."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.left_edge_nudged(count))


def left_character_in(workspace: Workspace, count: int) -> None:
    """Move the left edge to the right by `count` characters."""
    if state := workspace.article.resizing:
        _show(workspace, state, state.left_edge_nudged(-count))


def keep_size(workspace: Workspace) -> None:
    """Give the mention its new size."""
    state = workspace.article.resizing
    resize(workspace, None)
    if state is None:
        return
    decisions = resize_decisions(workspace.reading, state)
    if not decisions:
        workspace.show_message(_UNCHANGED)
        return
    workspace.article.move_cursor(state.start)
    workspace.decide(*decisions, at=(state.start, state.end))
    text = workspace.reading.document.text
    old_text, new_text = text[state.mention.start : state.mention.end], text[state.start : state.end]
    workspace.show_message(f"resized “{old_text}” to “{new_text}”")


def drop_size(workspace: Workspace) -> None:
    """Leave the mention as it was."""
    resize(workspace, None)
    workspace.show_message(_UNCHANGED)


def _show(workspace: Workspace, state: Resizing, new_state: Resizing) -> None:
    resize(workspace, new_state)
    text = new_state.text[new_state.start : new_state.end]
    workspace.show_message(f"“{text}”" if new_state != state else "the edge cannot move further")


RESIZE_ACTIONS: Final = ActionTable[Workspace](
    plain={"keep-size": keep_size, "drop-size": drop_size},
    counted={
        "right-out": right_out,
        "right-in": right_in,
        "left-out": left_out,
        "left-in": left_in,
        "right-character-out": right_character_out,
        "right-character-in": right_character_in,
        "left-character-out": left_character_out,
        "left-character-in": left_character_in,
    },
)
