"""The command palette: which commands it offers, and which of them match what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reader.structures.lazy_dataclass import dataclass
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.commands import Command
from reader.ui.keys.contexts import Context, contexts_of
from reader.ui.keys.keymap import Keymap
from reader.ui.keys.listed_commands import listed_commands

_MOST_WORDS: Final = 20
"""Typed words that are looked for; a long text may be pasted."""
_MIN_SIMILARITY: Final = 75
"""How similar a word of a command must be to a typed word, 0 to 100, if no command has all typed words."""
_EMPTY_WORDS: Final = frozenset(("a", "an", "the", "of", "to", "in", "on", "my", "this", "that", "it", "is", "and"))
"""Typed words that say nothing about a command."""
_MEANINGS: Final[dict[str, Sequence[str]]] = {
    "missed": ("add",), "missing": ("add",), "new": ("add",), "insert": ("add",), "create": ("add",),
    "wrong": ("change", "remove"), "correct": ("change", "confirm"), "fix": ("change",), "edit": ("change", "edit"),
    "type": ("label",), "category": ("label",), "class": ("label",), "retype": ("label",),
    "delete": ("remove", "dismiss", "forget"), "erase": ("remove", "dismiss"), "ignore": ("dismiss",),
    "reject": ("remove", "apart"), "refuse": ("remove", "apart"), "accept": ("confirm", "merge"),
    "approve": ("confirm",), "join": ("merge",), "combine": ("merge",), "unite": ("merge",), "same": ("merge",),
    "separate": ("split", "divide", "apart"), "unmerge": ("split",), "different": ("split", "apart"),
    "find": ("search",), "look": ("search",), "comment": ("note",), "remark": ("note",),
    "annotate": ("add", "confirm"), "keyword": ("tag",), "favorite": ("star",), "alias": ("name",),
    "person": ("entity",), "organization": ("entity",), "exit": ("quit",), "close": ("quit",), "leave": ("quit",),
    "shortcut": ("keys",), "bindings": ("keys",), "help": ("keys",), "theme": ("colors", "theme"), "colour": ("color",),
    "colours": ("colors",), "revert": ("undo",), "log": ("history",), "clipboard": ("copy",), "yank": ("copy",),
    "save": ("save", "export"), "report": ("export",), "download": ("export",), "sanctions": ("watchlist",),
    "list": ("list", "entities"), "jump": ("go to",), "goto": ("go to",), "scroll": ("scroll", "move"),
}  # fmt: skip
"""What users may call a command, and how words in its description begin."""


def commands_to_offer(
    context: Context, can_run: Callable[[Command], bool], can_enter: Callable[[Context], bool]
) -> list[Command]:
    """Return the commands that the palette offers, those of the current pane first.

    Args:
        context: The current context.
        can_run: Whether the screen has an action for a command.
        can_enter: Whether the screen can go to a context, such as another pane.
    """
    nearest = contexts_of(context)
    order = [*nearest, *(farther for farther in Context if farther not in nearest)]
    offered: dict[str, Command] = {}
    for candidate in order:
        if candidate in nearest or can_enter(candidate):
            for command in filter(can_run, listed_commands(candidate)):
                offered.setdefault(command.id, command)
    return [*offered.values()]


def matching_commands(
    commands: Sequence[Command], keymap: Keymap, context: Context, typed: str
) -> list[tuple[int, Choice]]:
    """Return the commands that match what was typed, best first, with their indexes.

    They have every typed word, or a word that means the same. If there are none, they have the most of the typed words,
    which may then be misspelled.

    Args:
        commands: The commands to choose from.
        keymap: The keys in force.
        context: The current context, whose commands need no word about where they work.
        typed: What the user typed.
    """
    typed_words = [*dict.fromkeys(typed.casefold().split())]
    words = ([word for word in typed_words if word not in _EMPTY_WORDS] or typed_words)[:_MOST_WORDS]
    texts = [_Text(f" {command.about} {command.words} {command.id}".casefold()) for command in commands]
    weights = [[text.weight(word) for word in words] for text in texts]
    if not any(map(all, weights)):
        weights = [[text.weight(word) or text.similarity(word) for word in words] for text in texts]
    most = max((sum(map(bool, row)) for row in weights), default=0)
    matches = [index for index, row in enumerate(weights) if sum(map(bool, row)) == most and (most or not words)]
    matches.sort(key=lambda index: -sum(weights[index]))
    nearest = contexts_of(context)
    return [(index, Choice(commands[index].about, _note(commands[index], keymap, nearest))) for index in matches]


@dataclass(frozen=True, slots=True)
class _Text:
    """What a command does and is called, in small letters and after a space."""

    text: str

    def weight(self, word: str) -> float:
        """Return how much a typed word counts, 0 if neither it nor a word that means the same is in the text."""
        if word in self.text:
            return 1 + 0.5 * (f" {word}" in self.text) + 0.5 * self.text.startswith(f" {word}")
        meanings = [meaning for meaning in _MEANINGS.get(word, ()) if f" {meaning}" in self.text]
        return 0.9 + 0.5 * any(self.text.startswith(f" {meaning}") for meaning in meanings) if meanings else 0

    def similarity(self, word: str) -> float:
        """Return how similar a word of the text is to a typed one, from 0 to 1; 0 if hardly."""
        from rapidfuzz import fuzz, process

        best = process.extractOne(word, self.text.split(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
        return best[1] / 100 if best else 0


def _note(command: Command, keymap: Keymap, nearest: Sequence[Context]) -> str:
    """Return the keys of a command, after where they work if that is not here."""
    context = "" if command.context in nearest else str(command.context)
    return " · ".join(filter(None, (context, ", ".join(keymap.keys_of(command)))))
