"""`reader keys`: print the keys of the app, with the user's changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.command_errors import print_error
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP, align_columns, print_json, print_rows

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.ui.keys.contexts import Context
    from reader.ui.keys.keymap import Keymap

_WIDEST_KEYS = 28


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="show only commands whose description has these words")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the keys by pane; report mistakes in the user's keymap on stderr."""
    from reader.directories import config_dir
    from reader.ui.keys.keymap import load_keymap
    from reader.ui.keys.listed_commands import listed_commands

    keymap = load_keymap(config_dir() / "keymap.toml")
    for problem in keymap.problems:
        print_error(problem)
    words = [word.casefold() for word in options.words]
    if options.format == "json":
        print_json(
            [
                {
                    "command": command.id,
                    "context": context,
                    "keys": keymap.keys_of(command),
                    "about": command.about,
                }
                for context in _contexts()
                for command in listed_commands(context)
                if _has_words(command.about, words)
            ]
        )
    else:
        print_rows(_rows(keymap, words, paint_for(options)))
    return int(bool(keymap.problems))


def _contexts() -> tuple[Context, ...]:
    from reader.ui.keys.contexts import Context

    return tuple(Context)


def _rows(keymap: Keymap, words: list[str], paint: Paint) -> Iterator[str]:
    from reader.ui.keys.contexts import CONTEXT_TITLES
    from reader.ui.keys.listed_commands import listed_commands

    is_first = True
    for context in _contexts():
        commands = [command for command in listed_commands(context) if _has_words(command.about, words)]
        if not commands:
            continue
        if not is_first:
            yield ""
        is_first = False
        yield paint.heading(CONTEXT_TITLES[context])
        rows = [("  ".join(keymap.keys_of(command)) or "–", command.about) for command in commands]
        for keys, about in align_columns(rows, widest=(_WIDEST_KEYS,)):
            yield f"  {paint.accent(keys)}{COLUMN_GAP}{about}"
    if is_first:
        yield f"no command is described by “{' '.join(words)}”"


def _has_words(about: str, words: list[str]) -> bool:
    return all(word in about.casefold() for word in words)
