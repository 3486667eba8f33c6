"""The commands of a screen, found by what they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Command, Context, contexts_of
from reader.ui.keys.keymap import Keymap

if TYPE_CHECKING:
    from reader.ui.screens.base.command_screen import CommandedScreen

_ALIKE: Final = 75
"""From 0 to 100: how like a part of its description what was typed must be where no command holds its words."""


def offered(screen: CommandedScreen[Any]) -> list[Command]:
    """Return the commands that can be given from a screen, those of its own pane first."""
    nearest = contexts_of(screen.context)
    order = [*nearest, *(context for context in Context if context not in nearest)]
    return [
        command
        for context in order
        for command in screen.keymap.commands_of(context)
        if screen.can_give(command) and (context in nearest or screen.can_enter(context))
    ]


def fitting(commands: Sequence[Command], keymap: Keymap, typed: str) -> list[tuple[int, Choice]]:
    """Return the commands that hold every word typed, those with words that begin so first; else what is like it."""
    words = typed.casefold().split()
    texts = [f"{command.about} {command.words} {command.id}".casefold() for command in commands]
    found = [number for number, text in enumerate(texts) if all(word in text for word in words)]
    found.sort(key=lambda number: -sum(f" {word}" in f" {texts[number]}" for word in words))
    if not found:
        from rapidfuzz import fuzz, process

        alike = process.extract(" ".join(words), texts, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=None)
        found = [number for _, _, number in alike]
    return [(number, Choice(commands[number].about, _note(commands[number], keymap))) for number in found]


def _note(command: Command, keymap: Keymap) -> str:
    place = "" if command.context is Context.ANYWHERE else f"in the {command.context}"
    return " · ".join(filter(None, (place, ", ".join(keymap.keys_of(command)))))
