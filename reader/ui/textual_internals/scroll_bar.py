"""A scroll bar that is drawn only if it looks different."""

from __future__ import annotations

from math import ceil

from rich.console import RenderableType
from textual.geometry import Region
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar
from textual.strip import Strip


class SteadyScrollBar(ScrollBar):
    """A vertical scroll bar that is drawn again only if it looks different: rarely, while a long text is scrolled."""

    position: Reactive[float] = Reactive(0, repaint=False)
    _drawn_start = -1

    def watch_position(self) -> None:
        """Draw the bar again if its thumb has moved by an eighth of a cell."""
        if self._thumb_start != self._drawn_start:
            self.refresh()

    def render(self) -> RenderableType:
        """Draw the bar."""
        self._drawn_start = self._thumb_start
        return super().render()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region: nothing is around them."""
        if self._dirty_regions or self._render_cache.size != self.size:
            self._render_content()
        strips = list(self._render_cache.lines[crop.y : crop.bottom])
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, self.background_colors[1]) for strip in strips]
        return strips

    @property
    def _thumb_start(self) -> int:
        """Where the thumb starts, in eighths of cells."""
        size, virtual_size, window_size = self.size.height, ceil(self.window_virtual_size), ceil(self.window_size)
        if not size or window_size >= virtual_size:
            return 0
        thumb_size = max(1, window_size * size / virtual_size)
        return int((size - thumb_size) * self.position / (virtual_size - window_size) * 8)
