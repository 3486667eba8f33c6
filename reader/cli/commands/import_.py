"""`reader import PATH --from FORMAT`: add decisions from an export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.table import print_rows
from reader.document.sanitize import one_line
from reader.exchange import READERS, ExchangeError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.exchange.format import ImportedDocument

_EPILOG = """\
Adds every decision, undo and orphan that is not stored yet. If the file contains an
error, nothing is added. Importing a file again changes nothing.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", help="a file written by `reader export`, or - for standard input")
    parser.add_argument("--from", dest="file_format", choices=tuple(READERS), required=True, help="format of the file")


def run(options: Options) -> int:
    """Read the whole file, then add all of its records."""
    incoming = _read(options.path, options.file_format)
    with Opener(options) as opener:
        added = opener.store.import_records(incoming)
        total = sum(len(log.records) for log in incoming)
        records = f"record{'' if total == 1 else 's'}"
        documents = f"{len(incoming):,} document{'' if len(incoming) == 1 else 's'}"
        print_rows(
            [f"imported {added:,} of {total:,} {records} about {documents}; {total - added:,} were already stored"]
        )
        return finish(opener)


def _read(path: str, file_format: str) -> list[ImportedDocument]:
    try:
        if path == "-":
            return list(READERS[file_format].read(sys.stdin.buffer))
        with Path(path).open("rb") as source:
            return list(READERS[file_format].read(source))
    except ExchangeError as error:
        raise CommandError(one_line(f"{path}: {error}")) from None
    except OSError as error:
        raise CommandError(one_line(f"{path}: {error.strerror or error}")) from None
