"""`reader import PATH [--from FORMAT] [--onto SOURCE]`: add what a file says about texts as decisions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener, finish
from reader.cli.output.table import print_rows
from reader.display.counted import counted
from reader.document.sanitize import one_line
from reader.exchange import READERS, ExchangeError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.batches.progress import ProgressLine
    from reader.exchange.format import ImportedDocument
    from reader.exchange.importing.document_import import ImportReport
    from reader.exchange.importing.import_format import ImportFormat
    from reader.exchange.importing.import_labels import LabelTable
    from reader.exchange.importing.source_files import SourceFile

_EPILOG = """\
A new text is saved in the data directory and listed in the library. Annotations of a
known text are added to it as one step, which can be undone. With --onto, they are added
to that document even if its text has changed; those without a certain position in it
are left out and counted. If the file contains an error, nothing is imported. Importing
a file again changes nothing.

formats:
"""
_HEAD = 1 << 16
"""Bytes at the start of a file by which the lossless format is recognized."""
_LISTED_LABELS = 12
"""How many labels of a kind to name."""
_LISTED_DOCUMENTS = 20
"""How many new and known documents to name."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    width = max(map(len, READERS))
    parser.epilog = _EPILOG + "\n".join(f"  {entry.name:{width}}  {entry.description}" for entry in READERS.values())
    parser.add_argument("path", metavar="PATH", help="a file, a folder, a ZIP archive, or - for standard input")
    parser.add_argument(
        "--from",
        dest="file_format",
        metavar="FORMAT",
        choices=tuple(READERS),
        help="one of the formats below; by default, it is guessed from the content",
    )
    parser.add_argument("--onto", metavar="SOURCE", help="the document that the annotations are about")
    parser.add_argument(
        "--all", dest="machine_found", action="store_true", help="import machine-found mentions too, as undecided ones"
    )
    parser.add_argument(
        "--label",
        metavar="FROM=TO",
        action="append",
        default=[],
        help="import the label FROM as TO, such as Firma=ORG; may be repeated",
    )


def run(options: Options) -> int:
    """Read the whole file, then import everything in it."""
    from reader.exchange.importing.import_labels import LabelTable, parse_label_choice

    choices = {}
    for text in options.label:
        choice = parse_label_choice(text)
        if choice is None:
            raise CommandError(f"--label {one_line(text)}: not of the form FROM=TO with TO a label such as ORG")
        choices[choice[0]] = choice[1]
    try:
        if options.file_format == "jsonl" or (not options.file_format and _is_own_export(options.path)):
            incoming = _documents_with_logs(options.path)
            with Opener(options) as opener:
                _import_logs(opener, incoming, _file_name(options.path))
                return finish(opener)
        files, file_format = _read(options)
        with Opener(options) as opener:
            _import_annotations(opener, options, file_format, files, LabelTable(choices))
            return finish(opener)
    except ExchangeError as error:
        raise CommandError(one_line(f"{options.path}: {error}")) from None
    except OSError as error:
        raise CommandError(one_line(f"{error.filename or options.path}: {error.strerror or error}")) from None


def _read(options: Options) -> tuple[Sequence[SourceFile], ImportFormat]:
    """Return the files and their format.

    Raises:
        ExchangeError: The format is not known.
        OSError: A file cannot be read.
    """
    from reader.exchange.importing.format_guess import guess_format
    from reader.exchange.importing.source_files import read_source_files

    files = read_source_files(options.path)
    if not any(file.data.strip() for file in files):
        raise ExchangeError("the file is empty")
    name = options.file_format or guess_format(files)
    if not name:
        raise ExchangeError("the format is not known; name it with --from FORMAT (see reader import --help)")
    if READERS[name].has_log:
        raise ExchangeError("name the format with --from jsonl")
    return files, READERS[name]


def _file_name(path: str) -> str:
    return "standard input" if path == "-" else one_line(Path(path).name or path)


def _is_own_export(path: str) -> bool:
    """Return whether a file has the lossless format of this program, which is read line by line, however large."""
    from reader.exchange.importing.format_guess import guess_format
    from reader.exchange.importing.source_files import SourceFile

    if path == "-" or not Path(path).is_file():
        return False
    with Path(path).open("rb") as source:
        return guess_format([SourceFile(Path(path).name, source.read(_HEAD))]) == "jsonl"


def _documents_with_logs(path: str) -> list[ImportedDocument]:
    if path == "-":
        return list(READERS["jsonl"].read(sys.stdin.buffer))
    with Path(path).open("rb") as source:
        return list(READERS["jsonl"].read(source))


def _import_logs(opener: Opener, incoming: Sequence[ImportedDocument], file_name: str) -> None:
    from reader.exchange.importing.document_import import import_logs

    added = import_logs(incoming, opener.store, file_name)
    total = sum(len(log.records) for log in incoming)
    records = f"record{'' if total == 1 else 's'}"
    print_rows(
        [
            f"imported {added:,} of {total:,} {records} about {counted(len(incoming), 'document')};"
            f" {total - added:,} were already stored"
        ]
    )


def _import_annotations(
    opener: Opener, options: Options, file_format: ImportFormat, files: Sequence[SourceFile], labels: LabelTable
) -> None:
    from reader.exchange.importing.document_import import import_annotations

    progress = _Progress()
    try:
        report = import_annotations(
            file_format.read_annotations(files),
            opener.store,
            labels,
            onto=opener.document(options.onto) if options.onto else None,
            machine_found=options.machine_found,
            file_name=_file_name(options.path),
            on_progress=progress.show,
        )
    finally:
        progress.clear()
    print_rows(list(_report_lines(report, file_format.name)))
    for line in _label_lines(labels):
        print_error(line)
    for reason, count in sorted(report.omitted.items()):
        if count:
            print_error(f"left out: {reason} ({count:,})")


class _Progress:
    """Shows how many documents are done, if stderr is a terminal."""

    def __init__(self) -> None:
        self._line: ProgressLine | None = None

    def show(self, finished: int, total: int) -> None:
        """Show that some of all documents are done."""
        if self._line is None:
            from reader.collection.batches.progress import ProgressLine

            self._line = ProgressLine(sys.stderr, total, enabled=sys.stderr.isatty() and total > 1)
        self._line.show(finished, 0)

    def clear(self) -> None:
        """Remove the line."""
        if self._line is not None:
            self._line.clear()


def _report_lines(report: ImportReport, name: str) -> Iterable[str]:
    documents = counted(len(report.new_documents) + len(report.known_documents), "document")
    yield (
        f"imported {counted(report.decisions, 'decision')} about {counted(report.mentions, 'mention')} in {documents}"
        f" from {name}; {report.already_stored:,} were already stored"
    )
    for kind, listed in (("new", report.new_documents), ("known", report.known_documents)):
        for document in listed[:_LISTED_DOCUMENTS]:
            yield f"  {kind}: {one_line(document.title)}  {one_line(document.source)}"
        if len(listed) > _LISTED_DOCUMENTS:
            yield f"  and {len(listed) - _LISTED_DOCUMENTS:,} more {kind} ones"


def _label_lines(labels: LabelTable) -> Iterable[str]:
    """Yield what became of the labels that are not ours, one line for each kind."""
    changed = [f"{one_line(label, 30)} as {target}" for label, target in labels.changed().items()]
    if changed:
        yield f"labels mapped: {_listed(changed)}"
    if unknown := labels.unknown():
        yield f"unknown labels, imported unchanged: {_listed(unknown)}"


def _listed(items: Sequence[str]) -> str:
    more = f" and {len(items) - _LISTED_LABELS:,} more" if len(items) > _LISTED_LABELS else ""
    return ", ".join(items[:_LISTED_LABELS]) + more
