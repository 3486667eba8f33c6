"""`reader export SOURCE... --to FORMAT`: write documents with their mentions, entities and decisions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.batch_run import BatchRun, add_sources
from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener, finish
from reader.exchange import FORMATS, ExchangeError, ExportFormat, atomic_folder, atomic_writer
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.batches.finished_sources import FinishedSources
    from reader.exchange.format import ExportedDocument
    from reader.reading import Reading


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_sources(parser)
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
        help="output file, or new folder for a format of several files; written only once complete; after an "
        "interruption, the same command continues with the remaining documents",
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="discard what an interrupted export has done, and read everything again"
    )


def run(options: Options) -> int:
    """Write every source that can be read, in order. Report the others on stderr and return 1."""
    file_format = FORMATS[options.to]
    _check_output(file_format, options.output or "-")
    with ExitStack() as stack:
        opener = stack.enter_context(Opener(options))
        finished = stack.enter_context(_finished_sources(opener, options)) if _is_resumable(options) else None
        result_of = _Exported(options.to, values=options.values, decided=options.decided)
        batch = BatchRun(
            opener,
            options.sources,
            result_of,
            processes=options.processes,
            prints=not options.output,
            finished=finished,
        )
        label = finished.temporary_label if finished is not None else ""
        try:
            _write(file_format, batch, options.output or "-", label, decided=options.decided)
        except ExchangeError as error:
            raise CommandError(f"cannot export as {file_format.name}: {error}") from None
        except KeyboardInterrupt:
            if finished is not None and batch.done:
                print_error(f"interrupted; {_documents(batch.done)} done; the same command goes on with the others")
            raise
        if finished is not None:
            finished.complete()
        if batch.kept:
            print_error(f"{_documents(batch.kept)} kept from an interrupted export; --rebuild reads all of them again")
        if options.to == "jsonl":
            _report_general_names(opener)
        elif file_format.omits:
            print_error(f"{file_format.name} leaves out {', '.join(file_format.omits)}")
        return max(finish(opener), min(batch.failed, 1))


def _is_resumable(options: Options) -> bool:
    """Return whether an export can go on after an interruption: it writes a file or folder of its own."""
    return options.output not in (None, "-") and "-" not in options.sources


def _finished_sources(opener: Opener, options: Options) -> FinishedSources:
    """Return what an interrupted export to the same path has finished."""
    from reader import __version__
    from reader.annotate.loading_choices import saved_choices
    from reader.collection.batches.finished_sources import FinishedSources
    from reader.collection.batches.reading_task import recognizer_of
    from reader.collection.indexing.stale_documents import general_decisions_now, loading_choice_entries

    opener.check_store()
    reading_options = opener.reading_options
    dependencies = {
        "program": __version__,
        "format": options.to,
        "values": options.values,
        "decided": options.decided,
        "options": repr(reading_options),
        "recognizer": recognizer_of(reading_options),
        "decisions": general_decisions_now(opener.store),
        "choices": loading_choice_entries(saved_choices(opener.store)),
    }
    path = os.path.abspath(options.output)  # noqa: PTH100 - keeps links
    return FinishedSources(f"export {path}", dependencies, opener.store.log_lengths(), discard=options.rebuild)


def _documents(count: int) -> str:
    return "1 document is" if count == 1 else f"{count:,} documents are"


@dataclass(frozen=True, slots=True)
class _Exported:
    """Makes of a reading what its format needs. Processes hand it to each other."""

    format_name: str
    values: bool
    decided: bool

    def __call__(self, reading: Reading) -> ExportedDocument:
        """Return the reading as plain values, or as the bytes of the file."""
        reading.values_shown = self.values
        return FORMATS[self.format_name].exported(reading, decided=self.decided)


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


def _check_output(file_format: ExportFormat, output: str) -> None:
    """Check that the output can be written, before anything is read.

    Raises:
        CommandError: It cannot.
    """
    if output == "-":
        if file_format.is_folder:
            raise CommandError(f"{file_format.name} is a folder of files: name one with -o")
        if file_format.is_binary and sys.stdout.isatty():
            raise CommandError(f"{file_format.name} files are not text: name a file with -o")
    elif file_format.is_folder:
        path = Path(output)
        try:
            if os.path.lexists(path) and not (path.is_dir() and not any(path.iterdir())):
                raise CommandError(f"{path} is not empty; name a new folder, so that no other file is replaced")
        except OSError as error:
            raise CommandError(f"cannot write {error.filename or path}: {error.strerror or error}") from None


def _write(
    file_format: ExportFormat, documents: Iterable[ExportedDocument], output: str, label: str, *, decided: bool
) -> None:
    """Write a file or a new folder. If there is nothing to write, leave an existing file unchanged.

    Args:
        file_format: The format.
        documents: The documents, in order.
        output: The path, or "-" for stdout.
        label: The label of temporary files; see `atomic_writer`.
        decided: Whether to leave out the mentions that no person decided about.
    """
    if output == "-":
        sys.stdout.flush()
        file_format.write_exported(documents, sys.stdout.buffer, decided=decided)
        return
    remaining = iter(documents)
    first = next(remaining, None)
    if first is None:
        return
    path, all_documents = Path(output), chain((first,), remaining)
    try:
        if file_format.is_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_folder(path, label) as folder:
                file_format.write_folder(all_documents, folder, decided=decided)
        else:
            with atomic_writer(path, label) as out:
                file_format.write_exported(all_documents, out, decided=decided)
    except FileExistsError:
        raise CommandError(f"{path} is not empty; name a new folder, so that no other file is replaced") from None
    except OSError as error:
        raise CommandError(f"cannot write {error.filename or path}: {error.strerror or error}") from None
