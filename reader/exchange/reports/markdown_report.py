"""A Markdown report: a table of the entities of each document, then every mention in its sentence, and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from reader.display.excerpts import sentence_excerpt
from reader.exchange.annotated_document import annotated_documents
from reader.exchange.reports.markdown_escapes import escape_line, escape_markdown

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument, Exportable


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write the report, one chapter per reading. See `ExportFormat.write`."""
    for number, document in enumerate(annotated_documents(readings, decided=decided)):
        lines = [*([""] if number else []), *_lines(document)]
        out.write("".join(f"{line}\n" for line in lines).encode())
        out.flush()


def _lines(document: AnnotatedDocument) -> Iterator[str]:
    source = document.document
    yield f"# {escape_line(source.title)}"
    yield ""
    for fact, value in (("Author", source.author), ("Date", source.date), ("Source", source.source)):
        if value:
            yield f"- {fact}: {escape_line(value)}"
    yield f"- Text: {source.digest}"
    machine = sum(not mention.decided for mention in document.mentions)
    reviewed = f"{len(document.mentions) - machine} reviewed, {machine} found by {document.model_name or 'a machine'}"
    yield f"- Mentions: {len(document.mentions)} ({escape_line(reviewed)})"
    yield ""
    if document.note:
        yield from _quoted(document.note)
        yield ""
    mentions = document.mentions_by_entity()
    entities = sorted(document.entities, key=lambda entity: -len(mentions[entity.id]))
    yield "## Entities"
    yield ""
    yield "| Entity | Label | Also | Mentions |"
    yield "| --- | --- | --- | ---: |"
    for entity in entities:
        aliases = ", ".join(name for name in entity.names if name != entity.name)
        cells = (entity.name, entity.label, aliases, str(len(mentions[entity.id])))
        yield f"| {' | '.join(map(escape_line, cells))} |"
    for entity in entities:
        yield ""
        yield f"## {escape_line(entity.name)}"
        yield ""
        for note in entity.notes:
            yield from _quoted(note)
            yield ""
        for mention in mentions[entity.id]:
            sentence = escape_line(sentence_excerpt(source, mention.start))
            mark = "" if mention.decided else " (not reviewed)"
            yield f"- **{escape_line(document.quote(mention))}**{mark}: {sentence}"
            if mention.note:
                yield from (f"  {line}" for line in _quoted(mention.note))


def _quoted(note: str) -> Iterator[str]:
    for line in note.split("\n"):
        yield f"> {escape_markdown(line)}".rstrip()
