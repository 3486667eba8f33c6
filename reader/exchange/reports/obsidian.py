"""An Obsidian vault: one note per document and per entity.

Names in a document's note are wiki links to the note of their entity. The note of an entity has its aliases in the
front matter and quotes every mention with a link to its paragraph. Entities of several documents share a note if they
have the same canonical name and label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Final

from reader.display.excerpts import sentence_excerpt
from reader.document.blocks import BlockKind
from reader.exchange.annotated_document import annotated_documents
from reader.exchange.atomic_files import atomic_writer
from reader.exchange.file_names import FileNames
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.reports.markdown_escapes import escape_line, escape_markdown
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from reader.document import Block
    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention, Exportable


_FORBIDDEN_IN_LINKS: Final = frozenset("[]|")


@dataclass(slots=True)
class _EntityNote:
    """The note of an entity while the documents are written."""

    file_name: str
    name: str
    label: str
    aliases: dict[str, None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mention_lines: list[str] = field(default_factory=list)


def write(readings: Iterable[Exportable], folder: Path, *, decided: bool = False) -> None:
    """Write the notes of documents as they come, then those of entities. See `ExportFormat.write_folder`."""
    names = FileNames()
    notes: dict[tuple[str, str], _EntityNote] = {}
    for document in annotated_documents(readings, decided=decided):
        owners = {}
        for entity in document.entities:
            key = (entity.name, entity.label)
            if key not in notes:
                notes[key] = _EntityNote(names.unique(entity.name), entity.name, entity.label)
            note = owners[entity.id] = notes[key]
            note.aliases |= dict.fromkeys(name for name in entity.names if name != entity.name)
            note.tags |= dict.fromkeys(entity.tags)
            note.notes += entity.notes
        file_name = names.unique(document.document.title)
        _write_note(folder / f"{file_name}.md", _document_lines(document, owners, file_name))
    for note in notes.values():
        _write_note(folder / f"{note.file_name}.md", _entity_lines(note))


def _document_lines(document: AnnotatedDocument, owners: dict[str, _EntityNote], file_name: str) -> Iterator[str]:
    source = document.document
    yield from _front_matter({"title": source.title, "source": source.source, "date": source.date}, document.tags)
    if document.note:
        yield from (f"> {escape_markdown(line)}".rstrip() for line in document.note.split("\n"))
        yield ""
    mentions, number = flat_mentions(document.mentions), 0
    for paragraph, block in enumerate(source.blocks, 1):
        first = number
        while number < len(mentions) and mentions[number].start < block.end:
            number += 1
        inside = mentions[first:number]
        yield f"{_prefix(block)}{_linked(document, block, inside, owners)} ^p{paragraph}"
        yield ""
        for mention in inside:
            if owner := owners.get(mention.entity):
                sentence = escape_line(sentence_excerpt(source, mention.start))
                mark = "" if mention.decided else " (not reviewed)"
                owner.mention_lines.append(f"- {sentence}{mark} [[{file_name}#^p{paragraph}]]")
                owner.mention_lines += [f"    - {escape_line(mention.note)}"] if mention.note else []


def _prefix(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * min(max(block.level, 1), 6)} "
        case BlockKind.LIST_ITEM:
            return f"{'    ' * (block.level - 1)}- "
        case BlockKind.QUOTE:
            return "> "
        case _:
            return ""


def _linked(
    document: AnnotatedDocument, block: Block, mentions: list[AnnotatedMention], owners: dict[str, _EntityNote]
) -> str:
    pieces, offset = [], block.start
    for mention in mentions:
        owner = owners.get(mention.entity)
        quote = " ".join(document.quote(mention).split())
        if owner is None or mention.end > block.end or not _FORBIDDEN_IN_LINKS.isdisjoint(quote):
            continue
        pieces.append(_escaped(document.text[offset : mention.start]))
        pieces.append(f"[[{owner.file_name}|{quote}]]" if quote != owner.file_name else f"[[{owner.file_name}]]")
        offset = mention.end
    pieces.append(_escaped(document.text[offset : block.end]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    """Return part of a line that Markdown shows as it is; spaces at its ends stay."""
    return escape_markdown(text.replace("\n", " "))


def _entity_lines(note: _EntityNote) -> Iterator[str]:
    yield from _front_matter({"aliases": list(note.aliases), "label": note.label}, note.tags)
    for text in note.notes:
        yield from (f"> {escape_markdown(line)}".rstrip() for line in text.split("\n"))
        yield ""
    yield "## Mentions"
    yield ""
    yield from note.mention_lines


def _front_matter(values: dict[str, str | list[str]], tags: Iterable[str]) -> Iterator[str]:
    """Yield YAML front matter. JSON strings are valid YAML, whatever they contain."""
    yield "---"
    yield from (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value)
    if tag_list := [tag.replace(" ", "-") for tag in tags]:
        yield f"tags: {json.dumps(tag_list, ensure_ascii=False)}"
    yield "---"
    yield ""


def _write_note(path: Path, lines: Iterable[str]) -> None:
    with atomic_writer(path) as out:
        out.write("".join(f"{line}\n" for line in lines).encode())
