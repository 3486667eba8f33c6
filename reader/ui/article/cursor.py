"""A cursor in text that is laid out in rows: its position, its movements, and the view that follows it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from textual.geometry import Size
from textual.message import Message

from reader.display.moving.jump_list import JumpList
from reader.display.moving.outline import Outline
from reader.display.page import Page, lay_out, lay_out_around
from reader.document import Block
from reader.reading import Reading
from reader.structures.lazy_dataclass import dataclass
from reader.ui.base.abandoned_work import in_thread
from reader.ui.textual_internals.fitted_view import FittedView, Frame, set_content_size

_SCROLL_OFF: Final = 2
"""Rows that stay in view above and below the cursor."""
_SCREENS_AROUND: Final = 4
"""Screens of text on either side that are laid out at once."""
_SHORT: Final = 32_768
"""Code points of a text that is laid out at once as a whole."""


class CursorView(FittedView[Frame]):
    """A scrolling view of the text of a document with a cursor. Positions are code points."""

    @dataclass(slots=True)
    class CursorMoved(Message):
        """The cursor moved, or a selection began, changed or ended."""

        pane: CursorView[Any]
        offset: int

        @property
        def control(self) -> CursorView[Any]:
            """The view."""
            return self.pane

    class Shown(Message):
        """The text was painted for the first time."""

    def __init__(self, reading: Reading, offset: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self.cursor = self._clamped(offset)
        """The offset of the cursor."""
        self.page: Page | None = None
        self._goal_column: int | None = None
        """The cell that the cursor returns to when it moves from row to row."""
        self.jumps = JumpList()
        """From where the user jumped."""
        self.outline = Outline(reading.document)
        """The paragraphs and headings of the text."""
        self._completing = asyncio.Lock()
        self._is_changing_page = False

    def move_cursor(self, offset: int, *, keep_column: bool = False) -> None:
        """Move the cursor to an offset and scroll as little as brings it into view.

        Args:
            offset: The new position.
            keep_column: Whether moving from row to row goes on in the column it began in.
        """
        offset = self._clamped(offset)
        self._reach(offset)
        if not keep_column:
            self._goal_column = None
        if offset != self.cursor:
            previous, self.cursor = self.cursor, offset
            self._refresh_row_of(previous)
            self._refresh_row_of(offset)
            self.post_message(self.CursorMoved(self, offset))
        self._scroll_to_cursor(_SCROLL_OFF)

    def jump(self, offset: int) -> None:
        """Move the cursor to an offset; out of view, remember where it was and show what is around the offset."""
        if not self._in_view(offset):
            self.jumps.record(self.cursor)
            self._show_around(offset)
        self.move_cursor(offset)

    def return_to(self, offset: int) -> None:
        """Move the cursor to an offset that the jump list names, and show what is around it."""
        if not self._in_view(offset):
            self._show_around(offset)
        self.move_cursor(offset)

    def scroll_rows(self, count: int) -> None:
        """Scroll by rows, down if positive; the cursor stays in its row unless that leaves the view."""
        self._reach(self.cursor, count)
        if not (page := self.page):
            return
        top = max(0, min(self.scroll_offset.y + count, page.rows.stop - self.size.height))
        margin = min(_SCROLL_OFF, (self.size.height - 1) // 2)
        row = page.row_at(self.cursor)
        first = top + margin if top else 0
        nearest = max(first, min(row, top + self.size.height - 1 - margin))
        self.scroll_to(y=top, animate=False)
        if nearest != row:
            self._move_to_row(page, nearest, count)

    def scroll_cursor_to(self, fraction: float) -> None:
        """Scroll so that the cursor is at a fraction of the height of the view, 0 for the top and 1 for the bottom."""
        if self.page:
            height = self.size.height
            margin = min(_SCROLL_OFF, (height - 1) // 2)
            row_in_view = max(margin, min(round((height - 1) * fraction), height - 1 - margin))
            self.scroll_to(y=max(self.page.row_at(self.cursor) - row_in_view, 0), animate=False)

    def move_in_view(self, fraction: float, rows: int = 0) -> None:
        """Move the cursor to a row of the view: at a fraction of its height, and some rows from there."""
        if page := self.page:
            top, bottom = self.scroll_offset.y, min(self.scroll_offset.y + self.size.height, page.rows.stop) - 1
            margin = min(_SCROLL_OFF, (self.size.height - 1) // 2)
            first = top + margin if top else top
            last = bottom - margin if bottom < page.rows.stop - 1 else bottom
            row = round(first + (last - first) * fraction) + rows
            self._move_to_row(page, max(first, min(row, last)), 1 if fraction < 1 else -1)

    def move_rows(self, count: int) -> None:
        """Move the cursor by rows that show text, down if positive, keeping its column."""
        self._reach(self.cursor, count)
        if not (page := self.page):
            return
        row = page.row_at(self.cursor)
        if self._goal_column is None:
            self._goal_column = page.column_of(self.cursor)
        step = 1 if count > 0 else -1
        target = row
        for _ in range(abs(count)):
            candidate = target + step
            while candidate in page.rows and page.is_empty(candidate):
                candidate += step
            if candidate not in page.rows:
                break
            target = candidate
        if target == row:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)
            return
        self.move_cursor(page.offset_at(target, self._goal_column), keep_column=True)

    def move_pages(self, pages: float) -> None:
        """Move view and cursor together by pages, or fractions of one, down if positive."""
        rows = int(max(self.size.height - 2, 1) * pages) or (1 if pages > 0 else -1)
        self._reach(self.cursor, rows)
        if not (page := self.page):
            return
        if self._goal_column is None:
            self._goal_column = page.column_of(self.cursor)
        target = max(page.rows.start, min(page.row_at(self.cursor) + rows, page.rows.stop - 1))
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)
        self.move_cursor(page.offset_at(page.text_row(target, rows), self._goal_column), keep_column=True)

    def move_in_row(self, *, to_end: bool) -> None:
        """Move the cursor to the start or the end of its row."""
        if page := self.page:
            start, end = page.span(page.row_at(self.cursor))
            self.move_cursor(max(end - 1, start) if to_end else start)

    def _move_to_row(self, page: Page, row: int, direction: int) -> None:
        if self._goal_column is None:
            self._goal_column = page.column_of(self.cursor)
        self.move_cursor(page.offset_at(page.text_row(row, direction), self._goal_column), keep_column=True)

    def _show_around(self, offset: int) -> None:
        self._reach(offset)
        if self.page:
            self.scroll_to(y=self.page.row_at(offset) - self.size.height // 3, animate=False)

    def block_at_cursor(self) -> Block | None:
        """Return the block that contains the cursor."""
        document = self.reading.document
        return document.block_at(self.cursor) if self.page and document.blocks else None

    @property
    def fraction_read(self) -> float:
        """How much of the text is above the lower edge of the view, 0 to 1."""
        page = self.page
        if not page or (page.reaches_end and self.scroll_offset.y + self.size.height >= page.rows.stop):
            return 1.0
        return self.visible_span[1] / max(len(page.document.text), 1)

    async def all_rows(self) -> Page:
        """Return the rows of the whole text, once they are laid out and the outline is known. The text was painted."""
        await self.lay_out_rest_beside()
        assert self.page is not None
        return self.page

    async def lay_out_rest_beside(self) -> None:
        """Lay out the whole text in another thread, unless that has been done; also again if the width changes."""
        async with self._completing:
            while (page := self.page) and not page.is_complete:
                full_page = await in_thread(lay_out, page.document, page.width)
                await in_thread(self.outline.read)
                if self.page and not self.page.is_complete and self.page.width == full_page.width:
                    self._show_page(full_page)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out the rows that come into view."""
        super().watch_scroll_y(old_value, new_value)
        page, height, top = self.page, self.size.height, round(new_value)
        if not page or page.is_complete or self._is_changing_page:
            return
        if (page.reaches_start or top >= page.rows.start) and (page.reaches_end or top + height <= page.rows.stop):
            return
        nearest = max(page.rows.start, min(top, page.rows.stop - 1))
        if abs(nearest - top) <= height:  # scrolled a little
            row, offset = nearest, page.span(nearest)[0]
        else:
            row, offset = top, page.likely_offset(top)
        new_page = self._page_around(offset, height).numbered(row, offset)
        self._show_page(new_page, top + new_page.row_at(offset) - row)

    def _reach(self, offset: int, rows: int = 0) -> None:
        """Make sure that what is shown around an offset is laid out, and around the row so many rows below or above."""
        page, height = self.page, self.size.height
        if not page or page.has(offset, height + max(-rows, 0), height + max(rows, 0)):
            return
        new_page = self._page_around(offset, abs(rows) + height)
        first_visible, last_visible = self.visible_span
        if page.has(offset) and new_page.has(first_visible):
            self._show_page(new_page.numbered(page.row_at(offset), offset))
        else:
            margin = min(_SCROLL_OFF, (height - 1) // 2)
            distance = height - 1 - margin if offset >= last_visible else margin
            self._show_page(new_page, new_page.row_at(offset) - distance)

    def _page_around(self, offset: int, rows: int, width: int = 0) -> Page:
        """Return the rows around an offset, with the width of the page before unless another is given.

        There are at least so many above and below it; all of them if the text is short.
        """
        document = self.reading.document
        width = width or (self.page.width if self.page else 1)
        if len(document.text) <= _SHORT:
            return lay_out(document, width)
        return lay_out_around(document, width, offset, rows + _SCREENS_AROUND * self.size.height)

    def _show_page(self, page: Page, top: int | None = None) -> None:
        """Take over other rows.

        Args:
            page: The rows.
            top: The first row to show; None leaves the view as it is, even if its rows have other numbers now.
        """
        previous, self.page = self.page, page
        if top is None:
            top = self.scroll_offset.y
            if previous:
                row = previous.text_row(max(previous.rows.start, min(top, previous.rows.stop - 1)), 1)
                top += page.row_at(previous.span(row)[0]) - row
        self._is_changing_page = True
        set_content_size(self, Size(self.scrollable_content_region.width, page.height))
        self.scroll_to(y=max(top, 0), animate=False)
        self._is_changing_page = False
        self.refresh()

    @property
    def visible_span(self) -> tuple[int, int]:
        """The span of the text in view."""
        if not (page := self.page):
            return 0, 0
        top = max(page.rows.start, min(self.scroll_offset.y, page.rows.stop - 1))
        bottom = min(top + max(self.size.height, 1), page.rows.stop) - 1
        return page.span(top)[0], page.span(bottom)[1]

    def _clamped(self, offset: int) -> int:
        return max(0, min(offset, max(len(self.reading.document.text) - 1, 0)))

    def _refresh_row_of(self, offset: int) -> None:
        if self.page:
            self.refresh_line(self.page.row_at(offset))

    def _in_view(self, offset: int) -> bool:
        page = self.page
        return not page or (page.has(offset) and 0 <= page.row_at(offset) - self.scroll_offset.y < self.size.height)

    def _scroll_to_cursor(self, scroll_off: int) -> None:
        if not self.page or self.size.height <= 0:
            return
        row, top, height = self.page.row_at(self.cursor), self.scroll_offset.y, self.size.height
        margin = min(scroll_off, (height - 1) // 2)
        if row < top + margin:
            self.scroll_to(y=max(row - margin, 0), animate=False)
        elif row > top + height - 1 - margin:
            self.scroll_to(y=row - height + 1 + margin, animate=False)
