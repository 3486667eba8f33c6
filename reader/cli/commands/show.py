"""`reader show SOURCE`: the article with its highlights, for pipes and pagers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.arguments import add_look, add_source
from reader.cli.open_readings import Opener, finish
from reader.cli.output.pager import page
from reader.cli.output.paint import Paint, paint_for_text
from reader.cli.output.printed_article import article_rows
from reader.cli.output.table import put
from reader.cli.output.terminal import DEFAULT_COLUMNS, columns, is_terminal, lines

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading

MEASURE = 80
"""Cells of a row of text, where there is room."""
_MARGIN = 2
_NARROW = 60
_MIN_WIDTH = 20

_EPILOG = """\
In color, also into a pipe, so that `reader show SOURCE | less -R` looks as the
app does. With NO_COLOR, on a dumb terminal or with --color never, each name is
marked as [Islamic State ORG] instead and no escape sequence is printed.

When recognition fails, the text is printed without highlights, the reason on
standard error, and the exit code is 1.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    add_source(parser)
    add_look(parser)
    parser.add_argument(
        "--width", type=_width, metavar="CELLS", help=f"most cells of a row of text; default: {MEASURE}"
    )
    parser.add_argument("--entities", action="store_true", help="list the entities with their aliases below the text")
    parser.add_argument("--no-pager", dest="pager", action="store_false", help="never start a pager")


def run(options: Options) -> int:
    """Print the article; through the pager where it is longer than the screen."""
    with Opener(options) as opener:
        reading, faults = opener.readable(options.source)
        rows = _rows(reading, options, paint_for_text(options))
        screen = lines() if options.pager and is_terminal() else None
        listed = list(rows) if screen else []
        if screen and len(listed) >= screen:
            page(listed)
        else:
            put(listed or rows)
        return finish(opener, faults)


def _rows(reading: Reading, options: Options, paint: Paint) -> Iterator[str]:
    total = columns()
    room = DEFAULT_COLUMNS if total is None else total
    if total is not None and room >= _NARROW:
        room -= 2 * _MARGIN
    width = options.width or max(min(MEASURE, room), _MIN_WIDTH)
    margin = " " * max(((total or 0) - width) // 2, 0)
    for row in article_rows(reading, width, paint):
        yield margin + row if row else row
    if options.entities and reading.entities:
        from reader.cli.commands.entities import entity_rows

        yield ""
        for row in entity_rows(reading, paint, width):
            yield margin + row


def _width(value: str) -> int:
    from argparse import ArgumentTypeError

    width = int(value)
    if width < _MIN_WIDTH:
        raise ArgumentTypeError(f"at least {_MIN_WIDTH} cells")
    return width
