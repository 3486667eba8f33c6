"""`reader toc SOURCE`: print the headings of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.cli.arguments import add_color_options, add_source
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import paint_for
from reader.cli.output.table import COLUMN_GAP, print_json, print_rows
from reader.display.cells import displayed
from reader.document import BlockKind

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.document import Block, Document


_EPILOG: Final = """\
The first column is the offset of the heading, in code points. To go there in the app,
press : and type @ and the offset.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the headings with their offsets in code points, indented by level."""
    with Opener(options) as opener:
        document = opener.document(options.source)
        headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
        if options.format == "json":
            print_json([_as_object(document, heading) for heading in headings])
            return finish(opener)
        paint = paint_for(options)
        width = len(str(headings[-1].start)) if headings else 0
        top = min((heading.level for heading in headings), default=0)
        print_rows(
            paint.faint(f"{heading.start:>{width}}")
            + COLUMN_GAP
            + "  " * (heading.level - top)
            + displayed(document.text[heading.start : heading.end])
            for heading in headings
        )
        if not headings:
            print_rows(["no headings found"])
        return finish(opener)


def _as_object(document: Document, heading: Block) -> dict[str, object]:
    text = " ".join(document.text[heading.start : heading.end].split())
    return {"level": heading.level, "start": heading.start, "end": heading.end, "text": text, "page": heading.page}
