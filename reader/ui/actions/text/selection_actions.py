"""Selecting text by words, characters, sentences and lines. Every motion of the text extends a selection too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.display.page import Page
from reader.display.words import widen_to_parts
from reader.document.sentences import sentence_at
from reader.ui.actions.text.marking import add_mention
from reader.ui.actions.text.motions import with_all_rows
from reader.ui.actions.workspace import Workspace
from reader.ui.article.selection import Selection, select_exactly, select_word
from reader.ui.keys.action_table import ActionTable


def select(workspace: Workspace, count: int) -> None:
    """Start a selection with the search match or the word under the cursor, or with `count` words."""
    article = workspace.article
    if article.block_at_cursor():
        text = workspace.reading.document.text
        selection = select_word(text, article.cursor)
        match = article.matches.span_at(article.cursor)
        if match and count == 1:
            whole, exact = selection.extended_to(match[1] - 1), widen_to_parts(text, *match)
            is_whole = (whole.start, whole.end) == exact
            article.set_selection(whole if is_whole else select_exactly(text, *exact))
        else:
            article.set_selection(selection.moved(count - 1))


def select_sentence(workspace: Workspace, count: int) -> None:
    """Select the sentence under the cursor, or the sentences of `count` words."""
    select(workspace, count)
    extend_sentence(workspace)


def extend_right(workspace: Workspace, count: int) -> None:
    """Move the active end right by `count` words."""
    _change(workspace, lambda selection: selection.moved(count))


def extend_left(workspace: Workspace, count: int) -> None:
    """Move the active end left by `count` words."""
    _change(workspace, lambda selection: selection.moved(-count))


def extend_character(workspace: Workspace, count: int) -> None:
    """Move the active end right by `count` characters."""
    _change(workspace, lambda selection: selection.moved_by_characters(count))


def extend_character_back(workspace: Workspace, count: int) -> None:
    """Move the active end left by `count` characters."""
    _change(workspace, lambda selection: selection.moved_by_characters(-count))


def select_part(workspace: Workspace) -> None:
    """Select only the part of a compound in which the selection began."""
    _change(workspace, Selection.narrowed_to_part)


def swap_ends(workspace: Workspace) -> None:
    """Make the other end the active one."""
    _change(workspace, Selection.swapped)


def extend_sentence(workspace: Workspace) -> None:
    """Extend to the whole sentence around the active end."""
    _change(workspace, lambda selection: selection.widened_to(*_sentence(workspace, selection.active)))


@with_all_rows
def extend_lines(workspace: Workspace, count: int, page: Page) -> None:
    """Extend to whole rows; if it is whole rows already, by `count` more. Empty rows do not count."""
    article = workspace.article
    if selection := article.selection:
        start, last = page.span(page.row_at(selection.start))[0], page.row_at(selection.end - 1)
        is_whole = (selection.start, selection.end) == (start, page.span(last)[1])
        for _ in range(count if is_whole else count - 1):
            last = page.text_row(min(last + 1, page.height - 1), 1)
        article.set_selection(selection.widened_to(start, page.span(last)[1]))


async def add_selection(workspace: Workspace) -> None:
    """Add the selection as a name."""
    await add_mention(workspace, 1)


def stop_selecting(workspace: Workspace) -> None:
    """Clear the selection."""
    workspace.article.set_selection(None)


def _sentence(workspace: Workspace, offset: int) -> tuple[int, int]:
    document = workspace.reading.document
    block = document.block_at(offset)
    return sentence_at(document.text, offset, block.start, block.end)


def _change(workspace: Workspace, change: Callable[[Selection], Selection]) -> None:
    if selection := workspace.article.selection:
        workspace.article.set_selection(change(selection))


BEGIN_SELECTION_ACTIONS: Final = ActionTable[Workspace](
    counted={"select": select, "select-sentence": select_sentence},
)
"""In the text."""

SELECTION_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "select-part": select_part,
        "swap-ends": swap_ends,
        "extend-sentence": extend_sentence,
        "add-selection": add_selection,
        "stop-selecting": stop_selecting,
    },
    counted={
        "extend-right": extend_right,
        "extend-left": extend_left,
        "extend-word-end": extend_right,
        "extend-character": extend_character,
        "extend-character-back": extend_character_back,
        "extend-lines": extend_lines,
    },
)
"""While text is selected."""
