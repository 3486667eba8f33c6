"""The command line: which command is meant, and its options."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast

from reader.cli.command_list import _MODULES, COMMANDS

if TYPE_CHECKING:
    from argparse import ArgumentParser


Options: TypeAlias = SimpleNamespace
"""What was said on the command line, an attribute each."""

_VALUE_OPTIONS: Final = frozenset({"--model"})
"""Options that may stand before a command and take a value."""


class CommandModule(Protocol):
    """What the module of a command offers."""

    def configure(self, parser: ArgumentParser) -> None:
        """Add the options that only this command has."""

    def run(self, options: Options) -> int:
        """Do it and return the exit code."""


def parse(argv: Sequence[str]) -> tuple[CommandModule, Options]:
    """Return the module of the command that is meant, and the options for it.

    Raises:
        SystemExit: Wrong usage (2), or help or version was asked for (0).
    """
    index = _command_index(argv)
    name = argv[index] if index is not None else "open"
    rest = [*argv[:index], *argv[index + 1 :]] if index is not None else list(argv)
    module = cast("CommandModule", import_module(f"reader.cli.commands.{_MODULES.get(name, name)}"))
    if name == "open" and (not rest or (len(rest) == 1 and not rest[0].startswith("-"))):
        # The way that most take to the app: what parses options is slow to import and has nothing to do.
        return module, Options(source=rest[0] if rest else None, model=None, annotations=True)
    from reader.cli.parser import parser_of

    parser = parser_of(name)
    module.configure(parser)
    parser.add_argument(
        "--model", metavar="NAME_OR_PATH", help="pipeline or plug-in to use in place of the bundled one"
    )
    parser.add_argument(
        "--no-annotations", dest="annotations", action="store_false", help="ignore the decisions kept for the article"
    )
    return module, Options(**vars(parser.parse_args(rest)))


def _command_index(argv: Sequence[str]) -> int | None:
    """Return where the command stands: it is the first argument that is no option, or there is none."""
    is_value = False
    for index, argument in enumerate(argv):
        if is_value:
            is_value = False
        elif argument == "--":
            return None
        elif argument in _VALUE_OPTIONS:
            is_value = True
        elif not argument.startswith("-") or argument == "-":
            return index if argument in COMMANDS else None
    return None


def add_source(parser: ArgumentParser) -> None:
    """Add the one article that a command is about."""
    parser.add_argument("source", metavar="SOURCE", help="a file, a web address or - (standard input)")


def add_look(parser: ArgumentParser) -> None:
    """Add what decides on colors."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parser.add_argument("--theme", choices=("dark", "light"), help="ground to print on; default: COLORFGBG, or dark")
