"""Going to positions: lines and percentages, headings, and back to where the last jump began."""

from __future__ import annotations

from functools import partial
from typing import Final

from reader.display.moving.positions import (
    POSITION_FORMS,
    describe_position,
    needs_all_rows,
    offset_of_percentage,
    offset_of_position,
    percentage_of,
)
from reader.display.page import Page
from reader.display.words import word_at
from reader.ui.actions.text.motions import extending, with_all_rows
from reader.ui.actions.workspace import Workspace
from reader.ui.article.pane import Article
from reader.ui.base.background_work import start_work
from reader.ui.dialogs.base.choice import Choice, matching_choices
from reader.ui.keys.action_table import ActionTable, Outcome

_WRITE_AND_QUIT: Final = frozenset({"w", "w!", "wa", "q", "q!", "qa", "qa!", "wq", "wq!", "wqa", "x", "x!", "xa"})
"""What users of vim type to save or to leave."""


class PositionLine:
    """The line in which a position is typed."""

    mode = "GO TO"
    context = None
    placeholder = POSITION_FORMS

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def begin(self) -> str:
        """Begin with an empty line."""
        return ""

    def change(self, text: str) -> None:
        """Do nothing until the position is complete."""

    def end(self, text: str, *, accepted: bool) -> None:
        """Go to the position, or say what is wrong with it."""
        article = self._workspace.article
        if not accepted or not text.strip() or article.page is None:
            return
        if article.page.is_complete or not needs_all_rows(text):
            self._go(text, article.page)
        else:
            start_work(article, partial(self._go_later, text), group="position", exclusive=True)

    async def _go_later(self, text: str) -> None:
        self._workspace.show_message("reading the whole text …")
        page = await self._workspace.article.all_rows()
        self._workspace.show_message("")
        self._go(text, page)

    def _go(self, text: str, page: Page) -> None:
        try:
            offset = offset_of_position(text, page)
        except ValueError as error:
            key = self._workspace.keymap.key_of("quit")
            is_vim_command = text.strip() in _WRITE_AND_QUIT
            self._workspace.show_message(
                f"every decision is saved at once; {key} quits" if is_vim_command else str(error)
            )
            return
        jump_to(self._workspace, offset)


# Lines and percentages


async def go_to_position(workspace: Workspace) -> None:
    """Ask for a position in the line at the foot of the screen."""
    await workspace.open_line(PositionLine(workspace), workspace.article)


def go_to_percentage(workspace: Workspace, percentage: int) -> Outcome:
    """Go to the percentage whose number was typed; without a number, ask for a position."""
    if not percentage:
        return go_to_position(workspace)
    if page := workspace.article.page:
        jump_to(workspace, offset_of_percentage(percentage, page))
    return None


@with_all_rows
def show_position(workspace: Workspace, _: int, page: Page) -> None:
    """Show the line, percentage, page and offset of the cursor."""
    workspace.show_message(describe_position(workspace.article.cursor, page))


# Headings


def next_heading(workspace: Workspace, count: int) -> Outcome:
    """Go to the next heading."""
    return _go_to_heading(workspace, count)


def previous_heading(workspace: Workspace, count: int) -> Outcome:
    """Go to the previous heading."""
    return _go_to_heading(workspace, -count)


@with_all_rows
async def show_contents(workspace: Workspace, _: int, page: Page) -> None:
    """Let the user choose a heading, and go there."""
    article = workspace.article
    headings = article.outline.headings
    if not headings:
        workspace.show_message(_no_headings(workspace))
        return
    choices = [
        Choice("  " * (heading.level - 1) + heading.title, f"{percentage_of(heading.offset, page)}%")
        for heading in headings
    ]
    cursor = article.outline.section_at(article.cursor)
    chosen = await workspace.prompts.ask_among(
        "Contents", lambda typed: matching_choices(choices, typed), cursor=cursor
    )
    if chosen is not None:
        jump_to(workspace, headings[chosen[0]].offset)


@with_all_rows
def _go_to_heading(workspace: Workspace, count: int, page: Page) -> None:
    del page  # once all rows are laid out, all headings are known
    outline = workspace.article.outline
    offset = outline.heading_from(workspace.article.cursor, count)
    if offset is not None:
        jump_to(workspace, offset)
    elif outline.headings:
        workspace.show_message(f"no more headings {'below' if count > 0 else 'above'}")
    else:
        workspace.show_message(_no_headings(workspace))


def _no_headings(workspace: Workspace) -> str:
    return f"the text has no headings: {workspace.keymap.key_of('go-to-position')} goes to a line or a percentage"


# The jump list


def jump_back(workspace: Workspace, count: int) -> None:
    """Go back to where the last jumps began."""
    _go_through_jumps(workspace, count, back=True)


def jump_forward(workspace: Workspace, count: int) -> None:
    """Go forward again to where going back began."""
    _go_through_jumps(workspace, count, back=False)


def _go_through_jumps(workspace: Workspace, count: int, *, back: bool) -> None:
    article = workspace.article
    for _ in range(count):
        step = article.jumps.back if back else article.jumps.forward
        offset = step(article.cursor)
        if offset is None:
            workspace.show_message(f"there is no {'earlier' if back else 'later'} position")
            return
        article.return_to(offset)
    workspace.show_message("")


# Searching for what is under the cursor


def search_here(workspace: Workspace, count: int) -> None:
    """Search for the selection, the mention or the word under the cursor, as whole words."""
    _search_here(workspace, count)


def search_here_back(workspace: Workspace, count: int) -> None:
    """Search backward for the selection, the mention or the word under the cursor, as whole words."""
    _search_here(workspace, -count)


def _search_here(workspace: Workspace, count: int) -> None:
    article, reading = workspace.article, workspace.reading
    if selection := article.selection:
        start, end = selection.span
    elif mention := workspace.current_mention or reading.mention_at(article.cursor):
        start, end = mention[:2]
    else:
        start, end = word_at(reading.document.text, article.cursor)
    if start >= end:
        workspace.show_message("there is no word here to search for")
        return
    if article.selection:
        article.set_selection(None)
    workspace.text_search.search_for_span(start, end, count)


def jump_to(workspace: Workspace, offset: int, *, always_record: bool = False) -> None:
    """Jump to an offset; the selection is extended to it."""

    def move(article: Article, _: int) -> None:
        if always_record and offset != article.cursor:
            article.jumps.record(article.cursor)
            article.return_to(offset)
        else:
            article.jump(offset)

    extending(move)(workspace, 1)


JUMP_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "go-to-position": go_to_position,
    },
    counted={
        "show-position": show_position,
        "contents": show_contents,
        "next-heading": next_heading,
        "previous-heading": previous_heading,
        "jump-back": jump_back,
        "jump-forward": jump_forward,
        "search-here": search_here,
        "search-here-back": search_here_back,
    },
    numbered={"go-to-percentage": go_to_percentage},
)
