"""`reader restore PATH`: a copy of the annotations, put in the place of the present ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output.table import put
from reader.directories import data_dir
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
The copy is checked first, and left as it is. The present annotations are kept
beside the restored ones; restoring that file takes everything back.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", help="a file that `reader backup` wrote, or a daily backup")


def run(options: Options) -> int:
    """Put it in place, or say in one line why not."""
    from reader.annotate.storage.backups import restore
    from reader.annotate.storage.store import FILE

    restored = restore(Path(options.path), data_dir() / FILE)
    kept = f"; what was there before is kept as {restored.aside}" if restored.aside else ""
    put([one_line(f"{restored.contents} restored{kept}")])
    return 0
