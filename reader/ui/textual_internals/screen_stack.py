"""The stack of screens: closing one, and keeping all at the size of the terminal."""

from __future__ import annotations

import shutil
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen

Result = TypeVar("Result")


class SizedScreen(Screen[Result]):
    """A screen that is laid out only in the size that the terminal has.

    A screen of Textual that is laid out in a new size sends that size to itself once more. If the sizes of two changes
    are both in its queue, each undoes the other: they go round forever, and no key is answered any more.
    """

    async def _on_resize(self, event: events.Resize) -> None:
        if event.size != self.app.size:  # the app sends the current one
            event.stop()
            event.prevent_default()


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
