"""Moving the cursor through the text."""

from __future__ import annotations

from typing import Final

from reader.display.words import next_word, previous_word
from reader.ui.actions.workspace import Workspace
from reader.ui.keys.action_table import ActionTable


def line_down(workspace: Workspace, count: int) -> None:
    """Move down by `count` rows."""
    workspace.article.move_rows(count)


def line_up(workspace: Workspace, count: int) -> None:
    """Move up by `count` rows."""
    workspace.article.move_rows(-count)


def char_left(workspace: Workspace, count: int) -> None:
    """Move left by `count` characters."""
    workspace.article.move_cursor(workspace.article.cursor - count)


def char_right(workspace: Workspace, count: int) -> None:
    """Move right by `count` characters."""
    workspace.article.move_cursor(workspace.article.cursor + count)


def word_right(workspace: Workspace, count: int) -> None:
    """Move forward by `count` words."""
    offset = workspace.article.cursor
    for _ in range(count):
        offset = next_word(workspace.reading.document.text, offset)
    workspace.article.move_cursor(offset)


def word_left(workspace: Workspace, count: int) -> None:
    """Move back by `count` words."""
    offset = workspace.article.cursor
    for _ in range(count):
        offset = previous_word(workspace.reading.document.text, offset)
    workspace.article.move_cursor(offset)


def line_start(workspace: Workspace) -> None:
    """Move to the start of the row."""
    workspace.article.move_in_row(to_end=False)


def line_end(workspace: Workspace) -> None:
    """Move to the end of the row."""
    workspace.article.move_in_row(to_end=True)


def half_page_down(workspace: Workspace, count: int) -> None:
    """Move down by `count` half pages."""
    workspace.article.move_pages(0.5 * count)


def half_page_up(workspace: Workspace, count: int) -> None:
    """Move up by `count` half pages."""
    workspace.article.move_pages(-0.5 * count)


def page_down(workspace: Workspace, count: int) -> None:
    """Move down by `count` pages."""
    workspace.article.move_pages(count)


def page_up(workspace: Workspace, count: int) -> None:
    """Move up by `count` pages."""
    workspace.article.move_pages(-count)


def text_start(workspace: Workspace) -> None:
    """Go to the start of the text."""
    workspace.article.jump(0)


def text_end(workspace: Workspace) -> None:
    """Go to the end of the text."""
    blocks = workspace.reading.document.blocks
    workspace.article.jump(blocks[-1].end - 1 if blocks else 0)


def jump_back(workspace: Workspace) -> None:
    """Go back to where the last jump began."""
    workspace.article.jump_back()


MOTION_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "line-start": line_start,
        "line-end": line_end,
        "text-start": text_start,
        "text-end": text_end,
        "jump-back": jump_back,
    },
    counted={
        "line-down": line_down,
        "line-up": line_up,
        "char-left": char_left,
        "char-right": char_right,
        "word-right": word_right,
        "word-left": word_left,
        "half-page-down": half_page_down,
        "half-page-up": half_page_up,
        "page-down": page_down,
        "page-up": page_up,
    },
)
