"""Names of keys, as the keymap writes them."""

from __future__ import annotations

from textual import events


def name_of_key(event: events.Key) -> str:
    """Return a printable key as its character, "space" for the space bar, any other by its name."""
    if event.key == "space":
        return "space"
    if event.is_printable and event.character:
        return event.character
    return event.key
