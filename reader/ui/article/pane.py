"""The article pane: the text with its mentions, a cursor and a selection, drawn row by row as it comes into view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from reader.display.page import Page, indent_of
from reader.display.search import Matches
from reader.document import Block, BlockKind
from reader.reading import Reading
from reader.resolve import Entity
from reader.structures.intervals import overlapping
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple
from reader.ui.article.cursor import CursorView
from reader.ui.article.layers import layers_over
from reader.ui.article.mouse import MouseDrag
from reader.ui.article.resizing import Resizing
from reader.ui.article.selection import Selection
from reader.ui.article.view_state import ArticleView, Highlights
from reader.ui.base.background_work import start_work
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.painting import Layer, paint, strip_of
from reader.ui.panels.note_rows import NOTED, TAGGED

DEFAULT_MEASURE: Final = 80
MIN_MEASURE: Final = 30
MAX_MEASURE: Final = 160
_MARGIN: Final = 2
_LEFT_BUTTON: Final = 1
_RIGHT_BUTTON: Final = 3
_BLOCK_STYLES: Final = {BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote", BlockKind.CODE: "code"}


class TextFrame(NamedTuple):
    """What the lines of one paint have in common, so that it is looked up once."""

    page: Page | None
    width: int
    top: int
    """The row that is drawn in the first line."""
    cursor_row: int
    """The row in which the cursor is drawn, -1 for none."""
    entity_id: str
    """The id of the selected entity, "" for none."""
    entity_rows: frozenset[int]
    """The rows in view that hold a mention of that entity."""


class Article(CursorView[TextFrame], can_focus=True):
    """Shows the text of a document with its mentions. Positions are code points; rows only matter in drawing."""

    ALLOW_SELECT = False
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
        "article--listed",
        "article--jump",
    }

    @dataclass(slots=True)
    class Clicked(Message):
        """The text was clicked; the cursor is where it was clicked."""

        pane: Article
        again: bool
        """Whether the cursor was there before."""
        menu: bool
        """Whether it was the right button, which opens a menu."""

        @property
        def control(self) -> Article:
            """The pane."""
            return self.pane

    def __init__(self, reading: Reading, *, offset: int = 0, id: str | None = None) -> None:
        super().__init__(reading, offset, id=id)
        self.selection: Selection | None = None
        self.resizing: Resizing | None = None
        """The mention whose edges are being moved."""
        self.matches = Matches()
        """The matches of the search."""
        self.listed_spans: Sequence[tuple[int, int]] = ()
        """Where names are like those of watchlists, sorted and without overlaps."""
        self.highlights = Highlights.ALL
        self.only_entity = False
        """Whether the mentions of other entities are left plain."""
        self.measure = DEFAULT_MEASURE
        """The greatest width of the column of text, in cells."""
        self.jump_labels: dict[int, str] = {}
        """The letters drawn over the text at an offset, while the user chooses a mention by them."""
        self.menu_position: Offset | None = None
        """The position on the screen of the last right click, until a menu has opened there."""
        self._entity: Entity | None = None
        self._drag = MouseDrag(reading.document.text)
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(400)
        self._generation = 0
        """Counts changes after which strips in the cache are outdated."""
        self._height_laid_out = 0
        """The rows of the view when the text was laid out."""
        self._labels = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity in the present resolution. Its mentions are filled."""
        return self.reading.current(self._entity)

    # What the screen changes

    def redraw(self) -> None:
        """Draw again after mentions, entity, matches or highlights have changed; the view does not scroll."""
        self._generation += 1
        self.refresh()

    def show_entity(self, entity: Entity | None) -> None:
        """Fill the mentions of an entity and of no other."""
        if entity is self._entity:
            return
        previous, self._entity = self._entity, entity
        if self.only_entity:
            self.redraw()
        else:
            self._refresh_rows_of(previous)
            self._refresh_rows_of(entity)

    def set_measure(self, measure: int) -> None:
        """Set the greatest width of the column of text, in cells."""
        self.measure = max(MIN_MEASURE, min(measure, MAX_MEASURE))
        self._lay_out()

    def set_selection(self, selection: Selection | None) -> None:
        """Show a selection, the cursor on its active edge; None ends it."""
        self.selection = selection
        if selection:
            self.move_cursor(selection.active)
        self.post_message(self.CursorMoved(self, self.cursor))
        self.refresh()

    def show_jump_labels(self, labels: dict[int, str]) -> None:
        """Draw letters over the text at some offsets; {} draws the text again."""
        if labels != self.jump_labels:
            self.jump_labels = labels
            self.redraw()

    # Positions

    def offset_at(self, x: int, y: int) -> int:
        """Return the offset of the code point that is drawn at a position of the widget."""
        assert self.page is not None
        row = max(self.page.rows.start, min(y + self.scroll_offset.y, self.page.rows.stop - 1))
        return self.page.offset_at(self.page.text_row(row, 1), max(x - self._left_margin, 0))

    def region_of(self, start: int, end: int) -> Region:
        """Return the region of the screen that shows `start:end`, in its first row that is in view."""
        page, top = self.page, self.scroll_offset.y
        if page is None:
            return Region(*self.content_region.offset, 1, 1)
        rows = range(page.row_at(start), page.row_at(max(end - 1, start)) + 1)
        row = next((row for row in rows if row >= top), rows[0])
        row_start, row_end = page.span(row)
        first, last = max(start, row_start), min(end, row_end)
        x, right = (self._left_margin + page.column_of(offset) for offset in (first, max(last - 1, first)))
        corner = self.content_region.offset + Offset(x, row - top)
        return Region(corner.x, corner.y, right - x + 1, 1)

    @property
    def first_visible_block(self) -> int:
        """The index of the first block in view."""
        return self.reading.document.block_index_at(self.visible_span[0])

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag."""
        if self.page and event.button == _LEFT_BUTTON:
            self._drag.begin(self.offset_at(event.x, event.y))
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select the words over which the mouse is dragged."""
        if self.page and self._drag.is_pressed:
            selection = self._drag.selection_to(self.offset_at(event.x, event.y))
            if selection is not None:
                self.set_selection(selection)

    def on_mouse_up(self) -> None:
        """End dragging."""
        if self._drag.is_pressed:
            self._drag.release()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to where the text was clicked; a right click on the selection leaves both as they are."""
        if self._drag.takes_click() or not self.page:
            return
        offset, menu, selection = self.offset_at(event.x, event.y), event.button == _RIGHT_BUTTON, self.selection
        if selection and not (menu and selection.start <= offset < selection.end):
            self.set_selection(None)
        self.menu_position = event.screen_offset if menu else None
        if menu and self.selection:
            again = True
        else:
            cursor_before = self.cursor
            self.move_cursor(offset)
            again = self.cursor == cursor_before
        self.post_message(self.Clicked(self, again, menu))

    # Drawing

    def fit(self) -> None:
        """Wrap the text to the new width."""
        self._lay_out()

    def on_show(self) -> None:
        """Report that the text can be read."""
        self.post_message(self.Shown())

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        super().notify_style_update()
        self._labels = LabelStyles(self)
        self._generation += 1

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        page, width, top, cursor_row, entity_id, entity_rows = self._frame or self.frame
        row = y + top
        if page is None or row not in page.rows:
            return Strip.blank(width, self.ground)
        has_cursor = row == cursor_row
        selected_span = None
        if selection := self.selection:
            start, end = page.span(row)
            if selection.start < end and start < selection.end:
                selected_span = selection.start, selection.end
        filled = entity_id if row in entity_rows else None
        key = (row, width, self._generation, self.cursor if has_cursor else None, selected_span, filled)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._draw(page, row, width, has_cursor=has_cursor)
            self._strips[key] = strip
        return strip

    def make_frame(self) -> TextFrame:
        """Return what the lines of a paint have in common."""
        page, entity = self.page, self.entity
        cursor_row = page.row_at(self.cursor) if page and self.has_focus else -1
        entity_rows = frozenset(self._rows_of(entity))
        width, top = self.scrollable_content_region.width, self.scroll_offset.y
        return TextFrame(page, width, top, cursor_row, entity.id if entity else "", entity_rows)

    def _draw(self, page: Page, row: int, width: int, *, has_cursor: bool) -> Strip:
        base = self.ground
        start, end = page.span(row)
        if (start == end and not has_cursor) or not page.blocks:
            return Strip.blank(width, base)
        block, is_first = page.block_of(row)
        indent = indent_of(block)
        block_style = _BLOCK_STYLES.get(block.kind)
        base_row = base + self._part_style(block_style) if block_style else base
        lead = self._lead(block, first=is_first)
        layers = layers_over(self._view(has_cursor=has_cursor), start, end)
        segments = [
            self._margin(start, end, base),
            Segment(lead.ljust(indent), base_row + self._part_style("marker")),
            *self._painted(page.document.text, start, end, base_row, layers),
        ]
        if has_cursor and self.cursor >= end:
            segments.append(Segment(" ", base + self._part_style("cursor")))
        return strip_of(segments, width, base)

    def _painted(self, text: str, start: int, end: int, base: Style, layers: Sequence[Layer]) -> Iterable[Segment]:
        """Return the text of a row in its styles, with the letters of jump labels over it."""
        labels = [(offset, label) for offset, label in self.jump_labels.items() if start <= offset < end]
        if not labels:
            return paint(text, start, end, base, layers)
        row = list(text[start:end])
        jump_style = self._part_style("jump")
        shifted = [Layer(layer.start - start, layer.end - start, layer.style) for layer in layers]
        for offset, label in labels:
            first = offset - start
            row[first : first + len(label)] = label
            shifted.append(Layer(first, first + len(label), jump_style))
        return paint("".join(row), 0, len(row), base, shifted)

    def _view(self, *, has_cursor: bool) -> ArticleView:
        return ArticleView(
            self.reading,
            self._labels,
            self._part_style,
            self.entity,
            self.only_entity,
            self.highlights,
            self.matches,
            self.selection,
            self.resizing,
            self.listed_spans,
            self.cursor if has_cursor and not self.resizing else None,
        )

    def _part_style(self, name: str) -> Style:
        return self.part_style(f"article--{name}")

    def _margin(self, start: int, end: int, base: Style) -> Segment:
        """Return the left margin of a row, with a sign where a mention in it has a note or a tag."""
        width, notes = self._left_margin, self.reading.notes
        spans = notes.starting_between(start, end) if width >= _MARGIN else ()
        if not spans:
            return Segment(" " * width, base)
        sign = NOTED if any(span in notes.noted_spans for span in spans) else TAGGED
        return Segment(f"{sign} ".rjust(width), base + self._part_style("marker"))

    @staticmethod
    def _lead(block: Block, *, first: bool) -> str:
        """Return what precedes the text of a row: the bars of a quote, or the marker of a list item."""
        if block.kind is BlockKind.QUOTE:
            return "▎ " * max(block.level, 1)
        if block.kind is BlockKind.LIST_ITEM and first and block.marker:
            return " " * (indent_of(block) - len(block.marker) - 1) + block.marker
        return ""

    def _lay_out(self) -> None:
        """Wrap the text to the width of the pane; the row of the cursor, or else the top row, stays where it is."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        page, top_row, height = self.page, self.scroll_offset.y, self.size.height
        anchor, rows_above = self.cursor, 0
        if page:
            rows_above = page.row_at(self.cursor) - top_row
            if not 0 <= rows_above < self._height_laid_out:
                anchor, rows_above = self.visible_span[0], 0
        margin = _MARGIN if width > MIN_MEASURE else 0
        page_width = min(self.measure, max(width - 2 * margin, 1))
        new_page = page
        if new_page is None or not new_page.is_complete or new_page.width != page_width:
            new_page = self._page_around(anchor, height, page_width)
        if page is None:
            rows_above = min(new_page.row_at(anchor), height // 3)
        elif not new_page.is_complete:
            start_work(self, self.lay_out_rest_beside, group="layout")
        self._show_page(new_page, new_page.row_at(anchor) - min(rows_above, height - 1))
        self._height_laid_out = height

    def _show_page(self, page: Page, top: int | None = None) -> None:
        """Take over other rows; what was drawn of rows with these numbers is outdated."""
        self._generation += 1
        super()._show_page(page, top)

    @property
    def _left_margin(self) -> int:
        width = self.scrollable_content_region.width
        return max((width - self.page.width) // 2, 0) if self.page else 0

    def _refresh_rows_of(self, entity: Entity | None) -> None:
        """Draw the rows in view again that hold a mention of an entity."""
        for row in self._rows_of(entity):
            self.refresh_line(row)

    def _rows_of(self, entity: Entity | None) -> Iterator[int]:
        """Yield the rows in view that hold a mention of an entity."""
        page = self.page
        if entity is None or page is None or not self.size.height:
            return
        for mention in overlapping(entity.mentions, *self.visible_span, self.reading.longest):
            yield from range(page.row_at(mention.start), page.row_at(mention.end - 1) + 1)
