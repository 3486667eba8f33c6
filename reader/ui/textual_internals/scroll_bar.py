"""A scroll bar that is drawn only if it looks different."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

_EIGHTHS: Final = 8
"""Parts of a cell that the thumb covers or not."""


class SteadyScrollBar(ScrollBar):
    """A vertical scroll bar of which only the rows are drawn again that look different.

    Rows that look alike are one strip, which is filtered, cut and written once.
    """

    position: Reactive[float] = Reactive(0, repaint=False)
    window_size: Reactive[int] = Reactive(0, repaint=False)
    window_virtual_size: Reactive[int] = Reactive(100, repaint=False)
    _drawn_thumb: range | None = None
    """The eighths of cells that the thumb covered when it was drawn last."""
    _drawn_size: Size | None = None
    _rows: Sequence[Strip] = ()

    def watch_position(self) -> None:
        """Draw the rows that look different."""
        self._refresh_changed_rows()

    def watch_window_size(self) -> None:
        """Draw the rows that look different."""
        self._refresh_changed_rows()

    def watch_window_virtual_size(self) -> None:
        """Draw the rows that look different."""
        self._refresh_changed_rows()

    def render(self) -> RenderableType:
        """Draw the bar."""
        self._drawn_thumb = self._thumb
        return super().render()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region: nothing is around them."""
        if self._dirty_regions or self._drawn_size != self.size:
            self._rows = self._draw()
            self._drawn_size = self.size
            self._dirty_regions.clear()
        return list(self._rows[crop.y : crop.bottom])

    def _refresh_changed_rows(self) -> None:
        """Draw the rows again in which the thumb covers other eighths than when it was drawn last."""
        thumb, drawn_thumb = self._thumb, self._drawn_thumb
        if drawn_thumb is None:
            self.refresh()
        elif thumb != drawn_thumb:
            rows = {eighth // _EIGHTHS for covered in (thumb, drawn_thumb) for eighth in covered}
            changed = [row for row in rows if _in_row(thumb, row) != _in_row(drawn_thumb, row)]
            self.refresh(*(Region(0, row, self.size.width, 1) for row in changed))

    def _draw(self) -> list[Strip]:
        bar, base = self.render(), self.visual_style.rich_style
        assert isinstance(bar, ScrollBarRender)
        assert isinstance(bar.style, Style)
        assert bar.style.bgcolor
        assert bar.style.color
        width, height = self.size
        segments = bar.render_bar(
            height,
            bar.virtual_size,
            bar.window_size,
            bar.position,
            width,
            back_color=bar.style.bgcolor,
            bar_color=bar.style.color,
        ).segments
        filters, background = self.get_line_filters(), self.background_colors[1]
        strips: dict[int, Strip] = {}
        for segment in segments:
            if id(segment) not in strips:
                style = base + segment.style if segment.style else base
                strip = Strip([Segment(segment.text, style)], width)
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, background)
                strips[id(segment)] = strip
        return [strips[id(segment)] for segment in segments]

    @property
    def _thumb(self) -> range:
        """The eighths of cells that the thumb covers; none if everything is in view."""
        size, virtual_size, window_size = self.size.height, ceil(self.window_virtual_size), ceil(self.window_size)
        if not size or window_size >= virtual_size:
            return range(0)
        thumb_size = max(1, window_size * size / virtual_size)
        start = max(int((size - thumb_size) * self.position / (virtual_size - window_size) * _EIGHTHS), 0)
        return range(start, start + ceil(thumb_size * _EIGHTHS))


def _in_row(thumb: range, row: int) -> range:
    """Return the eighths of cells in a row that the thumb covers."""
    first = row * _EIGHTHS
    return range(max(thumb.start, first), max(thumb.start, first, min(thumb.stop, first + _EIGHTHS)))
