"""The argument parser of each command, with its usage and help text."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final, NoReturn

from reader import __version__
from reader.cli.command_list import COMMANDS
from reader.cli.help_format import HelpFormatter

_DESCRIPTION: Final = """\
Read documents in the terminal with their named entities highlighted and merged.

  reader                 open the collection: what was opened, and samples
  reader SOURCE          open a file, a URL, or - for standard input
"""

_EPILOG: Final = """\
For help on a command, run `reader COMMAND --help`. To open a file whose name is a
command, write ./show. If standard output is not a terminal, `reader SOURCE` is the
same as `reader show SOURCE`.

READER_DATA_DIR, READER_CACHE_DIR and READER_CONFIG_DIR set the directories for
annotations, cache and settings. `reader doctor` shows them.

Exit codes: 0 success, 1 error in the source or the data, 2 wrong usage.
"""


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage with what is right, and leaves the list of all options to --help."""

    takes_excluded_words = False
    """Whether arguments such as "-weather" are words, not options."""

    def __init__(self, **arguments: Any) -> None:
        arguments.setdefault("formatter_class", HelpFormatter)
        arguments.setdefault("allow_abbrev", False)
        super().__init__(**arguments)

    def parse_args(  # type: ignore[override]  # argparse overloads it for namespaces of other types
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Return the options.

        Raises:
            SystemExit: The usage is wrong (code 2), or help or the version was printed (code 0).
        """
        options, unknown = self.parse_known_args(self._options_first(sys.argv[1:] if args is None else args), namespace)
        if unknown:
            self.error(self.describe_unknown(unknown, options))
        return options

    def _options_first(self, arguments: Sequence[str]) -> list[str]:
        """Return the arguments with the options before the words of a list, between which the user may write them."""
        if not any(action.nargs in ("*", "+") for action in self._get_positional_actions()):
            return list(arguments)
        options, words = list[str](), list[str]()
        remaining = iter(arguments)
        for argument in remaining:
            if argument == "--":
                words += remaining
                break
            action = self._option_string_actions.get(argument.partition("=")[0])
            if action is not None:
                options.append(argument)
                options += islice(remaining, int(action.nargs is None and "=" not in argument))
            elif argument == "-" or not argument.startswith("-") or self._is_excluded_word(argument):
                words.append(argument)
            else:
                options.append(argument)
        return [*options, "--", *words] if words else options

    def _is_excluded_word(self, argument: str) -> bool:
        """Return whether an argument that begins with a dash is a word that must not occur, as in a search."""
        return self.takes_excluded_words and not argument.startswith("--")

    def describe_unknown(self, unknown: Sequence[str], options: argparse.Namespace) -> str:
        """Return what is wrong with arguments that the command does not take, given the options it takes."""
        del options
        name = next((word.partition("=")[0] for word in unknown if word.startswith("-")), "")
        if not name:
            return f"too many arguments: {' '.join(unknown)}"
        matches = get_close_matches(name, self._option_string_actions, n=1)
        return f"there is no option {name}{f'; did you mean {matches[0]}?' if matches else ''}"

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise an error for a value that is none of the choices, with the one that was probably meant."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        matches = get_close_matches(str(value), choices, n=1)
        advice = f"did you mean {matches[0]}?" if matches else f"it is {_or_list(choices)}"
        raise argparse.ArgumentError(action, f"there is no {value}; {advice}")

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and how to get help, then exit."""
        from reader.document.sanitize import one_line

        choices = "".join(f"; {line}" for line in self._missing_choices(message))
        self.exit(2, f"{self.prog}: error: {one_line(message + choices)}\nfor help, run `{self.prog} --help`\n")

    def _missing_choices(self, message: str) -> Iterator[str]:
        """Yield for each missing argument that has choices what they are."""
        _, is_missing, names = message.partition("arguments are required: ")
        for action in self._actions if is_missing else ():
            name = action.option_strings[0] if action.option_strings else str(action.metavar or action.dest)
            if action.choices and name in names.split(", "):
                yield f"{name} is {_or_list(map(str, action.choices))}"


class _OpeningParser(_Parser):
    """Parses the command line of opening a document, which any misspelled command becomes."""

    def describe_unknown(self, unknown: Sequence[str], options: argparse.Namespace) -> str:
        """Return the command that was probably meant, else what is wrong."""
        if options.source is not None and not os.path.exists(options.source):  # noqa: PTH110  (any text may be given)
            matches = get_close_matches(options.source, COMMANDS, n=1)
            if matches:
                return f"there is no command {options.source}; did you mean `reader {matches[0]}`?"
        if any(word.startswith("-") for word in unknown):
            return super().describe_unknown(unknown, options)
        return "the app opens one document; `reader show` prints several, and `reader index` makes them searchable"


def _or_list(words: Iterable[str]) -> str:
    *firsts, last = words
    return f"{', '.join(firsts)} or {last}" if firsts else last


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of opening a document ("open"). Its only options are help and version."""
    if name != "open":
        command_parser = _Parser(prog=f"reader {name}", description=COMMANDS[name].capitalize() + ".")
        command_parser.takes_excluded_words = name == "search"
        return command_parser
    commands = "\n".join(f"  {f'reader {command}':22} {purpose}" for command, purpose in COMMANDS.items())
    parser = _OpeningParser(
        prog="reader",
        usage="reader [options] [SOURCE]\n       reader COMMAND [options] …",
        description=_DESCRIPTION + commands,
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    return parser
