"""Moving the cursor through the text. While text is selected, every motion extends the selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from reader.display.characters import next_character, previous_character
from reader.display.moving.text_motions import next_sentence, previous_sentence, word_end
from reader.display.page import Page
from reader.display.words import next_word, previous_word
from reader.ui.actions.workspace import Workspace
from reader.ui.article.pane import Article
from reader.ui.keys.action_table import ActionTable, Outcome

Motion: TypeAlias = Callable[[Article, int], None]
"""Moves the cursor of the text, a number of times."""
TextMotion: TypeAlias = Callable[[str, int], int]
"""Returns the offset to which one motion leads, from a text and an offset."""


def extending(move: Motion) -> Callable[[Workspace, int], None]:
    """Return an action that moves the cursor, and the active edge of the selection if there is one."""

    def run(workspace: Workspace, count: int) -> None:
        article = workspace.article
        selection = article.selection
        move(article, count)
        if selection and article.selection is selection:
            article.set_selection(selection.extended_to(article.cursor))

    return run


def with_all_rows(action: Callable[[Workspace, int, Page], Outcome]) -> Callable[[Workspace, int], Outcome]:
    """Return an action that also takes the rows of the whole text. If need be, it waits until they are laid out."""

    def run(workspace: Workspace, count: int) -> Outcome:
        page = workspace.article.page
        if page is None:
            return None
        return action(workspace, count, page) if page.is_complete else wait(workspace, count)

    async def wait(workspace: Workspace, count: int) -> None:
        workspace.show_message("reading the whole text …")
        page = await workspace.article.all_rows()
        workspace.show_message("")
        outcome = action(workspace, count, page)
        if outcome is not None:
            await outcome

    return run


def _by_text(step: TextMotion) -> Motion:
    """Return a motion that repeats a step through the text."""

    def move(article: Article, count: int) -> None:
        offset, text = article.cursor, article.reading.document.text
        for _ in range(count):
            offset = step(text, offset)
        article.move_cursor(offset)

    return move


def _next_sentence(article: Article, count: int) -> None:
    offset = article.cursor
    for _ in range(count):
        offset = next_sentence(article.reading.document, offset)
    article.move_cursor(offset)


def _previous_sentence(article: Article, count: int) -> None:
    offset = article.cursor
    for _ in range(count):
        offset = previous_sentence(article.reading.document, offset)
    article.move_cursor(offset)


def text_start(workspace: Workspace, number: int) -> Outcome:
    """Go to the start of the text, or to the line whose number was typed."""
    if number > 1:
        return _go_to_line(workspace, number)
    _jump_to(workspace, 0)
    return None


def text_end(workspace: Workspace, number: int) -> Outcome:
    """Go to the end of the text, or to the line whose number was typed."""
    if number:
        return _go_to_line(workspace, number)
    document = workspace.reading.document
    _jump_to(workspace, document.block_at(len(document.text)).end - 1 if document.blocks else 0)
    return None


@with_all_rows
def _go_to_line(workspace: Workspace, number: int, page: Page) -> None:
    from reader.display.moving.positions import offset_of_line

    _jump_to(workspace, offset_of_line(number, page))


def _jump_to(workspace: Workspace, offset: int) -> None:
    extending(lambda article, _: article.jump(offset))(workspace, 1)


@with_all_rows
def next_paragraph(workspace: Workspace, count: int, page: Page) -> None:
    """Go to the start of a paragraph further down; the rows are laid out, so all paragraphs are known."""
    del page
    _jump_to(workspace, workspace.article.outline.paragraph_from(workspace.article.cursor, count))


def previous_paragraph(workspace: Workspace, count: int) -> Outcome:
    """Go to the start of a paragraph further up."""
    return next_paragraph(workspace, -count)


MOTION_ACTIONS: Final = ActionTable[Workspace](
    counted={
        "line-down": extending(Article.move_rows),
        "line-up": extending(lambda article, count: article.move_rows(-count)),
        "char-left": extending(_by_text(previous_character)),
        "char-right": extending(_by_text(next_character)),
        "word-right": extending(_by_text(next_word)),
        "word-left": extending(_by_text(previous_word)),
        "word-end": extending(_by_text(word_end)),
        "next-sentence": extending(_next_sentence),
        "previous-sentence": extending(_previous_sentence),
        "next-paragraph": next_paragraph,
        "previous-paragraph": previous_paragraph,
        "line-start": extending(lambda article, _: article.move_in_row(to_end=False)),
        "line-end": extending(lambda article, _: article.move_in_row(to_end=True)),
        "half-page-down": extending(lambda article, count: article.move_pages(0.5 * count)),
        "half-page-up": extending(lambda article, count: article.move_pages(-0.5 * count)),
        "page-down": extending(Article.move_pages),
        "page-up": extending(lambda article, count: article.move_pages(-count)),
        "scroll-down": extending(Article.scroll_rows),
        "scroll-up": extending(lambda article, count: article.scroll_rows(-count)),
        "view-top": extending(lambda article, count: article.move_in_view(0, count - 1)),
        "view-middle": extending(lambda article, _: article.move_in_view(0.5)),
        "view-bottom": extending(lambda article, count: article.move_in_view(1, 1 - count)),
    },
    plain={
        "cursor-to-top": lambda workspace: workspace.article.scroll_cursor_to(0),
        "cursor-to-middle": lambda workspace: workspace.article.scroll_cursor_to(0.5),
        "cursor-to-bottom": lambda workspace: workspace.article.scroll_cursor_to(1),
    },
    numbered={"text-start": text_start, "text-end": text_end},
)
