"""`reader backup [PATH]`: back up the annotations to a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError
from reader.cli.output.table import print_rows
from reader.directories import data_dir
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
The program also makes a backup on each day with a decision and keeps the last
seven next to the annotations. To restore a backup, run `reader restore PATH`.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "path", metavar="PATH", nargs="?", help="a new file, or a directory; default: next to the annotations"
    )


def run(options: Options) -> int:
    """Back up the annotations as they are now. Other windows can go on writing in the meantime."""
    from reader.annotate import StoreError
    from reader.annotate.storage.errors import store_error
    from reader.annotate.storage.maintenance.backups import copy_store
    from reader.annotate.storage.store import STORE_FILE
    from reader.annotate.storage.store_files import unused_path

    store = data_dir() / STORE_FILE
    if not store.exists():
        raise CommandError("there are no annotations yet")
    target = unused_path(store, "backup")
    if options.path is not None:
        path = Path(options.path)
        target = path / target.name if path.is_dir() else path
    if target.exists():
        raise CommandError(f"{target} already exists")
    try:
        contents = copy_store(store, target)
    except (OSError, sqlite3.Error) as error:
        reason = store_error(error, store)
        raise (
            CommandError(f"cannot write {target}: {error.strerror}") if isinstance(error, OSError) else reason
        ) from None
    except StoreError as error:
        raise CommandError(f"{error}; to repair it, run `reader doctor --repair`") from None
    print_rows([one_line(f"{contents} copied to {target}")])
    return 0
