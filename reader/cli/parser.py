"""The argument parser of each command, with its usage and help text."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from reader import __version__
from reader.cli.command_list import COMMANDS

_DESCRIPTION: Final = """\
Read documents in the terminal with their named entities highlighted and merged.

  reader                 open the library: samples and recent documents
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
    def error(self, message: str) -> NoReturn:
        from reader.document.sanitize import one_line

        super().error(one_line(message))


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of opening a document ("open"). Its only options are help and version."""
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
