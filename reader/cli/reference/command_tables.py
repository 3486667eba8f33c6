"""The commands and their options as plain values, read from the same parsers that parse command lines."""

from __future__ import annotations

import argparse

from reader.cli.arguments import command_module, command_parser
from reader.cli.command_list import COMMANDS
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OptionInfo:
    """An option of a command, or a positional argument."""

    names: tuple[str, ...]
    """The names with their hyphens; empty for a positional argument."""
    metavar: str
    """What its value is; "" if it takes none."""
    choices: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """A command with its options, in the order of its help."""

    name: str
    """"" for opening a document."""
    about: str
    usage: str
    options: tuple[OptionInfo, ...]
    epilog: str

    @property
    def takes_files(self) -> bool:
        """Whether an argument of the command is a file."""
        return any(not option.names and not option.choices for option in self.options)


def all_commands() -> tuple[CommandInfo, ...]:
    """Return every command; the first is that of opening a document."""
    return tuple(_command(name) for name in ("open", *COMMANDS))


def _command(name: str) -> CommandInfo:
    parser = command_parser(name, command_module(name))
    about = "open a document, or the collection" if name == "open" else COMMANDS[name]
    options = tuple(_option(action) for action in parser._actions)
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    return CommandInfo("" if name == "open" else name, about, usage, options, parser.epilog or "")


def _option(action: argparse.Action) -> OptionInfo:
    takes_value = action.nargs != 0
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    about = "" if action.help in (None, argparse.SUPPRESS) else str(action.help).replace("%%", "%")
    choices = tuple(map(str, action.choices or ()))
    return OptionInfo(tuple(action.option_strings), metavar if takes_value else "", choices, about)
