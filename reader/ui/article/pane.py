"""The article pane: the text with its mentions, a cursor, a selection; drawn row by row as it comes into view."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from reader.display.page import Page, indent_of, lay_out
from reader.display.search import Matches
from reader.document import Block, BlockKind
from reader.reading import Reading
from reader.resolve import Entity
from reader.structures.intervals import overlapping
from reader.ui.article.layers import layers_over
from reader.ui.article.mouse import Pointing
from reader.ui.article.resizing import Resizing
from reader.ui.article.selection import Selection
from reader.ui.article.view import Highlights
from reader.ui.base._textual import set_content_size
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.painting import paint, strip_of
from reader.ui.panels.note_rows import NOTED, TAGGED

DEFAULT_MEASURE: Final = 80
MIN_MEASURE: Final = 30
MAX_MEASURE: Final = 160
_MARGIN: Final = 2
_SCROLL_OFF: Final = 2


class Article(Pointing, can_focus=True):
    """Shows `Reading.document` with its mentions. Positions are code points; rows only exist while drawing."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--cursor",
        "article--selection",
        "article--match",
        "article--heading",
        "article--quote",
        "article--code",
        "article--marker",
        "article--link",
        "article--nested",
        "article--noted",
    }

    def __init__(self, reading: Reading, *, offset: int = 0, id: str | None = None) -> None:
        super().__init__(reading, offset, id=id)
        self.resizing: Resizing | None = None
        """The mention whose edges are being moved."""
        self._entity: Entity | None = None
        self.matches = Matches()
        self.highlights = Highlights.ALL
        self.only_entity = False
        """Whether the mentions of other entities are left plain."""
        self.measure = DEFAULT_MEASURE
        """The widest the column of text may be, in cells."""
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(400)
        self._generation = 0
        self._rows_shown = 0
        self._labels = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity, as it is now: the one whose mentions are filled."""
        return self.reading.current(self._entity)

    # What the screen tells it

    def redraw(self) -> None:
        """Draw again after mentions, entity, matches or highlights have changed; nothing moves."""
        self._generation += 1
        self.refresh()

    def show_entity(self, entity: Entity | None) -> None:
        """Fill the mentions of an entity and no other."""
        if entity is self._entity:
            return
        before, self._entity = self._entity, entity
        if self.only_entity:
            self.redraw()
        else:
            self._refresh_rows_with(before)
            self._refresh_rows_with(entity)

    def set_measure(self, measure: int) -> None:
        """Set the width of the column of text, in cells."""
        self.measure = max(MIN_MEASURE, min(measure, MAX_MEASURE))
        self._lay_out()

    def begin_selection(self, selection: Selection | None) -> None:
        """Show a selection, its active end under the cursor; None ends it."""
        self.selection = selection
        if selection:
            self.move_cursor(selection.active)
        self.post_message(self.CursorMoved(self, self.cursor))
        self.refresh()

    def offset_at(self, x: int, y: int) -> int:
        """Return the code point that is drawn at a place of the widget."""
        assert self.page is not None
        row = max(0, min(y + self.scroll_offset.y, self.page.height - 1))
        return self.page.offset_at(self.page.text_row(row, 1), max(x - self._left_margin, 0))

    def region_of(self, start: int, end: int) -> Region:
        """Return where on the screen `start:end` begins: the part of it in its first row that is in view."""
        page, top = self.page, self.scroll_offset.y
        if page is None:
            return Region(*self.content_region.offset, 1, 1)
        rows = range(page.row_at(start), page.row_at(max(end - 1, start)) + 1)
        row = next((each for each in rows if each >= top), rows[0])
        first, last = max(start, page.starts[row]), min(end, page.ends[row])
        x, stop = (self._left_margin + page.column_of(each) for each in (first, max(last - 1, first)))
        place = self.content_region.offset + Offset(x, row - top)
        return Region(place.x, place.y, stop - x + 1, 1)

    @property
    def first_visible_block(self) -> int:
        """The index of the first block in view."""
        return self.page.block_index(self.scroll_offset.y) if self.page else 0

    # Drawing

    def fit(self) -> None:
        """Wrap to the new width."""
        self._lay_out()

    def on_show(self) -> None:
        """Say that the text can be read."""
        self.post_message(self.Shown())

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        super().notify_style_update()
        self._labels = LabelStyles(self)
        self._generation += 1

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        page, width = self.page, self.scrollable_content_region.width
        row = y + self.scroll_offset.y
        if page is None or row >= page.height:
            return Strip.blank(width, self.ground)
        start, end = page.starts[row], page.ends[row]
        has_cursor = self.has_focus and (start <= self.cursor < end or page.row_at(self.cursor) == row)
        chosen = self.selection
        overlap = (chosen.start, chosen.end) if chosen and chosen.start < end and start < chosen.end else None
        longest = self.reading.longest
        entity = self.entity
        filled = entity.id if entity and overlapping(entity.mentions, start, end, longest) else None
        key = (row, width, self._generation, self.cursor if has_cursor else None, overlap, filled)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._draw(page, row, width, has_cursor=has_cursor)
            self._strips[key] = strip
        return strip

    def _draw(self, page: Page, row: int, width: int, *, has_cursor: bool) -> Strip:
        base = self.ground
        start, end = page.starts[row], page.ends[row]
        if (start == end and not has_cursor) or not page.document.blocks:
            return Strip.blank(width, base)
        index = page.block_index(row)
        block = page.document.blocks[index]
        indent = indent_of(block)
        base_row = base + self._block_style(block)
        lead = self._lead(block, first=row == page.first_rows[index])
        layers = layers_over(self, self._labels, start, end, has_cursor=has_cursor)
        segments = [
            self._margin(start, end, base),
            Segment(lead.ljust(indent), base_row + self.get_component_rich_style("article--marker", partial=True)),
            *paint(page.document.text, start, end, base_row, layers),
        ]
        if has_cursor and self.cursor >= end:
            segments.append(Segment(" ", base + self.get_component_rich_style("article--cursor", partial=True)))
        return strip_of(segments, width, base)

    def _margin(self, start: int, end: int, base: Style) -> Segment:
        """Return what stands before a row: nothing, or the sign that something in it has a note or a tag."""
        width, remarks = self._left_margin, self.reading.notes
        spans = remarks.starting_between(start, end) if width >= _MARGIN else ()
        if not spans:
            return Segment(" " * width, base)
        sign = NOTED if any(span in remarks.noted for span in spans) else TAGGED
        return Segment(f"{sign} ".rjust(width), base + self.get_component_rich_style("article--marker", partial=True))

    def _block_style(self, block: Block) -> Style:
        names = {BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote", BlockKind.CODE: "code"}
        name = names.get(block.kind)
        return self.get_component_rich_style(f"article--{name}", partial=True) if name else Style()

    @staticmethod
    def _lead(block: Block, *, first: bool) -> str:
        if block.kind is BlockKind.QUOTE:
            return "▎ " * max(block.level, 1)
        if block.kind is BlockKind.LIST_ITEM and first and block.marker:
            return " " * (indent_of(block) - len(block.marker) - 1) + block.marker
        return ""

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        top_row = self.scroll_offset.y
        anchor, lines_above = self.cursor, 0
        if self.page and self.page.height:
            lines_above = self.page.row_at(self.cursor) - top_row
            if not 0 <= lines_above < self._rows_shown:
                anchor, lines_above = self.page.starts[min(top_row, self.page.height - 1)], 0
        margin = _MARGIN if width > MIN_MEASURE else 0
        wanted = min(self.measure, max(width - 2 * margin, 1))
        first = self.page is None
        if first or (self.page and self.page.width != wanted):
            self.page = lay_out(self.reading.document, wanted)
        assert self.page is not None
        self._generation += 1
        set_content_size(self, Size(width, self.page.height))
        if first:
            lines_above = min(self.page.row_at(anchor), self.size.height // 3)
        self.scroll_to(y=max(self.page.row_at(anchor) - min(lines_above, self.size.height - 1), 0), animate=False)
        self._rows_shown = self.size.height
        self.refresh()

    @property
    def _left_margin(self) -> int:
        width = self.scrollable_content_region.width
        return max((width - self.page.width) // 2, 0) if self.page else 0

    # Places

    def _refresh_rows_with(self, entity: Entity | None) -> None:
        page = self.page
        if entity is None or page is None:
            return
        top = self.scroll_offset.y
        bottom = min(top + self.size.height, page.height) - 1
        if bottom >= top:
            for mention in overlapping(entity.mentions, page.starts[top], page.ends[bottom], self.reading.longest):
                for row in range(page.row_at(mention.start), page.row_at(mention.end - 1) + 1):
                    self.refresh_line(row)
