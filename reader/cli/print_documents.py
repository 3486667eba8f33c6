"""Print something for each document of a command that takes one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.cli.batch_run import BatchRun
from reader.cli.command_errors import CommandError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import paint_for
from reader.cli.output.table import print_csv, print_json, print_json_array, print_rows
from reader.document import ManyDocumentsError
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.cli.arguments import Options
    from reader.reading import Reading


class NothingToPrintError(CommandError):
    """A document has nothing of what the user asked for. Among many documents, that is no error."""


@dataclass(frozen=True, slots=True)
class _DocumentOutput:
    """What is printed for one of many documents."""

    source: str
    title: str
    digest: str
    items: list[Any]
    """JSON objects, rows or lines."""
    nothing: str = ""
    """Why there is nothing to print, or ""."""


@dataclass(frozen=True, slots=True)
class _OutputOf:
    """Makes the output of a reading. Processes hand it to each other."""

    output: Callable[[Reading], list[Any]]

    def __call__(self, reading: Reading) -> _DocumentOutput:
        document, nothing = reading.document, ""
        try:
            items = self.output(reading)
        except NothingToPrintError as error:
            items, nothing = [], str(error)
        return _DocumentOutput(document.source, document.title, document.digest, items, nothing)


class _Matching:
    """Iterates over the documents of a batch that have something to print."""

    def __init__(self, batch: BatchRun[_DocumentOutput]) -> None:
        self._batch = batch
        self.reason = ""
        """Why nothing was printed, if no document had anything."""

    def __iter__(self) -> Iterator[_DocumentOutput]:
        is_empty, reason = True, ""
        for result in self._batch:
            if result.nothing:
                reason = result.nothing
            else:
                is_empty = False
                yield result
        self.reason = reason if is_empty else ""


def print_documents(
    opener: Opener, options: Options, output: Callable[[Reading], list[Any]], header: Sequence[str], key: str
) -> int:
    """Print one document, or many: with their sources, in order, each as soon as it is ready.

    Args:
        opener: Opens the documents.
        options: The options `sources`, `format` and `processes`.
        output: Returns the JSON objects, CSV rows or lines of a document, depending on the format. Processes hand it
            to each other.
        header: The columns of the CSV rows.
        key: What the JSON object of one of many documents calls its objects.

    Returns:
        The exit code.

    Raises:
        CommandError: Nothing can be printed.
    """
    batch = BatchRun(opener, options.sources, _OutputOf(output), processes=options.processes, prints=True)
    if not batch.many:
        try:
            items = output(opener.reading(options.sources[0]))
        except ManyDocumentsError as error:
            if not error.addresses:
                raise
        else:
            _print_one(items, options.format, header)
            return finish(opener)
    results = _Matching(batch)
    if options.format == "json":
        print_json_array(
            {"source": result.source, "title": result.title, "digest": result.digest, key: result.items}
            for result in results
        )
    elif options.format == "csv":
        print_csv(("source", *header), ((result.source, *row) for result in results for row in result.items))
    else:
        paint = paint_for(options)
        for result in results:
            print_rows((paint.heading(one_line(result.source)), *result.items, ""))
    if results.reason:
        raise CommandError(results.reason)
    return max(finish(opener), min(batch.failed, 1))


def _print_one(items: list[Any], output_format: str, header: Sequence[str]) -> None:
    if output_format == "json":
        print_json(items)
    elif output_format == "csv":
        print_csv(header, items)
    else:
        print_rows(items)
