"""Selecting text by words, sentences and lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.ui.actions.text.marking import add_mention
from reader.ui.actions.workspace import Workspace
from reader.ui.article.selection import Selection, select_word
from reader.ui.keys.action_table import ActionTable


def select(workspace: Workspace, count: int) -> None:
    """Start a selection with the search match or the word under the cursor, or with `count` words."""
    article = workspace.article
    if block := article.block_at_cursor():
        text = workspace.reading.document.text
        selection = select_word(text, article.cursor, block.start, block.end)
        match = article.matches.span_at(article.cursor)
        if match and count == 1:
            article.set_selection(selection.extended_to(match[1] - 1))
        else:
            article.set_selection(selection.moved(count - 1))


def select_sentence(workspace: Workspace, count: int) -> None:
    """Select the sentence under the cursor, or the sentences of `count` words."""
    select(workspace, count)
    selection = workspace.article.selection
    workspace.article.set_selection(selection.widened_to_sentence() if selection else None)


def extend_right(workspace: Workspace, count: int) -> None:
    """Move the active end right by `count` words."""
    _change(workspace, lambda selection: selection.moved(count))


def extend_left(workspace: Workspace, count: int) -> None:
    """Move the active end left by `count` words."""
    _change(workspace, lambda selection: selection.moved(-count))


def extend_down(workspace: Workspace, count: int) -> None:
    """Extend down by `count` rows."""
    _extend_with_cursor(workspace, lambda: workspace.article.move_rows(count))


def extend_up(workspace: Workspace, count: int) -> None:
    """Extend up by `count` rows."""
    _extend_with_cursor(workspace, lambda: workspace.article.move_rows(-count))


def extend_line_end(workspace: Workspace) -> None:
    """Extend to the end of the row."""
    _extend_with_cursor(workspace, lambda: workspace.article.move_in_row(to_end=True))


def extend_line_start(workspace: Workspace) -> None:
    """Extend to the start of the row."""
    _extend_with_cursor(workspace, lambda: workspace.article.move_in_row(to_end=False))


def swap_ends(workspace: Workspace) -> None:
    """Make the other end the active one."""
    _change(workspace, Selection.swapped)


def extend_sentence(workspace: Workspace) -> None:
    """Extend to the whole sentence."""
    _change(workspace, Selection.widened_to_sentence)


def extend_lines(workspace: Workspace, count: int) -> None:
    """Extend to whole rows; if it is whole rows already, by `count` more."""
    article = workspace.article
    article.lay_out_rest()
    if (selection := article.selection) and (page := article.page):
        first, last = page.row_at(selection.start), page.row_at(selection.end - 1)
        is_whole = (selection.start, selection.end) == selection.clipped_to_block(page.starts[first], page.ends[last])
        last = min(last + (count if is_whole else count - 1), page.height - 1)
        article.set_selection(selection.widened_to(page.starts[first], page.ends[last]))


async def add_selection(workspace: Workspace) -> None:
    """Add the selection as a name."""
    await add_mention(workspace, 1)


def stop_selecting(workspace: Workspace) -> None:
    """Clear the selection."""
    workspace.article.set_selection(None)


def _change(workspace: Workspace, change: Callable[[Selection], Selection]) -> None:
    if selection := workspace.article.selection:
        workspace.article.set_selection(change(selection))


def _extend_with_cursor(workspace: Workspace, move_cursor: Callable[[], None]) -> None:
    """Move the cursor, and extend the selection to it."""
    article = workspace.article
    if selection := article.selection:
        move_cursor()
        article.set_selection(selection.extended_to(article.cursor))


BEGIN_SELECTION_ACTIONS: Final = ActionTable[Workspace](
    counted={"select": select, "select-sentence": select_sentence},
)
"""In the text."""

SELECTION_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "extend-line-end": extend_line_end,
        "extend-line-start": extend_line_start,
        "swap-ends": swap_ends,
        "extend-sentence": extend_sentence,
        "add-selection": add_selection,
        "stop-selecting": stop_selecting,
    },
    counted={
        "extend-right": extend_right,
        "extend-left": extend_left,
        "extend-word-end": extend_right,
        "extend-down": extend_down,
        "extend-up": extend_up,
        "extend-lines": extend_lines,
    },
)
"""While text is selected."""
