"""Selecting a stretch of text."""

from __future__ import annotations

from collections.abc import Callable

from reader.ui.actions.marking import Annotating
from reader.ui.actions.workspace import Desk
from reader.ui.article.selection import select_word


class Selecting:
    """Commands that begin a selection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_select(self, count: int) -> None:
        """Begin a selection with what was searched for, or with the word under the cursor, or with some words."""
        article = self._desk.article
        if block := article.block_at_cursor():
            text = self._desk.reading.document.text
            selection = select_word(text, article.cursor, block.start, block.end)
            found = article.matches.span_at(article.cursor)
            article.set_selection(
                selection.extended_to(found[1] - 1) if found and count == 1 else selection.moved(count - 1)
            )

    def do_select_sentence(self, count: int) -> None:
        """Select the sentence under the cursor."""
        self.do_select(count)
        selection = self._desk.article.selection
        self._desk.article.set_selection(selection.widened_to_sentence() if selection else None)


class SelectingCommands:
    """Commands while a stretch of text is being selected."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = Annotating(desk)

    def do_extend_right(self, count: int) -> None:
        """Move the active end to the right."""
        self._move(count)

    def do_extend_left(self, count: int) -> None:
        """Move the active end to the left."""
        self._move(-count)

    def do_extend_word_end(self, count: int) -> None:
        """Take in the rest of the word, then further words."""
        self._move(count)

    def do_extend_down(self, count: int) -> None:
        """Extend down."""
        self._by_moving(lambda: self._desk.article.move_rows(count))

    def do_extend_up(self, count: int) -> None:
        """Extend up."""
        self._by_moving(lambda: self._desk.article.move_rows(-count))

    def do_extend_line_end(self, count: int) -> None:
        """Extend to the end of the line."""
        del count
        self._by_moving(lambda: self._desk.article.move_in_row(to_end=True))

    def do_extend_line_start(self, count: int) -> None:
        """Extend to the start of the line."""
        del count
        self._by_moving(lambda: self._desk.article.move_in_row(to_end=False))

    def do_swap_ends(self, count: int) -> None:
        """Let the other end move."""
        del count
        if selection := self._desk.article.selection:
            self._desk.article.set_selection(selection.swapped())

    def do_extend_sentence(self, count: int) -> None:
        """Extend to the sentence."""
        del count
        if selection := self._desk.article.selection:
            self._desk.article.set_selection(selection.widened_to_sentence())

    def do_extend_lines(self, count: int) -> None:
        """Extend to whole lines; where it is whole lines already, by the next ones."""
        article = self._desk.article
        if (selection := article.selection) and (page := article.page):
            first, last = page.row_at(selection.start), page.row_at(selection.end - 1)
            whole = (selection.start, selection.end) == selection.clipped_to_block(page.starts[first], page.ends[last])
            last = min(last + count - (0 if whole else 1), page.height - 1)
            article.set_selection(selection.widened_to(page.starts[first], page.ends[last]))

    async def do_add_selection(self, count: int) -> None:
        """Mark the selection as a name."""
        await self._text.do_add_mention(count)

    def do_stop_selecting(self, count: int) -> None:
        """Leave the selection."""
        del count
        self._desk.article.set_selection(None)

    def _move(self, words: int) -> None:
        if selection := self._desk.article.selection:
            self._desk.article.set_selection(selection.moved(words))

    def _by_moving(self, move: Callable[[], None]) -> None:
        article = self._desk.article
        if selection := article.selection:
            move()
            article.set_selection(selection.extended_to(article.cursor))
