"""`reader export SOURCE... --to FORMAT`: write documents with their mentions, entities and decisions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError, error_line, print_error
from reader.cli.open_readings import Opener, finish
from reader.exchange import FORMATS, ExchangeError, ExportFormat, atomic_writer

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a file, a URL, or - for standard input")
    width = max(map(len, FORMATS))
    lines = (f"  {file_format.name:{width}}  {file_format.description}" for file_format in FORMATS.values())
    parser.epilog = "formats:\n" + "\n".join(lines)
    parser.add_argument(
        "--to", metavar="FORMAT", choices=tuple(FORMATS), required=True, help="one of the formats below"
    )
    parser.add_argument("--values", action="store_true", help="include dates, times, amounts and measures")
    parser.add_argument("--decided", action="store_true", help="write only the mentions that a person decided about")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="write to this file, or for a folder format to this new folder; a failed export leaves a file unchanged",
    )


def run(options: Options) -> int:
    """Write every source that can be read, in order. Report the others on stderr and return 1."""
    file_format = FORMATS[options.to]
    with Opener(options) as opener:
        readings = _Readings(opener, options.sources, values=options.values)
        try:
            _write(file_format, readings, options.output or "-", decided=options.decided)
        except ExchangeError as error:
            raise CommandError(f"cannot export as {file_format.name}: {error}") from None
        if options.to == "jsonl":
            _report_general_names(opener)
        elif file_format.omits:
            print_error(f"{file_format.name} leaves out {', '.join(file_format.omits)}")
        return max(finish(opener), int(readings.failed))


def _report_general_names(opener: Opener) -> None:
    """Report on stderr the general decisions, which an export leaves out.

    Without them, the documents look different on another machine.
    """
    from reader.annotate import GENERAL_DOCUMENT
    from reader.annotate.general_decisions import list_entries

    if count := len(list_entries(opener.store.history(GENERAL_DOCUMENT))):
        decisions = (
            "1 decision that applies in every document is"
            if count == 1
            else f"{count} decisions that apply in every document are"
        )
        print_error(f"{decisions} not included; to export the list, run `reader names export`")


class _Readings:
    """Opens the sources one by one. Skips those that cannot be read and reports them on stderr."""

    def __init__(self, opener: Opener, sources: Sequence[str], *, values: bool) -> None:
        self._opener = opener
        self._sources = sources
        self._values = values
        self.failed = False

    def __iter__(self) -> Iterator[Reading]:
        for source in self._sources:
            yield from self._readings_from(source)

    def _readings_from(self, source: str) -> Iterator[Reading]:
        """Yield the reading of a source, or of each document in a file of many."""
        for document in self._opener.documents(source):
            try:
                if isinstance(document, Exception):
                    raise document
                reading = self._opener.reading_of(document, document.source)
            except Exception as error:
                line = error_line(error)
                if line is None:
                    raise
                print_error(line)
                self.failed = True
            else:
                reading.values_shown = self._values
                yield reading


def _write(file_format: ExportFormat, readings: _Readings, output: str, *, decided: bool) -> None:
    """Write a file or a new folder. If there is nothing to write, leave an existing file unchanged."""
    if output == "-":
        if file_format.is_folder:
            raise CommandError(f"{file_format.name} is a folder of files: name one with -o")
        if file_format.is_binary and sys.stdout.isatty():
            raise CommandError(f"{file_format.name} files are not text: name a file with -o")
        sys.stdout.flush()
        file_format.write(readings, sys.stdout.buffer, decided=decided)
        return
    remaining = iter(readings)
    first = next(remaining, None)
    if first is None:
        return
    path, all_readings = Path(output), chain((first,), remaining)
    try:
        if file_format.is_folder:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                raise CommandError(f"{path} is not empty; name a new folder, so that no other file is replaced")
            file_format.write_folder(all_readings, path, decided=decided)
        else:
            with atomic_writer(path) as out:
                file_format.write(all_readings, out, decided=decided)
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or path}: {error.strerror or error}") from None
