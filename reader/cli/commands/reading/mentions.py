"""`reader mentions SOURCE…`: list every mention of documents in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.batch_run import add_sources
from reader.cli.open_readings import Opener
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP
from reader.cli.output.terminal import columns
from reader.cli.print_documents import NothingToPrintError, print_documents
from reader.display.cells import cells, displayed
from reader.display.excerpts import mention_context

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading
    from reader.recognize import Mention

_CONTEXT = 60
"""Maximum context on each side of a name, in cells."""
_LEAST_CONTEXT = 16
"""Minimum context on each side of a name, in cells, however narrow the terminal."""
_HEADER = ("start", "end", "text", "label", "entity", "origin", "before", "after")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_sources(parser)
    parser.add_argument(
        "--entity", metavar="NAME", help="list only the mentions of this entity, given by any of its names"
    )
    parser.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="output format; default: table"
    )
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the mentions in order, with offsets in code points, end exclusive."""
    with Opener(options) as opener:
        return print_documents(opener, options, partial(_output, options=options), _HEADER, "mentions")


def _output(reading: Reading, options: Options) -> list[Any]:
    """Return the objects, rows or lines to print for a document.

    Raises:
        NothingToPrintError: The document has no entity of the name that the user asked for.
    """
    mentions: Sequence[Mention] = reading.mentions
    if options.entity is not None:
        mentions = _mentions_of(reading, options.entity)
    if options.format == "table":
        return list(_table(reading, mentions, paint_for(options)))
    rows = [_as_row(reading, mention) for mention in mentions]
    return rows if options.format == "csv" else [dict(zip(_HEADER, row, strict=True)) for row in rows]


def _mentions_of(reading: Reading, name: str) -> Sequence[Mention]:
    entity = reading.entity_named(name)
    if entity is not None:
        return entity.mentions
    from difflib import get_close_matches

    aliases = [alias for candidate in reading.entities for alias in candidate.names]
    matches = get_close_matches(name, aliases, n=3, cutoff=0.5)
    hint = f"; similar: {', '.join(matches)}" if matches else ""
    raise NothingToPrintError(f"no entity is named {name}{hint}")


def _table(reading: Reading, mentions: Sequence[Mention], paint: Paint) -> Iterator[str]:
    """Yield the offset, label and context of each mention, with the names aligned, and in brackets without color."""
    if not mentions:
        yield "no names found"
        return
    document = reading.document
    offset_width = len(str(mentions[-1].start))
    label_width = max(len(mention.label) for mention in mentions)
    name_width = max(cells(displayed(document.text[mention.start : mention.end])) for mention in mentions)
    total = columns()
    free = total - offset_width - label_width - name_width - 2 * len(COLUMN_GAP) - len("[]") if total else 2 * _CONTEXT
    side = min(max(free // 2, _LEAST_CONTEXT), _CONTEXT)
    for mention in mentions:
        before, name, after = mention_context(document, mention, side, side)
        painted = paint.mention(name, mention.label) if paint.depth else f"[{name}]"
        columns_before = f"{mention.start:>{offset_width}}{COLUMN_GAP}{mention.label:{label_width}}{COLUMN_GAP}"
        yield paint.faint(columns_before) + " " * (side - cells(before)) + before + painted + after


def _as_row(reading: Reading, mention: Mention) -> tuple[object, ...]:
    before, _, after = mention_context(reading.document, mention, _CONTEXT, _CONTEXT)
    entity = reading.entity_of(mention)
    name = reading.document.text[mention.start : mention.end]
    entity_id = entity.id if entity else ""
    return (mention.start, mention.end, name, mention.label, entity_id, mention.origin, before, after)
