"""What usage and help say."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from reader import __version__
from reader.cli.command_list import COMMANDS

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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from reader.document.sanitize import one_line

        super().error(one_line(message))


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of opening an article; it has no options yet but help and version."""
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
