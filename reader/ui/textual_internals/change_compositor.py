"""A compositor that draws only what has changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


def paint_only_changes(screen: Screen[Any]) -> None:
    """Let a screen that has not been laid out yet draw no line that has neither changed nor can be seen."""
    screen._compositor = ChangeCompositor()


class ChangedPieces(ChopsUpdate):
    """The changed parts of the screen, written without an object for each movement of the terminal's cursor."""

    def render_segments(self, console: Console) -> str:
        """Return the text and escape sequences that draw the parts."""
        written: list[str] = []
        for y, left_side, right_side in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x > right_side or end <= left_side:
                    continue
                if x < left_side or end > right_side:
                    strip = strip.crop(0, min(end, right_side) - x)
                written.append(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}")
        return "".join(written)


class ChangeCompositor(Compositor):
    """Draws the widgets that have changed, where they have.

    Textual's own draws every widget in the rectangle around all changes, and the containers behind them: beside a text
    that scrolls also the lists, half of the work of a key.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return the changed parts of the screen, None if there are none."""
        screen_region = self.size.region
        changed = [region.intersection(screen_region) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(filter(None, changed)))
        if not spans:
            return None
        around, cuts = Region.from_union(changed), self.cuts
        pieces: list[dict[int, Strip | None]] = [{} for _ in cuts]
        ends: list[list[int]] = [[] for _ in cuts]
        for y, left_side, right_side in spans:
            for start, end in zip(cuts[y], cuts[y][1:], strict=False):
                if start < right_side and end > left_side and start not in pieces[y]:
                    pieces[y][start] = None
                    ends[y].append(end)
        free_count = sum(map(len, pieces))
        for widget, (region, clip) in self.visible_widgets.items():  # from front to back
            visible = region.intersection(clip)
            if not around.overlaps(visible):
                continue
            parts = [part for part in changed if visible.overlaps(part)]
            if parts:
                rows = visible.intersection(Region.from_union(parts)).line_range
                free_count -= self._draw_into(pieces, rows, widget, region, visible)
                if not free_count:
                    break
        return ChangedPieces(pieces, spans, ends)

    def _draw_into(
        self,
        pieces: Sequence[dict[int, Strip | None]],
        rows: range,
        widget: Widget,
        region: Region,
        visible: Region,
    ) -> int:
        """Draw those rows of a widget in which pieces are still missing: what is in front of it is there already.

        Returns:
            The number of pieces drawn.
        """
        left_side, right_side = visible.column_span
        missing = []
        for y in rows:
            for x, strip in pieces[y].items():
                if strip is None and left_side <= x < right_side:
                    missing.append(y)
                    break
        if not missing:
            return 0
        first, last = missing[0], missing[-1]
        crop = Region(left_side - region.x, first - region.y, visible.width, last - first + 1)
        strips = widget.render_lines(crop)
        cuts: list[int] = []
        stops: list[int] = []
        row_cuts: list[int] | None = None
        drawn_count = 0
        for y in missing:
            row_pieces = pieces[y]
            if self.cuts[y] != row_cuts:  # else as in the row above
                row_cuts = self.cuts[y]
                cuts = row_cuts[bisect_left(row_cuts, left_side) : bisect_right(row_cuts, right_side)]
                stops = [cut - left_side for cut in cuts[1:]]
            strip = strips[y - first]
            divided = strip.divide(stops) if len(stops) > 1 or strip.cell_length != stops[0] else (strip,)
            for x, piece in zip(cuts, divided, strict=False):
                if x in row_pieces and row_pieces[x] is None:
                    row_pieces[x] = piece
                    drawn_count += 1
        return drawn_count
