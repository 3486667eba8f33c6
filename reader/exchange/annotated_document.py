"""A reading as plain values: what formats of other programs write, without the log and the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.document import Document
    from reader.reading import Reading
    from reader.recognize import Mention
    from reader.resolve import Entity


class AnnotatedMention(NamedTuple):
    """One occurrence of a name or value: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    label: str
    entity: str = ""
    """The id of its entity; "" for a value."""
    origin: str = "user"
    """Who found the mention: "model", "rule", "propagated" or "user"."""
    score: float = 1.0
    """Confidence, 0 to 1."""
    decided: bool = True
    """Whether a person decided about the mention; otherwise only the machine found it."""
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedEntity:
    """An entity with its names. Its mentions are those of the document that have its id."""

    id: str
    name: str
    label: str
    names: tuple[str, ...]
    """Its surface forms, the canonical name included."""
    related: tuple[str, ...] = ()
    """The ids of related entities."""
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its mentions and entities."""

    document: Document
    mentions: tuple[AnnotatedMention, ...]
    """Sorted by span. They may nest and cross."""
    entities: tuple[AnnotatedEntity, ...]
    """In order of first mention."""
    model_name: str = ""
    """The pipeline that found the machine's mentions."""
    model_version: str = ""
    note: str = ""
    """The note on the document."""
    tags: tuple[str, ...] = ()
    """The tags of the document."""

    @property
    def text(self) -> str:
        """The text that every offset refers to."""
        return self.document.text

    def quote(self, mention: AnnotatedMention) -> str:
        """Return the text of a mention."""
        return self.document.text[mention.start : mention.end]

    def mentions_by_entity(self) -> dict[str, list[AnnotatedMention]]:
        """Return the mentions of every entity by its id."""
        mentions: dict[str, list[AnnotatedMention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.entity:
                mentions[mention.entity].append(mention)
        return mentions


def rounded_score(mention: AnnotatedMention) -> float:
    """Return the confidence of a mention with as many digits as formats write."""
    return round(mention.score, 3)


Exportable: TypeAlias = "Reading | AnnotatedDocument"
"""A document to export: a reading, or what another process has made of one."""


def annotated_documents(readings: Iterable[Exportable], *, decided: bool = False) -> Iterator[AnnotatedDocument]:
    """Yield readings as plain values, in order. Those that are plain values already stay as they are.

    Args:
        readings: The readings.
        decided: Whether to leave out the mentions that no person decided about, and the entities without others.
    """
    for reading in readings:
        yield reading if isinstance(reading, AnnotatedDocument) else annotated_document(reading, decided=decided)


def annotated_document(reading: Reading, *, decided: bool = False) -> AnnotatedDocument:
    """Return a reading as plain values.

    Args:
        reading: The reading.
        decided: Whether to leave out the mentions that no person decided about, and the entities without others.
    """
    owners = {mention: entity.id for entity in reading.entities for mention in entity.mentions}
    shown_mentions = exported_mentions(reading, decided=decided)
    entity_ids = {owners[mention] for mention in shown_mentions if mention in owners}
    notes = reading.notes
    return AnnotatedDocument(
        document=reading.document,
        mentions=tuple(
            AnnotatedMention(
                mention.start,
                mention.end,
                mention.label,
                owners.get(mention, ""),
                mention.origin,
                mention.score,
                mention in reading.decided,
                notes.note_at(mention.start, mention.end),
                notes.span_tags.get((mention.start, mention.end), ()),
            )
            for mention in shown_mentions
        ),
        entities=tuple(
            _annotated_entity(reading, entity, entity_ids) for entity in reading.entities if entity.id in entity_ids
        ),
        model_name=reading.model_name,
        model_version=reading.model_version,
        note=notes.document_note,
        tags=notes.document_tags,
    )


def exported_mentions(reading: Reading, *, decided: bool) -> Sequence[Mention]:
    """Return the mentions of a reading that an export has, sorted by span."""
    if not decided:
        return reading.shown_mentions
    return [mention for mention in reading.shown_mentions if mention in reading.decided]


def _annotated_entity(reading: Reading, entity: Entity, entity_ids: set[str]) -> AnnotatedEntity:
    names = reading.names_of(entity)
    return AnnotatedEntity(
        id=entity.id,
        name=entity.name,
        label=entity.label,
        names=tuple(dict.fromkeys((entity.name, *entity.names, *reading.forms_of(entity)))),
        related=tuple(id for id in entity.related if id in entity_ids),
        notes=tuple(note.text for note in reading.notes.notes_of(names)),
        tags=reading.notes.tags_of(names),
    )
