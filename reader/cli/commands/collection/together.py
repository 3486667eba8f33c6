"""`reader together A B`: show where two entities of a collection appear together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import add_collection, add_limit, add_output_format, opened_collection
from reader.cli.commands.collection.profile_list import profile_object
from reader.cli.output.namesake_note import print_namesake_note
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.passages import one_line_passage
from reader.cli.output.table import print_csv, print_json, print_rows
from reader.display.counted import counted
from reader.document import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.collection import Together

_HEADER = ("section", "date", "text", "source", "mentions")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("a", metavar="A", help="a name of the first entity, or its key")
    parser.add_argument("b", metavar="B", help="a name of the second entity, or its key")
    add_limit(parser, 20, "sentences and documents")
    add_output_format(parser)
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the sentences and the documents that mention both."""
    with opened_collection(options) as collection:
        together = collection.together(options.a, options.b, limit=options.limit)
        for name in (options.a, options.b):
            print_namesake_note(collection, name)
    if options.format == "json":
        profiles = {"a": profile_object(together.a), "b": profile_object(together.b)}
        print_json(asdict(together) | profiles)
    elif options.format == "csv":
        rows = [
            *(("sentence", entry.day, entry.sentence, entry.source, "") for entry in together.sentences),
            *(
                ("document", document.date, document.title, document.source, document.mentions)
                for document in together.documents
            ),
        ]
        print_csv(_HEADER, rows)
    else:
        print_rows(_text_rows(together, paint_for(options)))
    return 0


def _text_rows(together: Together, paint: Paint) -> Iterator[str]:
    a, b = (paint.mention(one_line(profile.name), profile.label) for profile in (together.a, together.b))
    yield f"{a} and {b}"
    if not together.documents:
        yield "no document mentions both"
        return
    for entry in together.sentences:
        yield f"  {entry.day:10}  {one_line_passage(entry.sentence)}  {paint.faint(one_line(entry.source))}"
    if not together.sentences:
        yield "  never in one sentence"
    yield ""
    yield paint.heading("Documents")
    for document in together.documents:
        mentions = counted(document.mentions, "mention")
        yield f"  {one_line(document.title)}  {mentions}  {paint.faint(one_line(document.source))}"
