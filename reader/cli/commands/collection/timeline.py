"""`reader timeline NAME`: list the dated sentences about one entity of a collection."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import add_collection, add_days, add_limit, add_output_format, opened_collection
from reader.cli.output.namesake_note import print_namesake_note
from reader.cli.output.paint import paint_for
from reader.cli.output.passages import one_line_passage
from reader.cli.output.table import print_csv, print_json, print_rows
from reader.document import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_HEADER = ("day", "sentence", "source", "title", "start", "bound")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("name", metavar="NAME", help="a name of the entity, or its key")
    add_days(parser, "dates")
    add_limit(parser, 200, "sentences")
    add_output_format(parser)
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the sentences that mention the entity and state a date, in the order of the dates."""
    with opened_collection(options) as collection:
        entries = collection.timeline(options.name, since=options.since, until=options.until, limit=options.limit)
        print_namesake_note(collection, options.name)
    if options.format == "json":
        print_json([asdict(entry) for entry in entries])
    elif options.format == "csv":
        print_csv(_HEADER, ([asdict(entry)[key] for key in _HEADER] for entry in entries))
    else:
        paint = paint_for(options)
        width = max((len(entry.bounded_day) for entry in entries), default=0)
        print_rows(
            f"{paint.heading(entry.bounded_day.ljust(max(width, 10)))}  {one_line_passage(entry.sentence)}  "
            + paint.faint(one_line(entry.source))
            for entry in entries
        )
        if not entries:
            print_rows(["no dated sentences"])
    return 0
