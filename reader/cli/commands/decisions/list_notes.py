"""`reader notes SOURCE...`: print the notes and tags of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener, finish
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import print_csv, print_json, print_rows
from reader.display.excerpts import sentence_excerpt
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.annotate.effects.notes import Note, Notes
    from reader.cli.arguments import Options
    from reader.document import Document
    from reader.resolve import Name

_HEADER = ("source", "about", "start", "end", "text", "tags", "note", "time", "author")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a file, a URL, or - for standard input")
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="output format; default: text"
    )
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the notes and tags of each document; report those that cannot be read on stderr."""
    from reader.document import DocumentError

    with Opener(options) as opener:
        paint = paint_for(options)
        objects: list[dict[str, Any]] = []
        failed = False
        for source in options.sources:
            try:
                document = opener.document(source)
            except DocumentError as error:
                print_error(str(error))
                failed = True
                continue
            notes = _notes(opener, document)
            if options.format == "text":
                print_rows(_rows(document, notes, paint))
            else:
                objects += _objects(document, notes)
        if options.format == "json":
            print_json(objects)
        elif options.format == "csv":
            print_csv(_HEADER, [[_cell(value[name]) for name in _HEADER] for value in objects])
        return max(finish(opener), int(failed))


def _notes(opener: Opener, document: Document) -> Notes:
    from reader.annotate.effects.notes import collect_notes

    history = opener.store.history(document)
    if not opener.store.readable:
        raise CommandError(opener.store.problem)
    return collect_notes(history.steps)


def _rows(document: Document, notes: Notes, paint: Paint) -> Iterator[str]:
    """Yield a heading, and for each note what it is about, its text and its tags."""
    objects = _objects(document, notes)
    if not objects:
        yield f"{one_line(document.source)}: no notes"
        return
    yield paint.heading(one_line(document.title or document.source))
    for value in objects:
        tags = "".join(f" #{tag}" for tag in value["tags"])
        yield ""
        yield f"{paint.accent(one_line(value['text']) or 'the document')}{paint.faint(tags)}"
        for line in value["note"].splitlines():
            yield f"  {line}"
        if value["start"] is not None:
            yield paint.faint(f"  in “{sentence_excerpt(document, value['start'])}”")


def _objects(document: Document, notes: Notes) -> list[dict[str, Any]]:
    """Return the notes on the document, on entities and on spans, with their tags; then tags without a note."""
    by_span = {note.span: note for note in notes.notes if note.span}
    objects = [
        _object(document, note, "document", "", notes.document_tags)
        for note in notes.notes
        if not note.span and not note.names
    ]
    if notes.document_tags and not objects:
        objects.append(_object(document, None, "document", "", notes.document_tags))
    noted_names: set[Name] = set()
    for note in notes.notes:
        if note.names:
            noted_names.update(note.names)
            objects.append(_object(document, note, "entity", note.names[0].text, notes.tags_of(note.names)))
    for name, tags in notes.name_tags.items():
        if name not in noted_names and tags:
            objects.append(_object(document, None, "entity", name.text, tags))
    for start, end in notes.spans:
        tags = notes.span_tags.get((start, end), ())
        value = _object(document, by_span.get((start, end)), "mention", document.text[start:end], tags)
        objects.append(value | {"start": start, "end": end})
    return objects


def _object(document: Document, note: Note | None, about: str, text: str, tags: tuple[str, ...]) -> dict[str, Any]:
    return {
        "source": document.source,
        "about": about,
        "start": None,
        "end": None,
        "text": " ".join(text.split()),
        "tags": list(tags),
        "note": note.text if note else "",
        "time": note.time if note else "",
        "author": note.author if note else "",
    }


def _cell(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
