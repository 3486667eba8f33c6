"""The editing keys of Textual's text widgets, for widgets to which the screen hands its keys."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from textual import actions
from textual.binding import Binding, BindingType
from textual.widget import Widget


def edit_actions(bindings: Iterable[BindingType]) -> dict[str, str]:
    """Return the actions of a text widget by key, such as "shift+left" → "cursor_left(True)"."""
    return {binding.key: binding.action for binding in Binding.make_bindings(bindings)}


def run_edit_action(widget: Widget, action: str) -> None:
    """Run an action of a text widget at once, such as "cursor_left" or "cursor_left(True)"."""
    _, name, arguments = actions.parse(action)
    with suppress(actions.SkipAction):  # nothing to do, such as to copy without a selection
        getattr(widget, f"action_{name}")(*arguments)
