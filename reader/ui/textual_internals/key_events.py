"""Keys and pastes: how they are parsed, forwarded and stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

_CODE_SECONDS: Final = 0.9
"""Seconds to wait for the rest of the code of a key, besides those to wait for the key after an Escape."""
Typed = TypeVar("Typed", bound=events.Key | events.Paste)


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
