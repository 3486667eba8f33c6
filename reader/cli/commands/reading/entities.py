"""`reader entities SOURCE…`: list the entities of documents with their aliases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.batch_run import add_sources
from reader.cli.open_readings import Opener
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP, align_columns, share_width
from reader.cli.output.terminal import columns
from reader.cli.print_documents import print_documents
from reader.display.cells import cells
from reader.display.excerpts import sentence_around, sentence_excerpt

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading
    from reader.resolve import Entity
    from reader.review.reasons import Reason

_NARROWEST = 60
"""Width of the table in cells below which columns are cut no further."""
_HEADER = ("id", "name", "label", "mentions", "aliases", "related", "maybe")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_sources(parser)
    parser.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="output format; default: table"
    )
    parser.add_argument(
        "--why", action="store_true", help="explain each merge: the rule, and the sentence that supports it"
    )
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the entities. The table lists the most frequent entities first."""
    with Opener(options) as opener:
        return print_documents(opener, options, partial(_output, options=options), _HEADER, "entities")


def _output(reading: Reading, options: Options) -> list[Any]:
    """Return the objects, rows or lines to print for a document."""
    if options.format == "json":
        return [entity_object(reading, entity) for entity in reading.entities]
    if options.format == "csv":
        return [_as_row(reading, entity) for entity in reading.entities]
    paint = paint_for(options)
    why = _why(reading, paint) if options.why else ()
    return [*_table(reading, paint), *_suggested(reading, paint, why=options.why), *why]


def aliases(reading: Reading, entity: Entity) -> str:
    """Return the aliases of an entity with counts: "IS ×9, ISIS ×2"."""
    forms = reading.forms_of(entity)
    return ", ".join(f"{form} ×{count}" for form, count in forms.items() if form != entity.name)


def by_mentions(reading: Reading) -> list[Entity]:
    """Return the entities, most frequent first."""
    return sorted(reading.entities, key=lambda entity: -len(entity.mentions))


def entity_rows(reading: Reading, paint: Paint, width: int) -> Iterator[str]:
    """Yield the table of entities, at most `width` cells wide; 0 means no limit."""
    entities = by_mentions(reading)
    rows = [("NAME", "LABEL", "MENTIONS", "ALSO", "RELATED")]
    for entity in entities:
        related = ", ".join(related_entity.name for related_entity in reading.resolution.related_to(entity))
        rows.append((entity.name, entity.label, str(len(entity.mentions)), aliases(reading, entity), related))
    table = align_columns(rows, right=(2,), widest=_column_widths(rows, width) if width else ())
    yield paint.faint(COLUMN_GAP.join(table[0]))
    for entity, (name, label, count, also, related) in zip(entities, table[1:], strict=True):
        colored = paint.mention(name.rstrip(), entity.label) + " " * (len(name) - len(name.rstrip()))
        yield f"{colored}  {paint.faint(label)}  {count}  {also}  {paint.faint(related)}"


def _column_widths(rows: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    """Return the maximum width of each column. Labels and counts are never cut; the others share the remainder."""
    names, labels, counts, also, related = (max(map(cells, column)) for column in zip(*rows, strict=True))
    remaining = max(width, _NARROWEST) - labels - counts - 4 * len(COLUMN_GAP)
    names, also, related = share_width((names, also, related), remaining)
    return names, labels, counts, also, related


def _table(reading: Reading, paint: Paint) -> Iterator[str]:
    if not reading.entities:
        yield "no names found"
        return
    yield from entity_rows(reading, paint, columns() or 0)


def _suggested(reading: Reading, paint: Paint, *, why: bool) -> Iterator[str]:
    by_id = reading.resolution.by_id
    if reading.suggestions:
        yield ""
        yield paint.faint("possibly the same:")
    for suggestion in reading.suggestions:
        a, b = by_id[suggestion.a].name, by_id[suggestion.b].name
        yield f"  {a}  ?=  {b}  {paint.faint(f'{suggestion.rule.explanation}, {suggestion.score:.2f}')}"
        if why:
            yield _evidence(reading, suggestion.at, paint)


def _why(reading: Reading, paint: Paint) -> Iterator[str]:
    for entity in by_mentions(reading):
        if entity.links:
            yield ""
            yield paint.mention(entity.name, entity.label)
        for link in entity.links:
            yield f"  {link.a} = {link.b}  {paint.faint(f'{link.rule.explanation}, {link.score:.2f}')}"
            yield _evidence(reading, link.at, paint)


def _evidence(reading: Reading, offset: int, paint: Paint) -> str:
    width = max(columns() or 100, 40) - 6
    return "      " + paint.faint(sentence_around(reading.document, offset, width))


def entity_object(reading: Reading, entity: Entity) -> dict[str, Any]:
    """Return the JSON object of an entity for `reader entities --format json`."""
    from reader.review.reasons import reason_of_link, reason_of_suggestion

    return {
        "id": entity.id,
        "name": entity.name,
        "label": entity.label,
        "mentions": len(entity.mentions),
        "names": [{"name": form, "mentions": count} for form, count in reading.forms_of(entity).items()],
        "links": [_reason_object(reading, reason_of_link(link)) for link in entity.links],
        "related": list(entity.related),
        "maybe": [
            {"entity": candidate.id, **_reason_object(reading, reason_of_suggestion(suggestion))}
            for candidate, suggestion in reading.resolution.suggested_for(entity)
        ],
    }


def _reason_object(reading: Reading, reason: Reason) -> dict[str, Any]:
    """Return the JSON object of a reason, with the sentence that supports it."""
    sentence = sentence_excerpt(reading.document, reason.at)
    return {
        "a": reason.a, "b": reason.b, "rule": reason.rule, "score": reason.score, "at": reason.at, "sentence": sentence,
    }  # fmt: skip


def _as_row(reading: Reading, entity: Entity) -> tuple[object, ...]:
    forms = reading.forms_of(entity)
    also = "; ".join(f"{form} ({count})" for form, count in forms.items() if form != entity.name)
    maybe = "; ".join(candidate.id for candidate, _ in reading.resolution.suggested_for(entity))
    return (
        entity.id, entity.name, entity.label, len(entity.mentions), also, "; ".join(entity.related), maybe,
    )  # fmt: skip
