"""A scrolling view that is painted in the right size at once, and keeps its lines."""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual._border import get_box
from textual.cache import LRUCache
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.style import Style as VisualStyle

from reader.ui.textual_internals.scroll_bar import SteadyScrollBar

_MOST_LINES: Final = 400
"""Lines of a view that are kept with their borders."""
Frame = TypeVar("Frame")
"""What all lines of a paint have in common."""


def set_content_size(view: ScrollView, size: Size) -> None:
    """Set the content size of a scrolling view without laying out the whole screen.

    Setting `virtual_size` lays out and draws every widget again, which takes 15 ms of a key press. The position and
    size of the view itself do not depend on its content.
    """
    if size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)


def _has_plain_edges(styles: RenderStyles) -> bool:
    """Return whether a widget has nothing around its lines but borders on the left and the right."""
    gutter = styles.gutter
    sides = int(bool(styles.border_left[0])), int(bool(styles.border_right[0]))
    top, right, bottom, left = styles.outline
    outlined = top[0] or right[0] or bottom[0] or left[0]
    is_opaque = styles.opacity == 1 and styles.text_opacity == 1 and not styles.tint.a
    has_hatch = styles.has_rule("hatch") and styles.hatch != "none"
    return gutter == (0, sides[1], 0, sides[0]) and is_opaque and not outlined and not has_hatch


class FittedView(ScrollView, Generic[Frame]):
    """A scrolling view that fits its content to a new size in time for the first paint in that size.

    What all lines of a paint have in common is its frame, so that it is looked up once. Textual makes every line anew
    that is drawn again, even if only its position has changed; here it stays the same as long as `render_line` returns
    the same, and what Textual computes from it is computed once.

    A `Resize` event is handled after that paint. A view that waits for it is painted twice, first with its old content
    or empty.
    """

    _fitted: Size | None = None
    _ground: Style | None = None
    _part_styles: dict[str, Style] | None = None
    """The styles of component classes, by name."""
    _frame: Frame | None = None
    _is_painting = False
    _edges: tuple[Segment | None, Segment | None] = None, None
    """The borders of a line on either side."""
    _has_plain_edges = True
    """Whether nothing else is around the lines."""
    _padding: Style | None = None
    """The style of the room for the scroll bar while it is not shown."""
    _edged: LRUCache[int, tuple[Strip, Strip]] | None = None
    """Lines without and with their borders, by the `id` of the former."""

    @property
    def ground(self) -> Style:
        """The style of the view itself, computed once per change of styles because every line needs it."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def part_style(self, component: str) -> Style:
        """Return the style of a component class, looked up once per change of styles: Textual forgets it at each paint.

        Args:
            component: The name of the class.
        """
        if self._part_styles is None:
            self._part_styles = {}
        style = self._part_styles.get(component)
        if style is None:
            style = self._part_styles[component] = self.get_component_rich_style(component, partial=True)
        return style

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        super().notify_style_update()
        self._ground = self._edged = self._part_styles = None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar; it is created when it is first asked for."""
        if self._vertical_scrollbar is None:
            scroll_bar = self._vertical_scrollbar = SteadyScrollBar(
                vertical=True, name="vertical", thickness=self.scrollbar_size_vertical
            )
            scroll_bar.display = False
            self.app._start_widget(self, scroll_bar)
        return self._vertical_scrollbar

    @property
    def frame(self) -> Frame:
        """What the lines of the present paint have in common."""
        frame = self._frame
        if frame is None:
            frame = self.make_frame()
            if self._is_painting:
                self._frame = frame
        return frame

    def make_frame(self) -> Frame:
        """Return what the lines of a paint have in common."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region."""
        self._is_painting = True
        try:
            if self._edged is None:
                self._update_edges()
            return self._draw_lines(crop) if self._has_plain_edges else super().render_lines(crop)
        finally:
            self._is_painting, self._frame = False, None

    def _draw_lines(self, crop: Region) -> list[Strip]:
        background, filters = self.background_colors[1], self.get_line_filters()
        columns = crop.column_span if crop.column_span != (0, self.outer_size.width) else None
        left_side, right_side = self._edges
        width = self.content_region.width
        if self.show_vertical_scrollbar and not right_side and self.vertical_scrollbar.size:
            width -= self.scrollbar_size_vertical  # the scroll bar is drawn over the rest, except in the first paint
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            if left_side or right_side or strip.cell_length != width:
                strip = self._with_edges(strip, width)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip if columns is None else strip.crop(*columns))
        return strips

    def _update_edges(self) -> None:
        styles, (base_background, background) = self.styles, self.background_colors
        inner, outer = (VisualStyle(background=color) for color in (base_background + background, base_background))

        def edge(border: tuple[Any, Color], column: int) -> Segment | None:
            kind, color = border
            box_style = VisualStyle(foreground=base_background + color)
            return get_box(kind, inner, outer, box_style)[1][column] if kind else None

        edges = edge(styles.border_left, 0), edge(styles.border_right, 2)
        self._has_plain_edges = _has_plain_edges(styles)
        self._edges, self._edged, self._padding = edges, LRUCache(_MOST_LINES), inner.rich_style

    def _with_edges(self, strip: Strip, width: int) -> Strip:
        """Return a line in a width, with its borders."""
        edged, (left_side, right_side) = self._edged, self._edges
        assert edged is not None
        pair = edged.get(id(strip))
        if pair is None or pair[0] is not strip:
            segments = [*strip.adjust_cell_length(width, self._padding)]
            segments = [*((left_side,) if left_side else ()), *segments, *((right_side,) if right_side else ())]
            pair = edged[id(strip)] = strip, Strip(segments, width + bool(left_side) + bool(right_side))
        return pair[1]

    def fit(self) -> None:
        """Fit the content to the size, which is not empty. It has not been painted in this size yet."""
        raise NotImplementedError

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if size and size != self._fitted:
            self._fitted = size
            self.fit()
        return changed

    def _scroll_update(self, virtual_size: Size) -> None:
        """Show the scroll bar if it is needed. Textual draws it again as a whole; here it knows which rows changed."""
        self._refresh_scrollbars()
        if self.show_horizontal_scrollbar:
            super()._scroll_update(virtual_size)
            return
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = virtual_size.height
            self.vertical_scrollbar.window_size = self.container_size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
