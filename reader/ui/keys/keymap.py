"""Which key runs which command: the defaults, the user's changes, and the key sequence typed so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final, TypeAlias

from reader.structures.lazy_dataclass import dataclass
from reader.ui.keys.commands import COMMANDS, COMMANDS_BY_ID, Command
from reader.ui.keys.contexts import Context, contexts_of

KeySequence: TypeAlias = tuple[str, ...]
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
_DIGITS: Final = frozenset("0123456789")
"""The keys that a count is typed with. Python calls characters of other scripts digits too, but not all are numbers."""


def parse_keys(spec: str) -> KeySequence:
    """Parse one key sequence: "]", "ctrl+d", "g g".

    Raises:
        ValueError: No terminal sends such a key. The message names it.
    """
    if len(spec) == 1 and spec.isprintable() and spec != " ":
        return (spec,)
    keys = tuple(spec.split())
    if not keys:
        raise ValueError("the key is empty")
    for key in keys:
        character = key.removeprefix("ctrl+").removeprefix("shift+")
        control = key.startswith("ctrl+") and (len(character) == 1 and character.isascii() and character.isalpha())
        if key in _AMBIGUOUS or key in _RESERVED:
            raise ValueError(f"{key} looks like another key to a terminal, or is reserved by it")
        if not (len(key) == 1 and key.isprintable()) and key not in _NAMED and not control:
            raise ValueError(f"{key!r} is not a key")
    return keys


@dataclass(frozen=True, slots=True)
class Match:
    """The keys typed so far are those of a command."""

    command: Command
    number: int = 0
    """The number typed before the keys, 0 if there was none."""

    @property
    def count(self) -> int:
        """How often to run the command: the number that was typed, or else once."""
        return self.number or 1


@dataclass(frozen=True, slots=True)
class Pending:
    """The keys typed so far begin a sequence."""

    typed: str


@dataclass(slots=True)
class Keymap:
    """The keys of every command, by context, and the sequence being typed."""

    bindings: dict[Context, dict[KeySequence, Command]]
    problems: tuple[str, ...] = ()
    """One line for each mistake in the user's files; the defaults apply instead."""
    _typed: list[str] = field(default_factory=list)
    _count: str = ""
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of the commands that were asked for, by id."""

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Return the keys of a command; the first is the one to show."""
        keys = self._keys.get(command.id)
        if keys is None:
            bindings = self.bindings[command.context]
            keys = tuple(" ".join(sequence) for sequence, bound in bindings.items() if bound is command)
            self._keys[command.id] = keys
        return keys

    def keys_with_id(self, command_id: str) -> tuple[str, ...]:
        """Return the keys of the command with an id.

        Raises:
            KeyError: There is no such command.
        """
        return self.keys_of(COMMANDS_BY_ID[command_id])

    def key_of(self, command_id: str) -> str:
        """Return the key to name in a message: the first key of a command, or its words in quotes if it has no key.

        Raises:
            KeyError: There is no such command.
        """
        command = COMMANDS_BY_ID[command_id]
        return next(iter(self.keys_of(command)), f"“{command.words}”")

    def commands_of(self, context: Context) -> tuple[Command, ...]:
        """Return the commands of a context, in the order of the table."""
        return tuple(command for command in COMMANDS if command.context is context)

    def feed(self, key: str, context: Context) -> Match | Pending | None:
        """Add one key to the sequence.

        Returns:
            The command that the sequence runs, or `Pending` if more keys are needed, or None if it means nothing.
        """
        if not self._typed and key in _DIGITS and (key != "0" or self._count):
            self._count = str(min(int(self._count + key), _MAX_COUNT))
            return Pending(self._count)
        self._typed.append(key)
        typed = tuple(self._typed)
        tables = [self.bindings[fallback] for fallback in contexts_of(context)]
        for table in tables:
            if command := table.get(typed):
                match = Match(command, int(self._count or 0))
                self.clear()
                return match
        if any(keys[: len(typed)] == typed for table in tables for keys in table):
            return Pending(self._count + " ".join(typed))
        self.clear()
        return None

    @property
    def typed(self) -> KeySequence:
        """The keys of the sequence that has begun, without a count."""
        return tuple(self._typed)

    def continuations(self, context: Context) -> dict[KeySequence, Command]:
        """Return the keys that end the sequence that has begun, those of the context first, and their commands."""
        size, found_keys = len(self._typed), dict[KeySequence, Command]()
        for fallback in contexts_of(context):
            for keys, command in self.bindings[fallback].items():
                if size and len(keys) > size and keys[:size] == self.typed:
                    found_keys.setdefault(keys[size:], command)
        return found_keys

    @property
    def pending(self) -> bool:
        """Whether a sequence has begun."""
        return bool(self._typed or self._count)

    def clear(self) -> None:
        """Forget the sequence typed so far."""
        self._typed.clear()
        self._count = ""


def default_keymap() -> Keymap:
    """Return the keymap without changes."""
    return build_keymap({})


def build_keymap(changes: Mapping[str, object]) -> Keymap:
    """Return the default keymap with the user's changes. Mistakes are reported in `problems`.

    Args:
        changes: From command ids to a key, a list of keys, or "" for no key.
    """
    problems: list[str] = []
    keys_by_id = {command.id: [parse_keys(keys) for keys in command.keys] for command in COMMANDS}
    for command_id, value in changes.items():
        if command_id not in keys_by_id:
            from difflib import get_close_matches

            close = get_close_matches(command_id, keys_by_id, 1)
            problems.append(f"no command {command_id!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
            continue
        try:
            keys = _parse_value(value)
        except ValueError as error:
            problems.append(f"{command_id}: {error}")
            continue
        if clash := _clash(command_id, keys, keys_by_id):
            problems.append(f"{command_id}: {clash}")
            continue
        keys_by_id[command_id] = keys
    bindings: dict[Context, dict[KeySequence, Command]] = {context: {} for context in Context}
    for command in COMMANDS:
        bindings[command.context].update(dict.fromkeys(keys_by_id[command.id], command))
    return Keymap(bindings, tuple(problems))


def load_keymap(path: Path) -> Keymap:
    """Return the keymap with the changes in the user's keymap file, which need not exist."""
    if not path.is_file():
        return default_keymap()
    import tomllib  # loaded only for users who have a keymap file

    try:
        with path.open("rb") as file:
            changes = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        keymap = default_keymap()
        keymap.problems = (f"{path.name} cannot be read: {str(error).splitlines()[0]}",)
        return keymap
    return build_keymap(changes)


def _parse_value(value: object) -> list[KeySequence]:
    if isinstance(value, str):
        specs: Iterable[object] = [value] if value else []
    elif isinstance(value, list):
        specs = value
    else:
        raise ValueError("expected a key or a list of keys")
    return [parse_keys(str(spec)) for spec in specs]


def _clash(command_id: str, keys: Iterable[KeySequence], keys_by_id: Mapping[str, list[KeySequence]]) -> str:
    """Return which command of the same context has one of these keys, or a sequence that begins like it; "" if none."""
    context = COMMANDS_BY_ID[command_id].context
    for other_id, other_keys in keys_by_id.items():
        if other_id == command_id or COMMANDS_BY_ID[other_id].context is not context:
            continue
        for sequence in keys:
            for other_sequence in other_keys:
                shorter = min(len(sequence), len(other_sequence))
                if sequence[:shorter] == other_sequence[:shorter]:
                    return f"{' '.join(sequence)} is already {other_id}"
    return ""


_PANE_COMMANDS: Final = {Context.TEXT: "go-text", Context.ENTITIES: "go-entities", Context.DETAILS: "go-details"}
"""The panes, those with the most commands first, and the command that leads to each."""


_KEYS_OF_TERMINALS: Final = frozenset({"ctrl+c", "ctrl+z"})
"""Keys that the app or the terminal answers itself."""


def hint_for_key(keymap: Keymap, key: str, context: Context) -> str:
    """Return a message about a key or a sequence of keys that does nothing in `context`: in which pane it works."""
    if key in _KEYS_OF_TERMINALS:
        return ""
    panes = [pane for pane in _PANE_COMMANDS if any(keys[0] == key for keys in keymap.bindings[pane])]
    if context is Context.RESIZING:
        keep, drop = keymap.key_of("keep-size"), keymap.key_of("drop-size")
        return f"{key} does nothing while you resize: {keep} keeps the new size, {drop} cancels"
    reading_contexts = {Context.SELECTING, *_PANE_COMMANDS}
    pane = next((pane for pane in panes if pane not in contexts_of(context)), None)
    if pane is not None and context in reading_contexts:
        return f"{key} works in the {pane}: press {keymap.key_of(_PANE_COMMANDS[pane])} to go there"
    return f"{key} does nothing here: {keymap.key_of('help')} shows the keys"
