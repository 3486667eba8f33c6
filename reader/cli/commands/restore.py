"""`reader restore PATH`: replace the annotations with a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output.table import print_rows
from reader.directories import data_dir
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
The backup is checked first and stays as it is. The present annotations are kept
beside the restored ones; restore that file to go back.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", help="a file that `reader backup` wrote, or a daily backup")


def run(options: Options) -> int:
    """Replace the annotations, or report in one line why not."""
    from reader.annotate.storage.backups import restore
    from reader.annotate.storage.store import STORE_FILE

    restored = restore(Path(options.path), data_dir() / STORE_FILE)
    previous = f"; the previous annotations are kept as {restored.replaced}" if restored.replaced else ""
    print_rows([one_line(f"{restored.size} restored{previous}")])
    return 0
