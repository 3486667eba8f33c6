"""`reader show SOURCE…`: print documents with their names highlighted, for pipes and pagers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.batch_run import SOURCES_HELP
from reader.cli.command_errors import print_error
from reader.cli.open_readings import Opener, finish
from reader.cli.output.pager import show_in_pager
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.printed_document import document_rows
from reader.cli.output.table import print_rows
from reader.cli.output.terminal import DEFAULT_COLUMNS, columns, is_terminal, lines
from reader.collection.batches.run_batch import MAX_NESTED

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading

MEASURE = 80
"""Preferred width of the text, in cells."""
_MARGIN = 2
_NARROW = 60
_MIN_WIDTH = 20

_EPILOG = """\
Prints in color on a terminal. Into a pipe or a file, with NO_COLOR, on a dumb
terminal, or with --color never, names are marked as [Islamic State ORG] instead, and
no escape sequences are printed. `reader show --color always SOURCE | less -R` looks
like the app; so does `reader show SOURCE`, which opens a pager by itself.

If recognition fails, the text is printed without highlights, the reason is printed
on standard error, and the exit code is 1.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help=SOURCES_HELP)
    add_color_options(parser)
    parser.add_argument("--width", type=_width, metavar="CELLS", help=f"maximum width of the text; default: {MEASURE}")
    parser.add_argument("--entities", action="store_true", help="list the entities below the text")
    parser.add_argument("--no-pager", dest="pager", action="store_false", help="do not use a pager")


def run(options: Options) -> int:
    """Print one document, through the pager if it is longer than the screen, or many, one after the other."""
    from reader.collection.batches.source_paths import SourcePaths
    from reader.document import ManyDocumentsError

    paths = SourcePaths(options.sources)
    with Opener(options) as opener:
        paint = paint_for(options)
        if not paths.many:
            try:
                reading, errors = opener.partial_reading(options.sources[0])
            except ManyDocumentsError as error:
                if not error.addresses:
                    raise
            else:
                _print_one(_rows(reading, options, paint), options)
                return finish(opener, errors)
        failed = False
        for source in paths:
            failed |= _print_each(opener, source, options, paint)
        return max(finish(opener), int(failed))


def _print_each(opener: Opener, source: str, options: Options, paint: Paint, depth: int = 0) -> bool:
    """Print a document, or each in a file of many. Report what cannot be read; return whether there was any."""
    from reader.document import DocumentError, ManyDocumentsError

    try:
        reading, errors = opener.partial_reading(source)
    except ManyDocumentsError as error:
        if error.addresses and depth < MAX_NESTED:
            failures = [_print_each(opener, address, options, paint, depth + 1) for address in error.addresses]
            return any(failures)
        print_error(str(error))
        return True
    except DocumentError as error:
        print_error(str(error))
        return True
    print_rows((*_rows(reading, options, paint), ""))
    for line in errors:
        print_error(line)
    return bool(errors)


def _print_one(rows: Iterator[str], options: Options) -> None:
    screen = lines() if options.pager and is_terminal() else None
    collected = list(rows) if screen else []
    if screen and len(collected) >= screen:
        show_in_pager(collected)
    else:
        print_rows(collected or rows)


def _rows(reading: Reading, options: Options, paint: Paint) -> Iterator[str]:
    terminal_width = columns()
    available = DEFAULT_COLUMNS if terminal_width is None else terminal_width
    if terminal_width is not None and available >= _NARROW:
        available -= 2 * _MARGIN
    width = options.width or max(min(MEASURE, available), _MIN_WIDTH)
    margin = " " * max(((terminal_width or 0) - width) // 2, 0)
    for row in document_rows(reading, width, paint):
        yield margin + row if row else row
    if options.entities and reading.entities:
        from reader.cli.commands.reading.entities import entity_rows

        yield ""
        for row in entity_rows(reading, paint, width):
            yield margin + row


def _width(value: str) -> int:
    from argparse import ArgumentTypeError

    try:
        width = int(value)
    except ValueError:
        width = 0
    if width < _MIN_WIDTH:
        raise ArgumentTypeError(f"must be a number of cells, at least {_MIN_WIDTH}")
    return width
