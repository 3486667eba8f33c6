"""The argument parser of each command, with its usage and help text."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from reader import __version__
from reader.cli.command_list import COMMANDS

_DESCRIPTION: Final = """\
Read documents in the terminal with their named entities highlighted and merged.

  reader                 open the library: samples and recent documents
  reader SOURCE          open a file, a web address or - (standard input)
"""

_EPILOG: Final = """\
`reader COMMAND --help` explains a command. To open a file that has the name of a
command, write ./show. If standard output is not a terminal, `reader SOURCE` does
what `reader show SOURCE` does.

READER_DATA_DIR, READER_CACHE_DIR and READER_CONFIG_DIR override the directories
for annotations, cache and settings; `reader doctor` shows them.

Exit codes: 0 done, 1 the source or data is at fault, 2 wrong usage.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from reader.document.sanitize import one_line

        super().error(one_line(message))


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of opening a document ("open"). It has no options yet but help and version."""
    if name != "open":
        return _Parser(
            prog=f"reader {name}",
            description=COMMANDS[name].capitalize() + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    commands = "\n".join(f"  {f'reader {command}':22} {purpose}" for command, purpose in COMMANDS.items())
    parser = _Parser(
        prog="reader",
        usage="reader [options] [SOURCE]\n       reader COMMAND [options] …",
        description=_DESCRIPTION + commands,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"reader {__version__}")
    return parser
