"""Every use of what Textual keeps private, in one place; its test fails where a release changes any of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any, TypeVar

from rich.style import Style
from textual import events
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

Result = TypeVar("Result")
Typed = TypeVar("Typed", bound=events.Key | events.Paste)


def set_content_size(view: ScrollView, size: Size) -> None:
    """Give a scrolling view another content size without laying out the whole screen.

    Setting `virtual_size` lays out and draws every widget anew, 15 ms of a key press; the view's own place and size do
    not depend on its content.
    """
    if size != view.virtual_size:
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)


def forwarded_copy(event: Typed) -> Typed:
    """Return what was typed as a new event, of the same time, that the app leaves to whoever gets it."""
    same = type(event)(*((event.key, event.character) if isinstance(event, events.Key) else (event.text,)))
    same.time = event.time
    same._set_forwarded()
    return same


def install_escape_splitter() -> None:
    """Make Escape a key of its own for Textual's parser, however soon another key follows."""
    from textual._xterm_parser import XTermParser

    from reader.ui.keys.escape import EscapeSplitter

    feed = XTermParser.feed
    if feed.__module__ == __name__:
        return

    def feed_split(parser: XTermParser, data: str) -> Iterable[Message]:
        splitter: EscapeSplitter = vars(parser).setdefault("_reader_escapes", EscapeSplitter())
        return feed(parser, splitter.split(data, waiting=parser._timeout_time is not None))

    XTermParser.feed = feed_split  # type: ignore[method-assign, assignment]  # the parser has no other hook


def was_stopped(event: events.Event) -> bool:
    """Tell whether somebody has taken an event."""
    return event._stop_propagation


async def send_to_screen(app: App[Any], screen: Screen[Any], event: events.Key | events.Paste) -> None:
    """Let a screen have what was typed, not what has the focus on it; keys that hold everywhere come first."""
    app.app_focus = True
    if not (isinstance(event, events.Key) and await app._check_bindings(event.key, priority=True)):
        screen._forward_event(event)


def fit_to_terminal(app: App[Any]) -> None:
    """Lay all screens out in the size of the terminal as it is, and paint the top one anew.

    Of sizes that follow one another fast while a dialog opens or closes, a screen may be given the last but one last.
    """
    size = app.size if app.is_headless else Size(*shutil.get_terminal_size())
    if size != app.size:
        app.post_message(events.Resize(size, size))
    for screen in app.screen_stack:
        if screen.size != size:
            screen._screen_resized(size)
    if app.screen_stack:  # none is left where the app is about to end
        app.screen.refresh(layout=True)


class LightApp(App[Result]):
    """An app in which a screen that is removed does not have the one below laid out and painted once more.

    That one has been painted when it came to the top again; doing it twice more costs 20 ms, and three times the bytes
    on a slow line.
    """

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        return super()._prune(*nodes, parent=None if parent is self else parent)


class FittedView(ScrollView):
    """A scrolling view that fits its content to a new size in time for the paint of that size.

    A `Resize` is handled after it: a view that listens to that is painted twice, the first time as it was, or empty.
    """

    _fitted: Size | None = None
    _ground: Style | None = None

    @property
    def ground(self) -> Style:
        """The style of the view itself, made once for each change of styles: it is asked for with every line."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        super().notify_style_update()
        self._ground = None

    def fit(self) -> None:
        """Fit the content to the size, which is not empty; nothing of it has been painted yet."""
        raise NotImplementedError

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if size and size != self._fitted:
            self._fitted = size
            self.fit()
        return changed
