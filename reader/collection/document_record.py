"""What the index keeps of a document: plain values that can be pickled, compared and written as table rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from reader.annotate.effects.watchlist_answers import watchlist_answers
from reader.collection.descriptions import NOTHING, Description, describe_entities
from reader.collection.sentence_lookup import SentenceLookup
from reader.collection.stories import PlacedMention, stories_of
from reader.document.metadata.calendar_days import calendar_day, speaks_of_future, stated_day
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.annotate.effects.watchlist_answers import AnswerKey
    from reader.reading import Reading
    from reader.recognize import Mention
    from reader.resolve import Entity, Name


class NameRecord(NamedTuple):
    """A name of an entity in one document, and how often the document has it."""

    text: str
    """The surface form, with every run of white space as one space."""
    label: str
    mentions: int


class LinkRecord(NamedTuple):
    """The evidence that merged two names within one document."""

    a: str
    b: str
    rule: str
    """The id of the merging rule."""
    score: float
    """How sure the rule is, from 0 to 1."""


class MentionRecord(NamedTuple):
    """One occurrence of a name in a document: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int
    label: str
    entity: str
    """The id of its entity in the document."""
    origin: str
    """Who found the mention: "model", "rule", "propagated" or "user"."""
    decided: bool
    """Whether a person decided about the mention."""
    paragraph: int = 0
    """The index of its block."""
    sentence_start: int = 0
    sentence_end: int = 0
    """The span of its sentence."""


class AnswerRecord(NamedTuple):
    """What the user answered in a document about an entity and an entry of a watchlist."""

    watchlist: str
    listed_id: str
    answer: str
    """"yes", "no" or "unsure"."""


class DateRecord(NamedTuple):
    """A date in a document whose year is certain."""

    start: int
    end: int
    day: str
    """As "2021", "2021-03" or "2021-03-12"."""
    sentence_start: int


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity of one document. Profiles across documents consist of these."""

    document: str
    """The digest of the document's text."""
    id: str
    """The id of the entity in the document, such as "e1"."""
    name: str
    """The canonical name."""
    label: str
    names: tuple[NameRecord, ...]
    """The canonical name first, then the most frequent."""
    links: tuple[LinkRecord, ...] = ()
    related: tuple[str, ...] = ()
    """The ids of related entities of the document."""
    description: Description = NOTHING
    """What the document says about the entity beside its name."""
    notes: tuple[str, ...] = ()
    """What the user wrote about the entity and its mentions."""
    tags: tuple[str, ...] = ()
    answers: tuple[AnswerRecord, ...] = ()
    """The answers to hits of watchlists, without the general ones."""
    stories: tuple[int, ...] = ()
    """The numbers of the stories of the document that mention the entity; none if the document tells only one."""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document with everything that the index keeps of it."""

    digest: str
    """`sha256:…` of the text in UTF-8."""
    file_digest: str
    """`sha256:…` of the source's bytes, or "" if the document was not loaded from bytes."""
    source: str
    """The path, URL or address of a member."""
    title: str
    author: str
    date: str
    """As the source states it, in ISO 8601 format if it could be parsed; "" if it states none."""
    text: str
    model: str
    """The pipeline that found the names, with its version."""
    mentions: tuple[MentionRecord, ...]
    """Sorted by span."""
    entities: tuple[EntityRecord, ...]
    """In order of first mention."""
    dates: tuple[DateRecord, ...] = ()
    note: str = ""
    """What the user wrote about the document."""


def document_record(reading: Reading) -> DocumentRecord:
    """Return what the index keeps of a document, with the user's decisions applied."""
    document = reading.document
    owners = {mention: entity.id for entity in reading.entities for mention in entity.mentions}
    descriptions = describe_entities(document.text, reading.mentions, owners)
    answers = watchlist_answers(reading.history.decisions)
    mentions = _mention_records(reading, owners)
    placed = [PlacedMention(mention.paragraph, mention.entity) for mention in mentions if mention.entity]
    stories = stories_of(placed, reading.entities)
    return DocumentRecord(
        digest=document.digest,
        file_digest=document.file_digest,
        source=document.source,
        title=document.title,
        author=document.author,
        date=document.date,
        text=document.text,
        model=f"{reading.model_name} {reading.model_version}".strip(),
        mentions=mentions,
        entities=tuple(
            _entity_record(reading, entity, descriptions.get(entity.id, NOTHING), answers, stories.get(entity.id, ()))
            for entity in reading.entities
        ),
        dates=_date_records(reading),
        note=reading.notes.document_note,
    )


def _mention_records(reading: Reading, owners: Mapping[Mention, str]) -> tuple[MentionRecord, ...]:
    sentences = SentenceLookup(reading.document)
    records = []
    for mention in reading.mentions:
        paragraph, (start, end) = sentences.at(mention.start)
        records.append(
            MentionRecord(
                mention.start,
                mention.end,
                mention.label,
                owners.get(mention, ""),
                mention.origin,
                mention in reading.decided,
                paragraph,
                start,
                max(end, mention.end),
            )
        )
    return tuple(records)


def _date_records(reading: Reading) -> tuple[DateRecord, ...]:
    document = reading.document
    sentences, written = SentenceLookup(document), calendar_day(document.date)
    records = []
    for value in reading.values:
        if value.label != "DATE":
            continue
        _, sentence = sentences.at(value.start)
        is_future = bool(written) and speaks_of_future(document.text, sentence, value.start, value.end)
        if day := stated_day(document.text[value.start : value.end], written, is_future=is_future):
            records.append(DateRecord(value.start, value.end, day, sentence[0]))
    return tuple(records)


def _entity_record(
    reading: Reading,
    entity: Entity,
    description: Description,
    answers: Mapping[AnswerKey, str],
    stories: tuple[int, ...],
) -> EntityRecord:
    counts = Counter(reading.name_of(mention) for mention in entity.mentions)
    names = sorted(counts.items(), key=lambda item: (item[0].text != entity.name, -item[1], item[0]))
    return EntityRecord(
        document=reading.document.digest,
        id=entity.id,
        name=entity.name,
        label=entity.label,
        names=tuple(NameRecord(name.text, name.label, count) for name, count in names),
        links=tuple(LinkRecord(link.a, link.b, link.rule, link.score) for link in entity.links),
        related=entity.related,
        description=description,
        notes=_entity_notes(reading, entity),
        tags=reading.notes.tags_of(reading.names_of(entity)),
        answers=_entity_answers(answers, set(reading.names_of(entity))),
        stories=stories,
    )


def _entity_answers(answers: Mapping[AnswerKey, str], names: Set[Name]) -> tuple[AnswerRecord, ...]:
    """Return the answers about one of some names, the last one for each entry of a list."""
    own = {(watchlist, id): answer for (watchlist, id, name), answer in answers.items() if name in names}
    return tuple(AnswerRecord(watchlist, id, answer) for (watchlist, id), answer in sorted(own.items()))


def _entity_notes(reading: Reading, entity: Entity) -> tuple[str, ...]:
    notes = reading.notes
    if not notes.notes:
        return ()
    about_mentions = (notes.note_at(mention.start, mention.end) for mention in entity.mentions)
    about_entity = (note.text for note in notes.notes_of(reading.names_of(entity)))
    return tuple(dict.fromkeys(filter(None, (*about_entity, *about_mentions))))
