"""The commands of a screen, found by what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Command, Context, contexts_of
from reader.ui.keys.keymap import Keymap

_ALIKE: Final = 75
"""From 0 to 100: how like a part of its description what was typed must be where no command holds its words."""


def commands_to_offer(
    keymap: Keymap, context: Context, can_run: Callable[[Command], bool], can_enter: Callable[[Context], bool]
) -> list[Command]:
    """Return the commands that the palette offers, those of the current pane first.

    Args:
        keymap: The keys in force.
        context: The current context.
        can_run: Whether the screen has an action for a command.
        can_enter: Whether the screen can go to a context, such as another pane.
    """
    nearest = contexts_of(context)
    order = [*nearest, *(other for other in Context if other not in nearest)]
    return [
        command
        for candidate in order
        for command in keymap.commands_of(candidate)
        if can_run(command) and (candidate in nearest or can_enter(candidate))
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
