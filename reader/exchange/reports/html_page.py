"""A standalone HTML page: the text with its highlights, and an index of the entities that links to every mention.

The page loads nothing and runs no script, and its content security policy forbids both. Everything from the document
is escaped, so markup in the text stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, Final

from reader.display.colors.labels import look_of
from reader.display.counted import counted
from reader.display.excerpts import sentence_excerpt
from reader.document.blocks import BlockKind
from reader.exchange.annotated_document import annotated_documents
from reader.exchange.reports.page_style import page_style
from reader.structures.intervals import longest_of, overlapping, starting_within

if TYPE_CHECKING:
    from reader.document import Block
    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedEntity, AnnotatedMention, Exportable

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_ELEMENTS: Final = {BlockKind.PARAGRAPH: "p", BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one page. Several readings follow each other on it. See `ExportFormat.write`."""
    documents = list(annotated_documents(readings, decided=decided))
    title = documents[0].document.title if documents else ""
    out.write(
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{page_style()}</style></head>\n<body>\n".encode()
    )
    for number, document in enumerate(documents, 1):
        for line in _DocumentPage(document, f"d{number}").lines():
            out.write(line.encode() + b"\n")
    out.write(b"</body></html>\n")


class _DocumentPage:
    """Writes the text and the index of one document."""

    def __init__(self, document: AnnotatedDocument, prefix: str) -> None:
        self._document = document
        self._prefix = prefix
        """Begins the anchors of this document, so that those of several documents differ."""
        self._entities = {entity.id: entity for entity in document.entities}
        self._longest = longest_of(document.mentions)
        self._numbers = {mention: number for number, mention in enumerate(document.mentions, 1)}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        yield from self._header()
        yield "<article>"
        yield from self._text()
        yield "</article>\n<nav>\n<h2>Entities</h2>\n<dl>"
        mentions = self._document.mentions_by_entity()
        for entity in sorted(self._document.entities, key=lambda entity: -len(mentions[entity.id])):
            yield from self._index_entry(entity, mentions[entity.id])
        yield "</dl>\n</nav>"

    def _header(self) -> Iterator[str]:
        document = self._document.document
        facts = [fact for fact in (document.author, document.date, document.source) if fact]
        machine = sum(not mention.decided for mention in self._document.mentions)
        counts = (
            f"{counted(len(self._document.mentions), 'mention')} of {counted(len(self._document.entities), 'entity')}"
        )
        if machine:
            counts += f"; {machine:,} found by {self._document.model_name or 'a machine'} and not reviewed (dotted)"
        labels = dict.fromkeys(mention.label for mention in self._document.mentions)
        legend = "".join(
            f'<span class="{_label_class(label)}">{escape(look_of(label).words)}</span>' for label in labels
        )
        yield f"<header><h1>{escape(document.title)}</h1><p>{escape(' · '.join(facts))}</p>"
        yield f'<p>{escape(counts)}</p><p class="legend">{legend}</p>'
        yield from self._notes((self._document.note,) if self._document.note else (), self._document.tags)
        yield "</header>"

    def _text(self) -> Iterator[str]:
        blocks = self._document.document.blocks
        for block in blocks:
            yield self._block(block)
            for mention in starting_within(self._document.mentions, block.start, block.end):
                yield from self._notes((mention.note,) if mention.note else (), mention.tags)

    def _block(self, block: Block) -> str:
        content = self._marked(block.start, block.end)
        match block.kind:
            case BlockKind.HEADING:
                level = min(block.level + 1, 6)
                return f"<h{level}>{content}</h{level}>"
            case BlockKind.LIST_ITEM:
                return f'<p class="item" style="margin-left:{block.level}em">{escape(block.marker)} {content}</p>'
            case BlockKind.TABLE_ROW:
                return f'<div class="row">{content}</div>'
            case kind:
                element = _ELEMENTS[kind]
                return f"<{element}>{content}</{element}>"

    def _marked(self, start: int, end: int) -> str:
        """Return a part of the text with its mentions marked. Where mentions overlap, the shortest is marked."""
        mentions = overlapping(self._document.mentions, start, end, self._longest)
        borders = {start, end} | {offset for m in mentions for offset in m[:2] if start < offset < end}
        pieces = []
        for first, last in pairwise(sorted(borders)):
            text = escape(self._document.text[first:last])
            covering = overlapping(mentions, first, last, self._longest)
            pieces.append(self._link(covering, first, text) if covering else text)
        return "".join(pieces)

    def _link(self, covering: list[AnnotatedMention], offset: int, text: str) -> str:
        mention = min(covering, key=lambda mention: mention.end - mention.start)
        started = [self._anchor(self._numbers[m]) for m in covering if m.start == offset]
        anchors = "".join(f'<span id="{anchor}"></span>' for anchor in started[:-1])
        identifier = f' id="{started[-1]}"' if started else ""
        entity = self._entities.get(mention.entity)
        target = f' href="#{self._prefix}-{mention.entity}"' if entity else ""
        words = f"{entity.name}: {look_of(mention.label).words}" if entity else look_of(mention.label).words
        classes = f"m {_label_class(mention.label)}{'' if mention.decided else ' machine'}"
        return f'{anchors}<a{identifier} class="{classes}"{target} title="{escape(words)}">{text}</a>'

    def _anchor(self, number: int) -> str:
        return f"{self._prefix}-m{number}"

    def _index_entry(self, entity: AnnotatedEntity, mentions: list[AnnotatedMention]) -> Iterator[str]:
        aliases = ", ".join(name for name in entity.names if name != entity.name)
        yield (
            f'<dt id="{self._prefix}-{entity.id}" class="{_label_class(entity.label)}">{escape(entity.name)} '
            f"<small>{escape(entity.label)} · {len(mentions)}</small></dt>"
        )
        if aliases:
            yield f'<dd class="where">also {escape(aliases)}</dd>'
        for note_line in self._notes(entity.notes, entity.tags):
            yield f"<dd>{note_line}</dd>"
        yield "<dd><details open><summary>mentions</summary><ol>"
        for mention in mentions:
            sentence = sentence_excerpt(self._document.document, mention.start)
            anchor = self._anchor(self._numbers[mention])
            yield f'<li><a href="#{anchor}">{escape(sentence)}</a></li>'
        yield "</ol></details></dd>"

    def _notes(self, notes: Iterable[str], tags: Iterable[str]) -> Iterator[str]:
        for note in notes:
            yield f'<div class="note">{escape(note)}</div>'
        if tag_list := ", ".join(tags):
            yield f'<div class="count">tags: {escape(tag_list)}</div>'


def _label_class(label: str) -> str:
    return f"l-{escape(look_of(label).css_name or 'other')}"
