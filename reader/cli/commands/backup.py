"""`reader backup [PATH]`: the annotations, copied to a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.errors_as_lines import FaultError
from reader.cli.output.table import put
from reader.directories import data_dir
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_EPILOG = """\
A backup of every day on which something was decided is made anyway, seven of
them are kept; they lie beside the annotations. `reader restore` puts one back.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", nargs="?", help="a new file, or a directory; default: beside them")


def run(options: Options) -> int:
    """Copy them as they are now; other windows may go on."""
    from reader.annotate import StoreError
    from reader.annotate.storage.backups import copy_store
    from reader.annotate.storage.errors import store_error
    from reader.annotate.storage.store import FILE
    from reader.annotate.storage.store_files import unused

    store = data_dir() / FILE
    if not store.exists():
        raise FaultError("there are no annotations yet")
    target = unused(store, "backup")
    if options.path is not None:
        given = Path(options.path)
        target = given / target.name if given.is_dir() else given
    if target.exists():
        raise FaultError(f"{target}: there is a file already")
    try:
        contents = copy_store(store, target)
    except (OSError, sqlite3.Error) as error:
        reason = store_error(error, store)
        raise (
            FaultError(f"cannot write {target}: {error.strerror}") if isinstance(error, OSError) else reason
        ) from None
    except StoreError as error:
        raise FaultError(f"{error}; `reader doctor --repair` mends it") from None
    put([one_line(f"{contents} copied to {target}")])
    return 0
