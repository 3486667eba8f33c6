"""What is said of a key that does nothing here but something in another pane, or once a mode is left."""

from __future__ import annotations

from typing import Final

from reader.ui.commands import COMMANDS, Context, contexts_of
from reader.ui.keymap import Keymap

_LEADS: Final = {Context.TEXT: "go-text", Context.ENTITIES: "go-entities", Context.DETAILS: "go-details"}
"""The panes, those where most is done first, and the command that leads to each."""


def elsewhere(keymap: Keymap, key: str, context: Context) -> str:
    """Return one line that says where a key of no use in a context is of use; "" where it is of none anywhere."""
    held = [pane for pane in _LEADS if any(keys[0] == key for keys in keymap.bindings[pane])]
    if context is Context.RESIZING:
        keep, drop = _key_of(keymap, "keep-size"), _key_of(keymap, "drop-size")
        return f"{key} does nothing while edges are moved: {keep} keeps them, {drop} leaves them" if held else ""
    pane = next((each for each in held if each not in contexts_of(context)), None)
    return f"{key} is a key of the {pane}: {_key_of(keymap, _LEADS[pane])} goes there" if pane else ""


def _key_of(keymap: Keymap, name: str) -> str:
    command = next(each for each in COMMANDS if each.id == name)
    return next(iter(keymap.keys_of(command)), f"“{command.words}”")
