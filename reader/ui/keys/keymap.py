"""Which key means which command: defaults from the table, the user's changes over them, and sequences typed so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from reader.ui.keys.commands import COMMANDS, Command, Context, contexts_of

Sequence: TypeAlias = tuple[str, ...]
"""Keys pressed one after the other."""

_NAMED: Final = frozenset(
    ["space", "enter", "escape", "tab", "shift+tab", "backspace", "delete", "insert"]
    + ["home", "end", "pageup", "pagedown", "up", "down", "left", "right"]
    + [f"f{number}" for number in range(1, 13)]
)
# Terminals send these as enter, tab and escape.
_AMBIGUOUS: Final = frozenset({"ctrl+m", "ctrl+i", "ctrl+["})
_RESERVED: Final = frozenset({"ctrl+c", "ctrl+z"})
_MAX_COUNT: Final = 9999
_BY_ID: Final = {command.id: command for command in COMMANDS}


def parse_keys(spec: str) -> Sequence:
    """Read one key sequence: "]", "ctrl+d", "g g".

    Raises:
        ValueError: No terminal sends such a key; the message says which.
    """
    keys = tuple(spec.split())
    if not keys:
        raise ValueError("an empty key")
    for key in keys:
        plain = key.removeprefix("ctrl+").removeprefix("shift+")
        control = key.startswith("ctrl+") and (len(plain) == 1 and plain.isascii() and plain.isalpha())
        if key in _AMBIGUOUS or key in _RESERVED:
            raise ValueError(f"{key} cannot be told apart or is taken by the terminal")
        if not (len(key) == 1 and key.isprintable()) and key not in _NAMED and not control:
            raise ValueError(f"{key!r} is no key")
    return keys


@dataclass(frozen=True, slots=True)
class Match:
    """A command was given, with a count (1 where none was typed)."""

    command: Command
    count: int = 1
    counted: bool = False
    """Whether the user typed the count."""


@dataclass(frozen=True, slots=True)
class Pending:
    """More keys are needed; what was typed so far."""

    typed: str


@dataclass(slots=True)
class Keymap:
    """The keys in force, by context."""

    bindings: dict[Context, dict[Sequence, Command]]
    problems: tuple[str, ...] = ()
    """What was wrong with the user's file, each one line; the defaults hold there."""
    _typed: list[str] = field(default_factory=list)
    _count: str = ""

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys that give a command, first the one to show."""
        return tuple(" ".join(keys) for keys, bound in self.bindings[command.context].items() if bound is command)

    def key_of(self, command_id: str) -> str:
        """Return the first key of a command, or its words in quotes where it has none: for messages that name a key.

        Raises:
            KeyError: There is no such command.
        """
        command = _BY_ID[command_id]
        return next(iter(self.keys_of(command)), f"“{command.words}”")

    def commands_of(self, context: Context) -> tuple[Command, ...]:
        """Return the commands of a context, in the order of the table."""
        return tuple(command for command in COMMANDS if command.context is context)

    def feed(self, key: str, context: Context) -> Match | Pending | None:
        """Take one key; return the command it completes, what is pending, or None where it means nothing."""
        if not self._typed and key.isdigit() and len(key) == 1 and (key != "0" or self._count):
            self._count = str(min(int(self._count + key), _MAX_COUNT))
            return Pending(self._count)
        self._typed.append(key)
        typed = tuple(self._typed)
        tables = [self.bindings[each] for each in contexts_of(context)]
        for table in tables:
            if command := table.get(typed):
                match = Match(command, int(self._count or 1), bool(self._count))
                self.clear()
                return match
        if any(keys[: len(typed)] == typed for table in tables for keys in table):
            return Pending(self._count + " ".join(typed))
        self.clear()
        return None

    @property
    def pending(self) -> bool:
        """Whether keys were typed that are no command yet."""
        return bool(self._typed or self._count)

    def clear(self) -> None:
        """Forget what was typed so far."""
        self._typed.clear()
        self._count = ""


def default_keymap() -> Keymap:
    """Return the keys of the table of commands."""
    return build_keymap({})


def build_keymap(changes: Mapping[str, object]) -> Keymap:
    """Return the default keys with the user's changes: command id to keys, "" for none; mistakes are reported."""
    problems: list[str] = []
    chosen = {command.id: [parse_keys(keys) for keys in command.keys] for command in COMMANDS}
    contexts = {command.id: command.context for command in COMMANDS}
    for name, value in changes.items():
        if name not in chosen:
            from difflib import get_close_matches

            close = get_close_matches(name, chosen, 1)
            problems.append(f"no command {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
            continue
        try:
            keys = _parse_value(value)
        except ValueError as error:
            problems.append(f"{name}: {error}")
            continue
        if taken := _clash(name, keys, chosen, contexts):
            problems.append(f"{name}: {taken}")
            continue
        chosen[name] = keys
    bindings: dict[Context, dict[Sequence, Command]] = {context: {} for context in Context}
    for command in COMMANDS:
        bindings[command.context].update(dict.fromkeys(chosen[command.id], command))
    return Keymap(bindings, tuple(problems))


def load_keymap(path: Path) -> Keymap:
    """Return the keys in force given the user's keymap file, which need not exist."""
    if not path.is_file():
        return default_keymap()
    import tomllib  # only those who have a keymap wait for it

    try:
        with path.open("rb") as file:
            changes = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        keymap = default_keymap()
        keymap.problems = (f"{path.name} cannot be read: {str(error).splitlines()[0]}",)
        return keymap
    return build_keymap(changes)


def _parse_value(value: object) -> list[Sequence]:
    if isinstance(value, str):
        values: Iterable[object] = [value] if value else []
    elif isinstance(value, list):
        values = value
    else:
        raise ValueError("a key, or a list of keys, is expected")
    return [parse_keys(str(each)) for each in values]


def _clash(
    name: str, keys: Iterable[Sequence], chosen: Mapping[str, list[Sequence]], contexts: Mapping[str, Context]
) -> str:
    for other, taken in chosen.items():
        if other == name or contexts[other] is not contexts[name]:
            continue
        for wanted in keys:
            for held in taken:
                shorter = min(len(wanted), len(held))
                if wanted[:shorter] == held[:shorter]:
                    return f"{' '.join(wanted)} is already {other}"
    return ""


_LEADS: Final = {Context.TEXT: "go-text", Context.ENTITIES: "go-entities", Context.DETAILS: "go-details"}
"""The panes, those where most is done first, and the command that leads to each."""


def elsewhere(keymap: Keymap, key: str, context: Context) -> str:
    """Return one line that says where a key of no use in a context is of use; "" where it is of none anywhere."""
    held = [pane for pane in _LEADS if any(keys[0] == key for keys in keymap.bindings[pane])]
    if context is Context.RESIZING:
        keep, drop = keymap.key_of("keep-size"), keymap.key_of("drop-size")
        return f"{key} does nothing while edges are moved: {keep} keeps them, {drop} leaves them" if held else ""
    pane = next((each for each in held if each not in contexts_of(context)), None)
    return f"{key} is a key of the {pane}: {keymap.key_of(_LEADS[pane])} goes there" if pane else ""
