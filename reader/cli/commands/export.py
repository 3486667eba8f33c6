"""`reader export SOURCE... --to FORMAT`: articles with everything found and decided, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.errors_as_lines import FaultError, complain, explain
from reader.cli.open_readings import Opener, finish
from reader.exchange import FORMATS, Format, written_whole

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a file, a web address or - (standard input)")
    described = "; ".join(f"{form.name}: {form.description}" for form in FORMATS.values())
    parser.add_argument("--to", choices=tuple(FORMATS), required=True, help=described)
    parser.add_argument("--values", action="store_true", help="dates, times, amounts and measures too")
    parser.add_argument("-o", "--output", metavar="PATH", help="write to this file, whole or not at all")


def run(options: Options) -> int:
    """Write every source that can be read, in order; what is wrong with the others is said on stderr, exit code 1."""
    form = FORMATS[options.to]
    with Opener(options) as opener:
        readings = _Readings(opener, options.sources, values=options.values)
        if options.output in (None, "-"):
            sys.stdout.flush()
            form.write(readings, sys.stdout.buffer)
        else:
            _write_file(Path(options.output), form, readings)
        if options.to == "jsonl":
            _mention_general_names(opener)
        return max(finish(opener), int(readings.failed))


def _mention_general_names(opener: Opener) -> None:
    """Say what else must be carried to another machine for the articles to look the same there."""
    from reader.annotate import EVERYWHERE
    from reader.annotate.everywhere import entries

    if count := len(entries(opener.store.history(EVERYWHERE))):
        what = "1 entry of the list of names is" if count == 1 else f"{count} entries of the list of names are"
        complain(f"{what} not in it; `reader names export` writes what holds in every article")


class _Readings:
    """The readings of those sources that can be read; complains about the others as it comes to them."""

    def __init__(self, opener: Opener, sources: Sequence[str], *, values: bool) -> None:
        self._opener = opener
        self._sources = sources
        self._values = values
        self.failed = False

    def __iter__(self) -> Iterator[Reading]:
        for source in self._sources:
            try:
                reading = self._opener.reading(source)
            except Exception as error:
                line = explain(error)
                if line is None:
                    raise
                complain(line)
                self.failed = True
            else:
                reading.values_shown = self._values
                yield reading


def _write_file(path: Path, form: Format, readings: _Readings) -> None:
    """Write a file, unless there is nothing to write: then what stands there is left alone."""
    incoming = iter(readings)
    first = next(incoming, None)
    if first is None:
        return
    try:
        with written_whole(path) as out:
            form.write(chain((first,), incoming), out)
    except OSError as error:
        raise FaultError(f"cannot write {path}: {error.strerror or error}") from None
