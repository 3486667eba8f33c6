"""`reader manual`: print the manual page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
to read it:
  reader manual | man -l -

to install it:
  reader manual > ~/.local/share/man/man1/reader.1
"""


def configure(parser: ArgumentParser) -> None:
    """Set the help; there are no options."""
    parser.epilog = _EPILOG


def run(options: Options) -> int:
    """Print the page in the macros of man(7)."""
    del options
    from reader.cli.reference.command_tables import all_commands
    from reader.cli.reference.man_page import man_page

    sys.stdout.write(man_page(all_commands()))
    return 0
