"""Private parts of Textual, but for `terminal_driver`. `tests/ui/test_textual.py` fails if a release changes any."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

from rich.color import ColorSystem
from rich.style import Style
from textual import events
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

_CODE_SECONDS: Final = 0.9
"""Seconds to wait for the rest of the code of a key, besides those to wait for the key after an Escape."""
Result = TypeVar("Result")
Typed = TypeVar("Typed", bound=events.Key | events.Paste)
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


class FittedView(ScrollView, Generic[Frame]):
    """A scrolling view that fits its content to a new size in time for the first paint in that size.

    What all lines of a paint have in common is its frame, so that it is looked up once.

    A `Resize` event is handled after that paint. A view that waits for it is painted twice, first with its old content
    or empty.
    """

    _fitted: Size | None = None
    _ground: Style | None = None
    _frame: Frame | None = None
    _is_painting = False

    @property
    def ground(self) -> Style:
        """The style of the view itself, computed once per change of styles because every line needs it."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        super().notify_style_update()
        self._ground = None

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
        """Draw the lines of a region; Textual keeps those that have not changed."""
        self._is_painting = True
        try:
            return super().render_lines(crop)
        finally:
            self._is_painting, self._frame = False, None

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
