"""The command palette: which commands it offers, and which of them match what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import Command, Context, contexts_of
from reader.ui.keys.keymap import Keymap

_MIN_SIMILARITY: Final = 75
"""How similar a part of a description must be to what was typed, 0 to 100, if no command contains the words."""


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


def matching_commands(commands: Sequence[Command], keymap: Keymap, typed: str) -> list[tuple[int, Choice]]:
    """Return the commands that contain every typed word, or else similar ones; best first, with their indexes.

    A command is better the more of the typed words begin one of its words.
    """
    words = typed.casefold().split()
    texts = [f"{command.about} {command.words} {command.id}".casefold() for command in commands]
    matches = [index for index, text in enumerate(texts) if all(word in text for word in words)]
    matches.sort(key=lambda index: -sum(f" {word}" in f" {texts[index]}" for word in words))
    if not matches:
        from rapidfuzz import fuzz, process

        similar = process.extract(
            " ".join(words), texts, scorer=fuzz.partial_ratio, score_cutoff=_MIN_SIMILARITY, limit=None
        )
        matches = [index for _, _, index in similar]
    return [(index, Choice(commands[index].about, _note(commands[index], keymap))) for index in matches]


def _note(command: Command, keymap: Keymap) -> str:
    pane = "" if command.context is Context.ANYWHERE else f"in the {command.context}"
    return " · ".join(filter(None, (pane, ", ".join(keymap.keys_of(command)))))
