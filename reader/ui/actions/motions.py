"""Moving the cursor through the text."""

from __future__ import annotations

from reader.display.words import next_word, previous_word
from reader.ui.actions.workspace import Desk


class Moving:
    """Commands that move the cursor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_line_down(self, count: int) -> None:
        """Move down."""
        self._desk.article.move_rows(count)

    def do_line_up(self, count: int) -> None:
        """Move up."""
        self._desk.article.move_rows(-count)

    def do_char_left(self, count: int) -> None:
        """Move left."""
        self._desk.article.move_cursor(self._desk.article.cursor - count)

    def do_char_right(self, count: int) -> None:
        """Move right."""
        self._desk.article.move_cursor(self._desk.article.cursor + count)

    def do_word_right(self, count: int) -> None:
        """Move to the next word."""
        offset = self._desk.article.cursor
        for _ in range(count):
            offset = next_word(self._desk.reading.document.text, offset)
        self._desk.article.move_cursor(offset)

    def do_word_left(self, count: int) -> None:
        """Move to the previous word."""
        offset = self._desk.article.cursor
        for _ in range(count):
            offset = previous_word(self._desk.reading.document.text, offset)
        self._desk.article.move_cursor(offset)

    def do_line_start(self, count: int) -> None:
        """Move to the start of the line."""
        del count
        self._desk.article.move_in_row(to_end=False)

    def do_line_end(self, count: int) -> None:
        """Move to the end of the line."""
        del count
        self._desk.article.move_in_row(to_end=True)

    def do_half_page_down(self, count: int) -> None:
        """Move down half a page."""
        self._desk.article.move_pages(0.5 * count)

    def do_half_page_up(self, count: int) -> None:
        """Move up half a page."""
        self._desk.article.move_pages(-0.5 * count)

    def do_page_down(self, count: int) -> None:
        """Move down a page."""
        self._desk.article.move_pages(count)

    def do_page_up(self, count: int) -> None:
        """Move up a page."""
        self._desk.article.move_pages(-count)

    def do_text_start(self, count: int) -> None:
        """Go to the start of the text."""
        del count
        self._desk.article.jump(0)

    def do_text_end(self, count: int) -> None:
        """Go to the end of the text."""
        del count
        blocks = self._desk.reading.document.blocks
        self._desk.article.jump(blocks[-1].end - 1 if blocks else 0)

    def do_jump_back(self, count: int) -> None:
        """Go back to where the last jump began."""
        del count
        self._desk.article.jump_back()
