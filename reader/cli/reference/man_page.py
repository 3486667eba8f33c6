"""Write the manual page, in the macros of man(7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader import __version__
from reader.cli.reference.command_tables import CommandInfo, OptionInfo

_DESCRIPTION = """\
reader opens articles and reports in the terminal with their named entities highlighted, merges the names of an entity,
and keeps what you decide about them. Without arguments it opens the collection; with a source it opens a file, a web
page or standard input. If standard output is not a terminal, it prints the document instead.
"""
_ENVIRONMENT = (
    ("READER_DATA_DIR, READER_CACHE_DIR, READER_CONFIG_DIR", "The directories for annotations, cache and settings."),
    ("READER_AUTHOR", "Your name, recorded with every decision."),
    ("NO_COLOR", "If it is set, nothing is printed in color."),
    ("PAGER", "The program that shows output longer than the screen."),
    ("VISUAL, EDITOR", "The editor of `reader config edit` and, with Ctrl+G, of notes."),
)
_EXIT_CODES = (
    ("0", "Success."),
    ("1", "An error in a source or in the data, with one line on standard error."),
    ("2", "Wrong usage."),
    ("3", "`reader screen` has hits."),
    ("130", "Interrupted."),
)


def man_page(commands: Sequence[CommandInfo]) -> str:
    """Return the page, with the options of every command."""
    opening, *subcommands = commands
    lines = [
        f'.TH READER 1 "" "reader {__version__}" "User Commands"',
        ".SH NAME",
        "reader \\- read documents in the terminal with their named entities",
        ".SH SYNOPSIS",
        "\\fBreader\\fR [\\fIoptions\\fR] [\\fISOURCE\\fR]",
        ".br",
        "\\fBreader\\fR \\fICOMMAND\\fR [\\fIoptions\\fR] \\fI...\\fR",
        ".SH DESCRIPTION",
        *map(_escaped, _DESCRIPTION.splitlines()),
        ".PP",
        "In the app, press ? for the keys; \\fBreader keys\\fR prints them.",
        ".SH OPTIONS",
        *_options(opening),
        ".SH COMMANDS",
    ]
    for command in subcommands:
        lines += [f".SS {_escaped(command.usage)}", _escaped(_sentence(command.about)), *_options(command)]
        if command.epilog:
            lines += [".PP", ".nf", *map(_escaped, command.epilog.rstrip().splitlines()), ".fi"]
    lines += [".SH ENVIRONMENT", *(line for name, about in _ENVIRONMENT for line in _item(name, about))]
    lines += [".SH EXIT STATUS", *(line for name, about in _EXIT_CODES for line in _item(name, about))]
    return "\n".join(lines) + "\n"


def _options(command: CommandInfo) -> Iterator[str]:
    for option in command.options:
        if option.about:
            yield from _item(_heading(option), _sentence(option.about))


def _heading(option: OptionInfo) -> str:
    value = f" {option.metavar}" if option.metavar else ""
    return ", ".join(name + value for name in option.names) or option.metavar


def _item(heading: str, about: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_escaped(heading)}\\fR"
    yield _escaped(about)


def _sentence(about: str) -> str:
    return about[:1].upper() + about[1:].rstrip(".") + "."


def _escaped(text: str) -> str:
    """Return a text in which no character has a meaning for the formatter."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    escaped = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
