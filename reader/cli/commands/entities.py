"""`reader entities SOURCE`: who and what an article is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_look, add_source
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import GAP, align, put, put_csv, put_json, shared_out
from reader.cli.output.terminal import columns
from reader.display.cells import cells, fit
from reader.display.excerpts import sentence_excerpt

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.reading import Reading
    from reader.resolve import Entity, Link

_FEWEST_COLUMNS = 60
_HEADER = ("id", "name", "label", "mentions", "aliases", "related", "maybe")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    add_source(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="default: table")
    parser.add_argument("--why", action="store_true", help="say for each alias by which rule it was merged, and where")
    add_look(parser)


def run(options: Options) -> int:
    """Print the entities; in the table, those mentioned most often first."""
    with Opener(options) as opener:
        reading = opener.reading(options.source)
        _print(reading, options)
        return finish(opener)


def _print(reading: Reading, options: Options) -> None:
    if options.format == "json":
        put_json([entity_object(reading, entity) for entity in reading.entities])
    elif options.format == "csv":
        put_csv(_HEADER, (_as_row(reading, entity) for entity in reading.entities))
    else:
        paint = paint_for_table(options)
        put(_table(reading, paint))
        put(_suggested(reading, paint))
        if options.why:
            put(_why(reading, paint))


def aliases(reading: Reading, entity: Entity) -> str:
    """Return what else an entity is called, with counts: "IS ×9, ISIS ×2"."""
    forms = reading.forms_of(entity)
    return ", ".join(f"{form} ×{number}" for form, number in forms.items() if form != entity.name)


def by_mentions(reading: Reading) -> list[Entity]:
    """Return the entities, those mentioned most often first."""
    return sorted(reading.entities, key=lambda entity: -len(entity.mentions))


def entity_rows(reading: Reading, paint: Paint, most: int) -> Iterator[str]:
    """Yield the table of entities, at most `most` cells wide; 0 is as wide as it takes."""
    by_id = reading.resolution.by_id
    entities = by_mentions(reading)
    rows = [("NAME", "LABEL", "MENTIONS", "ALSO", "RELATED")]
    for entity in entities:
        related = ", ".join(by_id[other].name for other in entity.related if other in by_id)
        rows.append((entity.name, entity.label, str(len(entity.mentions)), aliases(reading, entity), related))
    table = align(rows, right=(2,), most=_limits(rows, most) if most else ())
    yield paint.faint(GAP.join(table[0]))
    for entity, (name, label, count, also, related) in zip(entities, table[1:], strict=True):
        colored = paint.mention(name.rstrip(), entity.label) + " " * (len(name) - len(name.rstrip()))
        yield f"{colored}  {paint.faint(label)}  {count}  {also}  {paint.faint(related)}"


def _limits(rows: Sequence[Sequence[str]], most: int) -> tuple[int, ...]:
    """Return the most cells of each column: label and number whole, the rest shared out among the others."""
    names, labels, counts, also, related = (max(map(cells, column)) for column in zip(*rows, strict=True))
    room = max(most, _FEWEST_COLUMNS) - labels - counts - 4 * len(GAP)
    name, alias, other = shared_out((names, also, related), room)
    return name, labels, counts, alias, other


def _table(reading: Reading, paint: Paint) -> Iterator[str]:
    if not reading.entities:
        yield "no names found"
        return
    yield from entity_rows(reading, paint, columns() or 0)


def _suggested(reading: Reading, paint: Paint) -> Iterator[str]:
    by_id = reading.resolution.by_id
    if reading.suggestions:
        yield ""
        yield paint.faint("maybe the same:")
    for suggestion in reading.suggestions:
        a, b = by_id[suggestion.a].name, by_id[suggestion.b].name
        yield f"  {a}  ?=  {b}  {paint.faint(f'{rule_words(suggestion.rule)}, {suggestion.score:.2f}')}"


def _why(reading: Reading, paint: Paint) -> Iterator[str]:
    for entity in by_mentions(reading):
        if entity.links:
            yield ""
            yield paint.mention(entity.name, entity.label)
        for link in entity.links:
            yield f"  {link.a} = {link.b}  {paint.faint(f'{rule_words(link.rule)}, {link.score:.2f}')}"
            yield from _evidence(reading, link, paint)


def _evidence(reading: Reading, link: Link, paint: Paint) -> Iterator[str]:
    if link.at is not None:
        width = max(columns() or 100, 40) - 6
        yield "      " + paint.faint(fit(sentence_excerpt(reading.document, link.at), width))


def rule_words(rule: str) -> str:
    """Return what a rule of merging says, in words."""
    from reader.resolve import RULES

    return RULES.get(rule, rule)


def entity_object(reading: Reading, entity: Entity) -> dict[str, Any]:
    """Return what `reader entities --format json` prints of an entity."""
    return {
        "id": entity.id,
        "name": entity.name,
        "label": entity.label,
        "mentions": len(entity.mentions),
        "names": [{"name": form, "mentions": number} for form, number in reading.forms_of(entity).items()],
        "links": [link_object(reading, link) for link in entity.links],
        "related": list(entity.related),
        "maybe": [
            {"entity": other, "rule": suggestion.rule, "score": suggestion.score}
            for other, suggestion in _offers(reading, entity)
        ],
    }


def link_object(reading: Reading, link: Link) -> dict[str, Any]:
    """Return a link with the sentence that it rests on."""
    sentence = "" if link.at is None else sentence_excerpt(reading.document, link.at)
    return {
        "a": link.a, "b": link.b, "rule": link.rule, "score": link.score, "at": link.at, "sentence": sentence,
    }  # fmt: skip


def _offers(reading: Reading, entity: Entity) -> Iterator[tuple[str, Any]]:
    for suggestion in reading.suggestions:
        if entity.id in (suggestion.a, suggestion.b):
            yield (suggestion.b if suggestion.a == entity.id else suggestion.a), suggestion


def _as_row(reading: Reading, entity: Entity) -> tuple[object, ...]:
    forms = reading.forms_of(entity)
    also = "; ".join(f"{form} ({number})" for form, number in forms.items() if form != entity.name)
    maybe = "; ".join(other for other, _ in _offers(reading, entity))
    return (
        entity.id, entity.name, entity.label, len(entity.mentions), also, "; ".join(entity.related), maybe,
    )  # fmt: skip
