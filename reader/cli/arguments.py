"""Parse the command line: which command to run, and its options."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from reader.cli.command_list import COMMANDS, DOCUMENT_OPTIONS, MODULES

if TYPE_CHECKING:
    from argparse import ArgumentParser


Options: TypeAlias = SimpleNamespace
"""The parsed options of a command, one attribute each."""

_VALUE_OPTIONS: Final = frozenset({"--model", "--language", "--encoding", "--field"})
"""Options that take a value and are allowed before the command."""


_DOCUMENT_DEFAULTS: Final[dict[str, Any]] = {
    "model": None, "language": None, "encoding": None, "field": None, "all_text": None,
    "refresh": False, "annotations": True,
}  # fmt: skip
"""The options for how documents are read, as they are if none is given."""


def _language_code(text: str) -> str:
    """Return the code of a language.

    Raises:
        ArgumentTypeError: The text is no such code.
    """
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isalpha() and len(text) in (2, 3)):
        raise ArgumentTypeError(f"{text!r} is not a code of two or three letters, such as en")
    return text.lower()


_DOCUMENT_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "model": {
        "metavar": "NAME_OR_PATH",
        "help": "pipeline or plug-in to use for this command; FIRST+SECOND compares two",
    },
    "language": {
        "metavar": "CODE",
        "type": _language_code,
        "help": "language of the text, such as en; overrides what the program detects",
    },
    "encoding": {
        "metavar": "NAME",
        "help": "encoding of the text, such as cp1250; overrides what the program detects; auto detects it again",
    },
    "field": {
        "metavar": "NAME",
        "help": "column or field that has the text of a table or JSON file; overrides what the program detects",
    },
    "all-text": {"action": "store_const", "const": True, "help": "show all text of a web page, not only its article"},
    "no-all-text": {
        "dest": "all_text",
        "action": "store_const",
        "const": False,
        "help": "show only the article of a web page again",
    },
    "refresh": {"action": "store_true", "help": "fetch a URL again instead of opening the saved copy"},
    "no-annotations": {
        "dest": "annotations",
        "action": "store_false",
        "help": "neither use nor store decisions",
    },
}
"""The arguments for `add_argument` of each option for how documents are read."""


class CommandModule(Protocol):
    """The interface of a command's module."""

    def configure(self, parser: ArgumentParser) -> None:
        """Add the options of this command."""

    def run(self, options: Options) -> int:
        """Run the command and return the exit code."""


def parse(argv: Sequence[str]) -> tuple[CommandModule, Options]:
    """Return the module of the command and its options.

    Raises:
        SystemExit: The usage is wrong (code 2), or help or the version was printed (code 0).
    """
    if argv[:1] == ["help"] and (len(argv) == 1 or argv[1] in COMMANDS):
        argv = [*argv[1:2], "--help"]
    index = _command_index(argv)
    name = argv[index] if index is not None else "open"
    arguments = [*argv[:index], *argv[index + 1 :]] if index is not None else list(argv)
    module = command_module(name)
    if name == "open" and (not arguments or (len(arguments) == 1 and not arguments[0].startswith("-"))):
        # Opening the app is the common case. It skips argparse, which is slow to import.
        source = arguments[0] if arguments else None
        return module, Options(source=source, **_DOCUMENT_DEFAULTS)
    return module, Options(**vars(command_parser(name, module).parse_args(arguments)))


def command_module(name: str) -> CommandModule:
    """Return the module of a command, or of opening a document ("open")."""
    return cast("CommandModule", import_module(MODULES[name]))


def command_parser(name: str, module: CommandModule) -> ArgumentParser:
    """Return the parser of a command with its own options and those for how documents are read."""
    from reader.cli.parser import parser_of

    parser = parser_of(name)
    module.configure(parser)
    parser.set_defaults(**_DOCUMENT_DEFAULTS)
    for option in DOCUMENT_OPTIONS.get(name, ()):
        parser.add_argument(f"--{option}", **_DOCUMENT_OPTIONS[option])
    return parser


def _command_index(argv: Sequence[str]) -> int | None:
    """Return the index of the command: the first argument that is not an option, if it names a command."""
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
    """Add the argument for the source of one document."""
    parser.add_argument("source", metavar="SOURCE", help="a file, a URL, or - for standard input")


def add_color_options(parser: ArgumentParser) -> None:
    """Add the options for colors."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="when to print in color; default: auto"
    )
    parser.add_argument(
        "--theme", choices=("dark", "light"), help="background of the terminal; default: from COLORFGBG, else dark"
    )
