"""The base of every list in the app: its rows are drawn when they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.painting import readable_strip, strip_of
from reader.ui.textual_internals.fitted_view import FittedView, set_content_size

_MOST_DRAWN: Final = 200
"""Items that are kept as they were drawn."""


class DrawnItem(NamedTuple):
    """An item as it was drawn last."""

    width: int
    is_current: bool
    lines: Sequence[Strip]


class ListFrame(NamedTuple):
    """What the lines of one paint have in common, so that it is looked up once."""

    width: int
    ground: Style
    top: int
    """The row that is drawn in the first line."""
    fixed_lines: int
    """The number of lines at the top that do not scroll."""
    first_item_row: int
    item_height: int
    item_count: int
    current: int
    """The index of the highlighted item, -1 for none."""


class RowList(FittedView[ListFrame], can_focus=True):
    """Items of equal height, which subclasses draw.

    Above them are an optional title, which stays in view, and an optional heading, which scrolls with them.

    There is no object per item: a list of 20,000 items costs as much as one of 20.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", "row-list--dim", "row-list--rule"}
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    """

    ITEM_HEIGHT: ClassVar[int] = 1
    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The index of the current item."""

    _title: Sequence[list[Segment]] = ()
    _heading: Sequence[list[Segment]] = ()

    @dataclass(slots=True)
    class Moved(Message):
        """The cursor moved to another item."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    @dataclass(slots=True)
    class Chosen(Message):
        """An item was clicked."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:
        self._drawn: LRUCache[int, DrawnItem] = LRUCache(_MOST_DRAWN)
        """Items by index, until something changes."""
        super().__init__(id=id)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> RowList:
        """Draw regions again, or everything because it may have changed."""
        if not regions:
            self._drawn.clear()
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    @property
    def item_height(self) -> int:
        """The number of lines of an item."""
        return self.ITEM_HEIGHT

    def item_count(self) -> int:
        """Return the number of items."""
        raise NotImplementedError

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the `item_height` lines of an item, each at most `width` cells wide."""
        raise NotImplementedError

    def draw_title(self, width: int) -> list[list[Segment]]:
        """Return the lines at the top. They stay in view if there is room for them and an item."""
        del width
        return []

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the lines between the title and the first item. They scroll with the items."""
        del width
        return []

    def refill(self, *, cursor: int | None = None) -> None:
        """Draw the list again after the items have changed.

        Args:
            cursor: The new index of the cursor; None to keep it.
        """
        index = self.cursor if cursor is None else cursor
        self.set_reactive(RowList.cursor, max(0, min(index, self.item_count() - 1)))
        self._measure()
        self.refresh(self.size.region)  # not the scroll bar

    def move(self, by: int) -> None:
        """Move the cursor by some items, at most to the first or last one."""
        self.move_to(self.cursor + by)

    def move_to(self, index: int) -> None:
        """Move the cursor to an item and scroll it into view."""
        if count := self.item_count():
            self.cursor = max(0, min(index, count - 1))
            self.show_cursor()

    def put_cursor(self, index: int) -> None:
        """Move the cursor to an item and scroll it into view, without posting `Moved`."""
        old, new = self.cursor, max(0, min(index, self.item_count() - 1))
        self.set_reactive(RowList.cursor, new)
        self.refresh_items(old, new)
        self.show_cursor()

    def refresh_items(self, *indices: int) -> None:
        """Draw some items again."""
        for index in indices:
            self._drawn.discard(index)
            self.refresh_lines(self._row_of(index), self.item_height)

    def refresh_title(self) -> None:
        """Draw the title again; it has as many lines as before."""
        width = self.scrollable_content_region.width
        if self._title and width > 0:
            self._title = self.draw_title(width)
            top = 0 if self._fixed_lines else -self.scroll_offset.y
            self.refresh(Region(0, top, width, len(self._title)))

    def page_size(self) -> int:
        """Return the number of items that a page holds."""
        return max((self.size.height - self._fixed_lines) // self.item_height - 1, 1)

    def show_cursor(self) -> None:
        """Scroll as little as possible to bring the current item into view; for the first item, up to the heading."""
        height = self.size.height
        top = 0 if self.cursor == 0 else self._row_of(self.cursor) - self._fixed_lines
        bottom = self._row_of(self.cursor) + self.item_height
        offset = self.scroll_offset.y
        if top < offset or bottom - top > height:
            self.scroll_to(y=max(top, bottom - height), animate=False)
        elif bottom > offset + height:
            self.scroll_to(y=bottom - height, animate=False)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two items that changed."""
        self.refresh_items(old, new)
        self.post_message(self.Moved(self, new))

    def fit(self) -> None:
        """Fit to the new size; scroll to the top if the current item is visible from there."""
        self._measure()
        if self._row_of(self.cursor) + self.item_height <= self.size.height:
            self.scroll_to(y=0, animate=False)
        self.show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the item under the pointer, and choose it."""
        y = event.get_content_offset_capture(self).y
        index = (y + self.scroll_offset.y - self._row_of(0)) // self.item_height
        if y >= self._fixed_lines and 0 <= index < self.item_count():
            self.move_to(index)
            self.post_message(self.Chosen(self, index))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        frame = self._frame or self.frame
        width, base = frame.width, frame.ground
        row = y if 0 <= y < frame.fixed_lines else y + frame.top
        if row < len(self._title):
            return strip_of(self._title[row], width, base)
        if row < frame.first_item_row:
            return strip_of(self._heading[row - len(self._title)], width, base)
        index, line = divmod(row - frame.first_item_row, frame.item_height)
        if index >= frame.item_count:
            return Strip.blank(width, base)
        is_current = index == frame.current
        drawn = self._drawn.get(index)
        if drawn is None or (drawn.width, drawn.is_current) != (width, is_current):
            lines = self._draw_current(index, width, base) if is_current else self._draw(index, width, base)
            drawn = self._drawn[index] = DrawnItem(width, is_current, lines)
        return drawn.lines[line]

    def marks_cursor(self) -> bool:
        """Return whether the current item is highlighted."""
        return True

    def notify_style_update(self) -> None:
        """Draw the heading in the new colors."""
        super().notify_style_update()
        if self.is_mounted:
            self._measure()

    def make_frame(self) -> ListFrame:
        """Return what the lines of a paint have in common."""
        return ListFrame(
            self.scrollable_content_region.width,
            self.ground,
            self.scroll_offset.y,
            self._fixed_lines,
            self._row_of(0),
            self.item_height,
            self.item_count(),
            self.cursor if self.marks_cursor() else -1,
        )

    def _draw(self, index: int, width: int, base: Style) -> list[Strip]:
        return [strip_of(line, width, base) for line in self.draw_item(index, width)]

    def _draw_current(self, index: int, width: int, base: Style) -> list[Strip]:
        base += self.part_style("row-list--cursor")
        return [readable_strip(strip) for strip in self._draw(index, width, base)]

    def _measure(self) -> None:
        self._drawn.clear()
        width = self.scrollable_content_region.width
        if width <= 0 or not self.is_attached:
            self._fitted = None  # hidden: measured again when it is shown, whatever changes in the meantime
            return
        self._title, self._heading = self.draw_title(width), self.draw_heading(width)
        set_content_size(self, Size(width, self._row_of(self.item_count())))

    @property
    def _fixed_lines(self) -> int:
        """The number of lines at the top that do not scroll: the title, unless it leaves no room for an item."""
        return len(self._title) if self.size.height > len(self._title) + self.item_height else 0

    def _row_of(self, index: int) -> int:
        return len(self._title) + len(self._heading) + index * self.item_height
