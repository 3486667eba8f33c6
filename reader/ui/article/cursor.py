"""A cursor in a text that is laid out in rows: where it stands, how it moves, and the view that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.message import Message

from reader.display.page import Page
from reader.document import Block
from reader.reading import Reading
from reader.ui.base._textual import FittedView

_SCROLL_OFF: Final = 2


class Cursor(FittedView):
    """What the article does with its cursor. Positions are code points."""

    @dataclass
    class CursorMoved(Message):
        """The cursor came to another place, or a selection began, changed or ended."""

        pane: Cursor
        offset: int

        @property
        def control(self) -> Cursor:
            """The pane."""
            return self.pane

    class Shown(Message):
        """The text has been painted for the first time."""

    def __init__(self, reading: Reading, offset: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self.cursor = max(0, min(offset, max(len(reading.document.text) - 1, 0)))
        """Where the cursor stands."""
        self.page: Page | None = None
        self._goal: int | None = None
        self._before_jump = self.cursor

    def move_cursor(self, offset: int, *, keep_goal: bool = False) -> None:
        """Put the cursor at a code point and scroll as little as brings it into view."""
        offset = max(0, min(offset, max(len(self.reading.document.text) - 1, 0)))
        if not keep_goal:
            self._goal = None
        if offset != self.cursor:
            previous, self.cursor = self.cursor, offset
            self._refresh_row_of(previous)
            self._refresh_row_of(offset)
            self.post_message(self.CursorMoved(self, offset))
        self._bring_into_view(_SCROLL_OFF)

    def jump(self, offset: int) -> None:
        """Put the cursor at a code point; when that is out of view, remember where it was and show what is around."""
        if not self._in_view(offset):
            self._before_jump = self.cursor
            if self.page:
                self.scroll_to(y=self.page.row_at(offset) - self.size.height // 3, animate=False)
        self.move_cursor(offset)

    def jump_back(self) -> None:
        """Go back to where the cursor stood before the last jump."""
        here, there = self.cursor, self._before_jump
        self.jump(there)
        self._before_jump = here

    def move_rows(self, by: int) -> None:
        """Move the cursor by rows that show text, keeping its column."""
        if not (page := self.page):
            return
        row = page.row_at(self.cursor)
        if self._goal is None:
            self._goal = page.column_of(self.cursor)
        step = 1 if by > 0 else -1
        target = row
        for _ in range(abs(by)):
            candidate = target + step
            while 0 <= candidate < page.height and page.starts[candidate] == page.ends[candidate]:
                candidate += step
            if not 0 <= candidate < page.height:
                break
            target = candidate
        if target == row:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)
            return
        self.move_cursor(page.offset_at(target, self._goal), keep_goal=True)

    def move_pages(self, pages: float) -> None:
        """Move view and cursor alike by pages."""
        if not (page := self.page):
            return
        rows = int(max(self.size.height - 2, 1) * pages) or (1 if pages > 0 else -1)
        if self._goal is None:
            self._goal = page.column_of(self.cursor)
        target = max(0, min(page.row_at(self.cursor) + rows, page.height - 1))
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)
        self.move_cursor(page.offset_at(page.text_row(target, rows), self._goal), keep_goal=True)

    def move_in_row(self, *, to_end: bool) -> None:
        """Move the cursor to the start or the end of its row."""
        if page := self.page:
            row = page.row_at(self.cursor)
            self.move_cursor(max(page.ends[row] - 1, page.starts[row]) if to_end else page.starts[row])

    def point_at(self, offset: int) -> bool:
        """Put the cursor at a code point; return whether it was there."""
        before = self.cursor
        self.move_cursor(offset)
        return before == self.cursor

    def block_of_cursor(self) -> Block | None:
        """Return the block that the cursor stands in."""
        document = self.reading.document
        return document.block_at(self.cursor) if self.page and document.blocks else None

    @property
    def share_read(self) -> float:
        """How much of the text stands above the lower edge of the view, 0 to 1."""
        if not self.page or self.page.height <= self.size.height:
            return 1.0
        return min((self.scroll_offset.y + self.size.height) / self.page.height, 1.0)

    def _refresh_row_of(self, offset: int) -> None:
        if self.page:
            self.refresh_line(self.page.row_at(offset))

    def _in_view(self, offset: int) -> bool:
        if not self.page:
            return True
        return 0 <= self.page.row_at(offset) - self.scroll_offset.y < self.size.height

    def _bring_into_view(self, scroll_off: int) -> None:
        if not self.page or self.size.height <= 0:
            return
        row, top, height = self.page.row_at(self.cursor), self.scroll_offset.y, self.size.height
        room = min(scroll_off, (height - 1) // 2)
        if row < top + room:
            self.scroll_to(y=max(row - room, 0), animate=False)
        elif row > top + height - 1 - room:
            self.scroll_to(y=row - height + 1 + room, animate=False)
