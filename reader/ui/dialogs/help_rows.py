"""The rows of the help screen: where to start, labels and signs, then the keys by pane; wrapped, and filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from reader.display.cells import cells
from reader.display.colors.labels import all_looks
from reader.display.wrapping import wrapped
from reader.structures.named_tuple import NamedTuple
from reader.ui.keys.commands import COMMANDS_BY_ID, Command
from reader.ui.keys.contexts import CONTEXT_TITLES, Context, contexts_of
from reader.ui.keys.keymap import Keymap
from reader.ui.keys.listed_commands import listed_commands

_READING_CONTEXTS: Final = frozenset(
    {Context.TEXT, Context.SELECTING, Context.RESIZING, Context.ENTITIES, Context.DETAILS, Context.ANYWHERE}
)
"""The contexts of the reading screen; its help shows all of them."""
_MAX_KEYS_WIDTH: Final = 24
"""Most cells for the column of keys."""
_FIRST_COMMANDS: Final = (
    "next-mention",
    "next-of-entity",
    "confirm-mention",
    "retag-mention",
    "remove-mention",
    "add-mention",
    "undo",
    "review",
    "palette",
    "quit",
)
"""The commands of the first minute."""
_SIGNS: Final = (
    ("+2", "Two more names of the same entity"),
    ("?", "Perhaps the same as another entity; the details say which"),
    ("=?", "The entity that the selected one may be the same as"),
    ("●", "Marked for merging"),
    ("✎  #", "Has a note; has tags"),
    ("◆", "Like a name of one of your watchlists"),
    ("double line", "You confirmed or added the mention, or chose its label"),
)
"""The signs beside names and under mentions."""


class HelpEntry(NamedTuple):
    """Keys and what they do, or a label or sign and what it means."""

    keys: str
    about: str
    label: str = ""
    """The label in whose color the keys are drawn; "" for none."""


class HelpSection(NamedTuple):
    """A title with its entries."""

    title: str
    entries: tuple[HelpEntry, ...]
    is_excerpt: bool = False
    """Whether its entries are those of other sections; a search does not list them twice."""


class HelpRow(NamedTuple):
    """One row of the screen. A row without keys and with `is_title` is a title; one without text is empty."""

    keys: str = ""
    text: str = ""
    label: str = ""
    is_title: bool = False


def help_sections(keymap: Keymap, context: Context, can_run: Callable[[Command], bool]) -> list[HelpSection]:
    """Return what the help has to say in a context: first the keys of a mode or of a pane beside the text.

    Args:
        keymap: The keys in force.
        context: The current context.
        can_run: Whether the screen has an action for a command.
    """
    nearest = contexts_of(context)
    contexts = [*nearest]
    if context in _READING_CONTEXTS:
        contexts += [pane for pane in Context if pane in _READING_CONTEXTS and pane not in nearest]
    sections: list[HelpSection] = []
    if Context.TEXT in contexts:
        if context is not Context.TEXT:
            sections += _key_sections(contexts[:1], keymap, can_run)
            del contexts[0]
        sections.append(_start_section(keymap, can_run))
        labels = tuple(HelpEntry(f"{look.key or ' '}  {look.label}", look.words, look.label) for look in all_looks())
        sections.append(HelpSection("Labels, and their letters in the label menu", labels))
        sections.append(HelpSection("Signs", tuple(HelpEntry(*sign) for sign in _SIGNS)))
    return [*sections, *_key_sections(contexts, keymap, can_run)]


def _key_sections(
    contexts: Iterable[Context], keymap: Keymap, can_run: Callable[[Command], bool]
) -> Iterator[HelpSection]:
    """Yield the keys of each context that has some, each command where it is listed first."""
    listed_ids = set[str]()
    for context in contexts:
        commands = [command for command in listed_commands(context) if command.id not in listed_ids]
        listed_ids |= {command.id for command in commands}
        entries = tuple(
            HelpEntry("  ".join(keys), command.about)
            for command in commands
            if can_run(command) and (keys := keymap.keys_of(command))
        )
        if entries:
            yield HelpSection(CONTEXT_TITLES[context], entries)


def help_rows(sections: Iterable[HelpSection], width: int, typed: str = "") -> list[HelpRow]:
    """Return the rows of the sections at a width in cells.

    Args:
        sections: What the help has to say.
        width: The width of a row.
        typed: Words that an entry must have to be shown; "" for all entries.
    """
    words = typed.casefold().split()
    rows: list[HelpRow] = []
    for section in sections:
        is_hidden = section.is_excerpt and bool(words)
        entries = [entry for entry in section.entries if _has_words(entry, words) and not is_hidden]
        if entries:
            rows += [HelpRow()] if rows else []
            rows.append(HelpRow(text=section.title, is_title=True))
            for entry in entries:
                rows += _rows_of(entry, width)
    return rows


def _start_section(keymap: Keymap, can_run: Callable[[Command], bool]) -> HelpSection:
    commands = [COMMANDS_BY_ID[command_id] for command_id in _FIRST_COMMANDS]
    entries = [
        HelpEntry(keys[0], command.about)
        for command in commands
        if can_run(command) and (keys := keymap.keys_of(command))
    ]
    entries.append(HelpEntry("reader tutorial", "In the shell: learn the keys in ten minutes, by annotating"))
    return HelpSection("Start here", tuple(entries), is_excerpt=True)


def keys_width(width: int) -> int:
    """Return the width of the column of keys for a width of the rows, in cells."""
    return min(_MAX_KEYS_WIDTH, max(width // 4, 8))


def _rows_of(entry: HelpEntry, width: int) -> Iterator[HelpRow]:
    """Yield the rows of an entry; keys that are wider than their column have a row of their own."""
    column = keys_width(width)
    texts = wrapped(entry.about, max(width - column - 5, 4))
    if cells(entry.keys) > column:
        yield HelpRow(entry.keys, "", entry.label)
        yield from (HelpRow("", text) for text in texts)
        return
    yield HelpRow(entry.keys, texts[0] if texts else "", entry.label)
    yield from (HelpRow("", text) for text in texts[1:])


def _has_words(entry: HelpEntry, words: list[str]) -> bool:
    text = f"{entry.keys} {entry.about}".casefold()
    return all(word in text for word in words)
