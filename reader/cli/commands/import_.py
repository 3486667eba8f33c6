"""`reader import PATH --from FORMAT`: what was decided elsewhere, taken in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.errors_as_lines import FaultError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.table import put
from reader.document.sanitize import one_line
from reader.exchange import READERS, ExchangeError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.exchange.format import Incoming

_EPILOG = """\
Takes in every decision, undo and orphan that is not here yet, all of the file or
nothing. The same file can be taken in again: nothing is ever there twice.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("path", metavar="PATH", help="a file that `reader export` wrote, or - (standard input)")
    parser.add_argument("--from", dest="form", choices=tuple(READERS), required=True, help="its format")


def run(options: Options) -> int:
    """Read all of it, then write all of it."""
    incoming = _read(options.path, options.form)
    with Opener(options) as opener:
        new = opener.store.take_in(incoming)
        given = sum(len(each.records) for each in incoming)
        articles = f"{len(incoming):,} article{'' if len(incoming) == 1 else 's'}"
        put(
            [f"{new:,} of {given:,} record{'' if given == 1 else 's'} about {articles} taken in; {given - new:,} known"]
        )
        return finish(opener)


def _read(path: str, form: str) -> list[Incoming]:
    try:
        if path == "-":
            return list(READERS[form](sys.stdin.buffer))
        with Path(path).open("rb") as source:
            return list(READERS[form](source))
    except ExchangeError as error:
        raise FaultError(one_line(f"{path}: {error}")) from None
    except OSError as error:
        raise FaultError(one_line(f"{path}: {error.strerror or error}")) from None
