"""Moving the cursor through the text. While text is selected, every motion extends the selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from reader.display.characters import next_character, previous_character
from reader.display.moving.text_motions import next_sentence, previous_sentence, word_end
from reader.display.words import next_word, previous_word
from reader.ui.actions.workspace import Workspace
from reader.ui.article.pane import Article
from reader.ui.keys.action_table import ActionTable

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


def text_start(workspace: Workspace, count: int) -> None:
    """Go to the start of the text, or to the line whose number was typed."""
    _go_to_line(workspace, count or 1)


def text_end(workspace: Workspace, count: int) -> None:
    """Go to the end of the text, or to the line whose number was typed."""
    if count:
        _go_to_line(workspace, count)
    else:
        extending(lambda article, _: article.jump(_last_offset(article)))(workspace, 1)


def _go_to_line(workspace: Workspace, number: int) -> None:
    from reader.display.moving.positions import offset_of_line

    def move(article: Article, line: int) -> None:
        page = article.full_page if line > 1 else None
        article.jump(offset_of_line(line, page) if page else 0)

    extending(move)(workspace, number)


def _last_offset(article: Article) -> int:
    blocks = article.reading.document.blocks
    return blocks[-1].end - 1 if blocks else 0


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
        "next-paragraph": extending(
            lambda article, count: article.jump(article.outline.paragraph_from(article.cursor, count))
        ),
        "previous-paragraph": extending(
            lambda article, count: article.jump(article.outline.paragraph_from(article.cursor, -count))
        ),
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
