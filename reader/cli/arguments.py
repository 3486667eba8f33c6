"""The command line: which command is meant, and its options."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn, Protocol, cast

from reader import __version__

COMMANDS: Final = {
    "show": "print the article with its names highlighted",
    "entities": "list the entities with their aliases",
    "mentions": "list every mention in its context",
    "export": "hand articles on with everything found and decided",
    "library": "list the articles read before, and the samples",
    "doctor": "check that everything is in place",
}
"""Name and purpose; each is the module of that name in `reader.cli.commands`."""

_VALUE_OPTIONS: Final = frozenset({"--model"})
"""Options that may stand before a command and take a value."""

_DESCRIPTION: Final = """\
Read an article in the terminal with its named entities highlighted and merged.

  reader                 the library: samples, and the articles read before
  reader SOURCE          open a file, a web address or - (standard input)
"""

_EPILOG: Final = """\
`reader COMMAND --help` tells more about a command. A file that is called like a
command is opened as ./show. Where standard output is not a terminal,
`reader SOURCE` behaves as `reader show SOURCE`.

READER_DATA_DIR, READER_CACHE_DIR and READER_CONFIG_DIR override the directories
for annotations, cache and settings; `reader doctor` shows them.

Exit codes: 0 done, 1 the source or data is at fault, 2 wrong usage.
"""


class CommandModule(Protocol):
    """What the module of a command offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the options that only this command has."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from reader.document.sanitize import one_line

        super().error(one_line(message))


def parse(argv: Sequence[str]) -> tuple[CommandModule, argparse.Namespace]:
    """Return the module of the command that is meant, and the options for it.

    Raises:
        SystemExit: Wrong usage (2), or help or version was asked for (0).
    """
    index = _command_index(argv)
    name = argv[index] if index is not None else "open"
    rest = [*argv[:index], *argv[index + 1 :]] if index is not None else list(argv)
    module = cast("CommandModule", import_module(f"reader.cli.commands.{name}"))
    parser = _parser_of(name)
    module.configure(parser)
    _add_common(parser)
    return module, parser.parse_args(rest)


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


def _parser_of(name: str) -> argparse.ArgumentParser:
    if name != "open":
        return _Parser(
            prog=f"reader {name}",
            description=COMMANDS[name].capitalize() + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    listed = "\n".join(f"  {f'reader {command}':22} {purpose}" for command, purpose in COMMANDS.items())
    parser = _Parser(
        prog="reader",
        usage="reader [options] [SOURCE]\n       reader COMMAND [options] …",
        description=_DESCRIPTION + listed,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="NAME_OR_PATH", help="spaCy pipeline to use in place of the bundled one")
    parser.add_argument(
        "--no-annotations", dest="annotations", action="store_false", help="ignore the decisions kept for the article"
    )


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the one article that a command is about."""
    parser.add_argument("source", metavar="SOURCE", help="a file, a web address or - (standard input)")


def add_look(parser: argparse.ArgumentParser) -> None:
    """Add what decides on colors."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parser.add_argument("--theme", choices=("dark", "light"), help="ground to print on; default: COLORFGBG, or dark")
