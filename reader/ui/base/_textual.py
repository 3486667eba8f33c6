"""Private parts of Textual, but for `terminal_driver`. `tests/ui/test_textual.py` fails if a release changes any."""

from __future__ import annotations

import shutil
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, Final, Generic, TypeVar

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._border import get_box
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.cache import LRUCache
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

_CODE_SECONDS: Final = 0.9
"""Seconds to wait for the rest of the code of a key, besides those to wait for the key after an Escape."""
Result = TypeVar("Result")
Typed = TypeVar("Typed", bound=events.Key | events.Paste)
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


def forwarded_copy(event: Typed) -> Typed:
    """Return a new event with the same content and time, marked so that the app leaves it to its receiver."""
    copy = type(event)(*((event.key, event.character) if isinstance(event, events.Key) else (event.text,)))
    copy.time = event.time
    copy._set_forwarded()
    return copy


def install_escape_splitter() -> None:
    """Make Escape a key of its own for Textual's parser, however soon another key follows."""
    from textual._xterm_parser import XTermParser

    from reader.ui.keys.escape import EscapeSplitter

    feed = XTermParser.feed
    if feed.__module__ == __name__:
        return

    def feed_split(parser: XTermParser, data: str) -> Iterable[Message]:
        splitter: EscapeSplitter = vars(parser).setdefault("_reader_escapes", EscapeSplitter())
        split_data = splitter.split(data, waiting=parser._timeout_time is not None)
        # For the parser, no input at all is the end of input. The splitter may keep everything for the next time.
        if data and not split_data:
            return
        yield from feed(parser, split_data)
        if splitter.ended_with_introducer and parser._timeout_time is not None:
            parser._timeout_time += _CODE_SECONDS

    XTermParser.feed = feed_split  # type: ignore[method-assign, assignment]  # the parser has no other hook


def was_stopped(event: events.Event) -> bool:
    """Return whether a handler has stopped an event."""
    return event._stop_propagation


async def send_to_screen(app: App[Any], screen: Screen[Any], event: events.Key | events.Paste) -> None:
    """Send a key or paste to a screen instead of its focused widget. The app's priority bindings come first."""
    app.app_focus = True
    if not (isinstance(event, events.Key) and await app._check_bindings(event.key, priority=True)):
        screen._forward_event(event)


def close_screen(screen: Screen[Result], result: Result) -> None:
    """Remove a screen and give its result to whoever waits for it. Screens above it are removed first, without results.

    `Screen.dismiss` alone removes the top screen, whichever that is, and fails if nobody waits any more. A screen that
    is not on the stack, or is the first, is left alone.
    """
    stack = screen.app.screen_stack
    if screen not in stack[1:]:
        return
    for above in reversed(stack[stack.index(screen) + 1 :]):
        _dismiss(above, None)
    _dismiss(screen, result)


def _dismiss(screen: Screen[Any], result: object) -> None:
    for callback in screen._result_callbacks:
        if callback.future is not None and callback.future.done():
            callback.future = None
    screen.dismiss(result)


def fit_to_terminal(app: App[Any]) -> None:
    """Lay out all screens in the current size of the terminal, and paint the top one again.

    If the size changes several times in quick succession while a dialog opens or closes, a screen may get the last size
    but one last.
    """
    has_terminal = not app.is_headless and not app.is_web  # a browser only tells its size, and cannot be asked
    size = Size(*shutil.get_terminal_size()) if has_terminal else app.size
    if size != app.size:
        app.post_message(events.Resize(size, size))
    for screen in app.screen_stack:
        if screen.size != size:
            screen._screen_resized(size)
    if app.screen_stack:  # empty while the app exits
        app.screen.refresh(layout=True)


class LightApp(App[Result]):
    """An app that does not lay out and paint the screen below once more when a screen is removed.

    That screen was painted when it became the top one again. Painting it twice more takes 20 ms, and sends three times
    the bytes over a slow line.
    """

    is_ended_by_signal = False
    """Whether a signal has taken the screens away. What fails then, because they are not there, is ignored."""

    def _handle_exception(self, error: Exception) -> None:
        if not self.is_ended_by_signal:
            super()._handle_exception(error)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        return super()._prune(*nodes, parent=None if parent is self else parent)


def paint_only_changes(screen: Screen[Any]) -> None:
    """Let a screen that has not been laid out yet draw no line that has neither changed nor can be seen."""
    screen._compositor = ChangeCompositor()


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
        return ChopsUpdate(pieces, spans, ends)

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
            divided = strips[y - first].divide(stops)
            for x, strip in zip(cuts, divided, strict=False):
                if x in row_pieces and row_pieces[x] is None:
                    row_pieces[x] = strip
                    drawn_count += 1
        return drawn_count


def _has_plain_edges(styles: RenderStyles) -> bool:
    """Return whether a widget has nothing around its lines but borders on the left and the right."""
    gutter = styles.gutter
    sides = int(bool(styles.border_left[0])), int(bool(styles.border_right[0]))
    top, right, bottom, left = styles.outline
    outlined = top[0] or right[0] or bottom[0] or left[0]
    is_opaque = styles.opacity == 1 and styles.text_opacity == 1 and not styles.tint.a
    has_hatch = styles.has_rule("hatch") and styles.hatch != "none"
    return gutter == (0, sides[1], 0, sides[0]) and is_opaque and not outlined and not has_hatch


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

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        super().notify_style_update()
        self._ground = self._edged = None

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
        if self.show_vertical_scrollbar and not right_side:
            width -= self.scrollbar_size_vertical  # the scroll bar is drawn over the rest
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


def show_in(app: App[Any], styles: LineFilter, color_system: ColorSystem | None) -> None:
    """Draw an app in the styles of its terminal, instead of shades of gray if there are no colors."""
    app._filters = [line_filter for line_filter in app._filters if not isinstance(line_filter, Monochrome)]
    app._filters.append(styles)
    if color_system is not None:
        app.console._color_system = color_system
