"""Names of keys as the keymap spells them."""

from __future__ import annotations

from typing import Final

from textual import events

QUIT_KEY: Final = "ctrl+q"
"""The key that closes the current dialog or screen, whatever the keymap says."""


def name_of_key(event: events.Key) -> str:
    """Return the character of a printable key, "space" for the space bar, and Textual's name for any other key."""
    if event.key == "space":
        return "space"
    if event.is_printable and event.character:
        return event.character
    return event.key
