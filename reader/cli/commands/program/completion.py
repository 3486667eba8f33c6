"""`reader completion SHELL`: print completions for a shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
to use them:
  bash   source <(reader completion bash)       in ~/.bashrc
  zsh    reader completion zsh > "${fpath[1]}/_reader"
  fish   reader completion fish > ~/.config/fish/completions/reader.fish
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    from reader.cli.reference.completions import SHELLS

    parser.epilog = _EPILOG
    parser.add_argument("shell", metavar="SHELL", choices=tuple(SHELLS), help="bash, zsh or fish")


def run(options: Options) -> int:
    """Print the script."""
    from reader.cli.reference.command_tables import all_commands
    from reader.cli.reference.completions import SHELLS

    sys.stdout.write(SHELLS[options.shell](all_commands()))
    return 0
