"""An app that leaves the screen below alone, and draws in the styles of its terminal."""

from __future__ import annotations

from typing import Any, TypeVar

from rich.color import ColorSystem
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome
from textual.widget import Widget

Result = TypeVar("Result")


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


def show_in(app: App[Any], styles: LineFilter, color_system: ColorSystem | None) -> None:
    """Draw an app in the styles of its terminal, instead of shades of gray if there are no colors."""
    app._filters = [line_filter for line_filter in app._filters if not isinstance(line_filter, Monochrome)]
    app._filters.append(styles)
    if color_system is not None:
        app.console._color_system = color_system
