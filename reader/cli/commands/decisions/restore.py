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
The backup is checked first and never changed. The current annotations are kept
in another file; to go back, restore that file.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", help="a file written by `reader backup`, or a daily backup")


def run(options: Options) -> int:
    """Replace the annotations. Raises an error with a one-line reason if that is impossible."""
    from reader.annotate.storage.maintenance.backups import restore
    from reader.annotate.storage.store import STORE_FILE

    restored = restore(Path(options.path), data_dir() / STORE_FILE)
    previous = f"; the previous annotations are kept as {restored.replaced}" if restored.replaced else ""
    print_rows([one_line(f"{restored.size} restored{previous}")])
    return 0
