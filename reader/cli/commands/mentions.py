"""`reader mentions SOURCE`: every mention in its context, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.cli.arguments import add_look, add_source
from reader.cli.errors_as_lines import FaultError
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import GAP, put, put_csv, put_json
from reader.cli.output.terminal import columns
from reader.display.cells import cells, displayed
from reader.display.excerpts import around

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading
    from reader.recognize import Mention

_CONTEXT = 60
"""Cells of context on either side where nothing limits the width."""
_FEWEST = 16
_HEADER = ("start", "end", "text", "label", "entity", "origin", "before", "after")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_source(parser)
    parser.add_argument("--entity", metavar="NAME", help="only of this entity, by any of its names")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="default: table")
    add_look(parser)


def run(options: Options) -> int:
    """Print the mentions in order of place; offsets are code points, the end exclusive."""
    with Opener(options) as opener:
        reading = opener.reading(options.source)
        _print(reading, options)
        return finish(opener)


def _print(reading: Reading, options: Options) -> None:
    mentions: Sequence[Mention] = reading.mentions
    if options.entity is not None:
        mentions = _mentions_of(reading, options.entity)
    if options.format == "table":
        put(_table(reading, mentions, paint_for_table(options)))
        return
    rows = [_as_row(reading, mention) for mention in mentions]
    if options.format == "json":
        put_json([dict(zip(_HEADER, row, strict=True)) for row in rows])
    else:
        put_csv(_HEADER, rows)


def _mentions_of(reading: Reading, name: str) -> Sequence[Mention]:
    entity = reading.entity_named(name)
    if entity is not None:
        return entity.mentions
    from difflib import get_close_matches

    names = [known for other in reading.entities for known in other.names]
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise FaultError(f"no entity is called {name}{hint}")


def _table(reading: Reading, mentions: Sequence[Mention], paint: Paint) -> Iterator[str]:
    """Yield place, label and the words around, the names below each other; in brackets where there is no color."""
    if not mentions:
        yield "no names found"
        return
    document = reading.document
    places = len(str(mentions[-1].start))
    labels = max(len(mention.label) for mention in mentions)
    names = max(cells(displayed(document.text[mention.start : mention.end])) for mention in mentions)
    total = columns()
    free = total - places - labels - names - 2 * len(GAP) - len("[]") if total else 2 * _CONTEXT
    side = min(max(free // 2, _FEWEST), _CONTEXT)
    for mention in mentions:
        before, name, after = around(document, mention, side)
        shown = paint.mention(name, mention.label) if paint.depth else f"[{name}]"
        lead = f"{mention.start:>{places}}{GAP}{mention.label:{labels}}{GAP}"
        yield paint.faint(lead) + " " * (side - cells(before)) + before + shown + after


def _as_row(reading: Reading, mention: Mention) -> tuple[object, ...]:
    before, _, after = around(reading.document, mention, _CONTEXT)
    entity = reading.entity_of(mention)
    name = reading.document.text[mention.start : mention.end]
    known = entity.id if entity else ""
    return (mention.start, mention.end, name, mention.label, known, mention.origin, before, after)
