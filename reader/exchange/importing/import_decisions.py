"""The decisions that imported annotations become. Pure but for the scratch copy of a reading.

A mention that overlaps another one, of the file or of the user, is added beside it, so that no mention of the user is
lost. What the user has decided already is not decided again: importing a file twice changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRenamed,
    EntityTagged,
    MachineMentionAdded,
    MentionAdded,
    MentionMoved,
    MentionOverlaid,
    NamesDifferent,
    NamesSame,
    SpanNoted,
    SpanTagged,
)
from reader.annotate.effects.notes import parse_tags
from reader.document.sanitize import one_line
from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedEntity, AnnotatedMention
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.importing.import_labels import LabelTable
from reader.exchange.importing.imported_annotations import SECOND_LABELS
from reader.names.normal import surface
from reader.reading import Reading
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass

NO_NAME = "mentions whose label says that they are no name"
_MAX_ROUNDS = 3
"""How often to look for entities that merging joins although the file tells them apart."""


@dataclass(slots=True)
class ImportDecisions:
    """The decisions of one import about one document."""

    decisions: list[Decision] = field(default_factory=list)
    """What is new, in order."""
    mentions: int = 0
    """The number of mentions that the file has, without those left out."""
    already_stored: int = 0
    """The number of decisions that the document had already."""
    omitted: Counter[str] = field(default_factory=Counter)


def decisions_for(annotated: AnnotatedDocument, reading: Reading, labels: LabelTable) -> ImportDecisions:
    """Return the decisions that annotations of a document become.

    Args:
        annotated: The annotations, with offsets into the text of the reading.
        reading: The document with the decisions about it so far; it may have no recognized mentions.
        labels: Maps the labels.
    """
    result = ImportDecisions()
    mentions = _usable_mentions(annotated.mentions, labels, result.omitted)
    result.mentions = len(mentions)
    entities = _EntityNames(annotated, mentions, labels)
    wanted_decisions = [
        *_mention_decisions(mentions, reading),
        *entities.moves(),
        *entities.merges(),
        *_notes(annotated, mentions, entities, reading),
    ]
    known_decisions = set(reading.history.decisions)
    for decision in wanted_decisions:
        if decision in known_decisions or _is_settled(decision, reading):
            result.already_stored += 1
        else:
            result.decisions.append(decision)
    if result.decisions and len(entities.named_ids) > 1:
        apart = [
            decision for decision in _kept_apart(result.decisions, reading, entities) if decision not in known_decisions
        ]
        result.decisions += apart
    return result


def _usable_mentions(
    mentions: Iterable[AnnotatedMention], labels: LabelTable, omitted: Counter[str]
) -> list[AnnotatedMention]:
    """Return mentions with our labels, one per span: of several, the first. What it leaves out is counted."""
    by_span: dict[tuple[int, int], AnnotatedMention] = {}
    for mention in mentions:
        label = labels.label_for(mention.label)
        if label is None:
            omitted[NO_NAME] += 1
            continue
        first = by_span.setdefault((mention.start, mention.end), mention._replace(label=label))
        if first.label != label:
            omitted[SECOND_LABELS] += 1
        elif not first.entity and mention.entity:
            by_span[mention.start, mention.end] = first._replace(entity=mention.entity)
    return sorted(by_span.values())


def _mention_decisions(mentions: Sequence[AnnotatedMention], reading: Reading) -> Iterator[Decision]:
    flat = set(flat_mentions(mentions))
    for mention in sorted(mentions, key=lambda mention: mention not in flat):
        start, end, label = mention[:3]
        if not mention.decided:
            yield MachineMentionAdded(start, end, label, mention.score)
            continue
        is_beside = mention not in flat or any(
            neighbor.origin == "user" and (neighbor.start, neighbor.end) != (start, end)
            for neighbor in reading.mentions_between(start, end)
        )
        yield MentionOverlaid(start, end, label) if is_beside else MentionAdded(start, end, label)


def _is_settled(decision: Decision, reading: Reading) -> bool:
    """Return whether the document has a decided mention already that a decision would add."""
    if not isinstance(decision, MentionAdded | MentionOverlaid | MachineMentionAdded):
        return False
    mention = reading.mention_with(decision.start, decision.end)
    if mention is None or mention.origin != "user":
        return False
    return isinstance(decision, MachineMentionAdded) or mention.label == decision.label


class _EntityNames:
    """The names of the imported entities. A name belongs to the entity with most mentions of it."""

    def __init__(self, annotated: AnnotatedDocument, mentions: Sequence[AnnotatedMention], labels: LabelTable) -> None:
        self._entities = {entity.id: entity for entity in annotated.entities}
        self._mentions = mentions
        decided = {mention.entity for mention in mentions if mention.decided}
        self._machine_found = {mention.entity for mention in mentions} - decided
        """The entities of which every mention was found by a machine."""
        text = annotated.text
        self._forms = {mention: Name(surface(text[mention.start : mention.end]), mention.label) for mention in mentions}
        counts: dict[Name, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            counts[self._forms[mention]][mention.entity] += 1
        self._owners = {name: by_entity.most_common(1)[0][0] for name, by_entity in counts.items()}
        self._names: dict[str, list[Name]] = defaultdict(list)
        for name, entity in self._owners.items():
            if entity:
                self._names[entity].append(name)
        self._add_names_without_mentions(labels)

    @property
    def named_ids(self) -> list[str]:
        """The ids of the entities that the file identifies."""
        return [entity for entity in self._names if not entity.startswith("#")]

    def names_of(self, entity: str) -> tuple[Name, ...]:
        """Return the names of an entity."""
        return tuple(self._names.get(entity, ()))

    def owner_of(self, name: Name) -> str:
        """Return the id of the entity that has a name; "" for none."""
        return self._owners.get(name, "")

    def moves(self) -> Iterator[Decision]:
        """Yield decisions for mentions whose name belongs to another entity: Washington the city, not the man."""
        for mention in self._mentions:
            owner = self._owners[self._forms[mention]]
            if mention.entity and owner and owner != mention.entity:
                yield MentionMoved(mention.start, mention.end, self._main_name(mention.entity, self._forms[mention]))

    def merges(self) -> Iterator[Decision]:
        """Yield what makes the names of each entity one, under its canonical name."""
        for entity, names in self._names.items():
            facts = self._entities.get(entity)
            preferred = facts.name if facts else ""
            is_machine = entity in self._machine_found
            if len(names) > 1:
                yield NamesSame(tuple(names), preferred, machine_found=is_machine)
            elif preferred and preferred != names[0].text:
                yield EntityRenamed(tuple(names), preferred, machine_found=is_machine)

    def _main_name(self, entity: str, form: Name) -> Name:
        names = self._names.get(entity)
        if not names:
            facts = self._entities.get(entity)
            name = Name(facts.name if facts and facts.name else form.text, form.label)
            if name in self._owners:
                name = Name(f"{name.text} ({one_line(entity)})", name.label)
            self._owners[name] = entity
            names = self._names[entity] = [name]
        return names[0]

    def _add_names_without_mentions(self, labels: LabelTable) -> None:
        """Add the names of entities of which the file has no mentions: a table of aliases."""
        mentioned = {mention.entity for mention in self._mentions}
        for entity in self._entities.values():
            label = labels.label_for(entity.label) if entity.label and entity.id not in mentioned else None
            for name in (Name(surface(text), label) for text in entity.names if label):
                if name not in self._owners:
                    self._owners[name] = entity.id
                    self._names[entity.id].append(name)


def _notes(
    annotated: AnnotatedDocument, mentions: Iterable[AnnotatedMention], entities: _EntityNames, reading: Reading
) -> Iterator[Decision]:
    """Yield the notes and tags that the document does not have. A note is added below the user's own."""
    notes = reading.notes
    for mention in mentions:
        start, end = mention[:2]
        if text := _joined(notes.note_at(start, end), mention.note):
            yield SpanNoted(start, end, text)
        if tags := _new_tags(mention.tags, notes.span_tags.get((start, end), ())):
            yield SpanTagged(start, end, tags)
    for entity in annotated.entities:
        yield from _entity_notes(entity, entities.names_of(entity.id), reading)
    if text := _joined(notes.document_note, annotated.note):
        yield DocumentNoted(text)
    if tags := _new_tags(annotated.tags, notes.document_tags):
        yield DocumentTagged(tags)


def _entity_notes(entity: AnnotatedEntity, names: tuple[Name, ...], reading: Reading) -> Iterator[Decision]:
    if not names:
        return
    known_notes = [note.text for note in reading.notes.notes_of(names)]
    new_notes = [note for note in entity.notes if not any(note in known_note for known_note in known_notes)]
    if new_notes:
        yield EntityNoted(names, "\n".join((*known_notes, *new_notes)))
    if tags := _new_tags(entity.tags, reading.notes.tags_of(names)):
        yield EntityTagged(names, tags)


def _joined(known_note: str, note: str) -> str:
    """Return the note with a new one added; "" if nothing changes."""
    if not note or note in known_note:
        return ""
    return f"{known_note}\n{note}" if known_note else note


def _new_tags(tags: Iterable[str], known_tags: Iterable[str]) -> tuple[str, ...]:
    cleaned = dict.fromkeys(clean for tag in tags for clean in parse_tags(tag.replace(",", " ")))
    return tuple(tag for tag in cleaned if tag not in set(known_tags))


def _kept_apart(decisions: Sequence[Decision], reading: Reading, entities: _EntityNames) -> Iterator[Decision]:
    """Yield what keeps entities apart that the file identifies as two and merging would make one."""
    scratch = Reading(reading.document)
    if reading.history.decisions:
        scratch.decide(*reading.history.decisions)
    scratch.decide(*decisions)
    for _ in range(_MAX_ROUNDS):
        apart = list(_splits(scratch, entities))
        if not apart:
            return
        scratch.decide(*apart)
        yield from apart


def _splits(scratch: Reading, entities: _EntityNames) -> Iterator[NamesDifferent]:
    named = set(entities.named_ids)
    for entity in scratch.entities:
        groups: dict[str, list[Name]] = defaultdict(list)
        for name in scratch.names_of(entity):
            if (owner := entities.owner_of(name)) in named:
                groups[owner].append(name)
        sides = list(groups.values())
        for number, side in enumerate(sides[:-1], 1):
            yield NamesDifferent(tuple(side), tuple(name for later_side in sides[number:] for name in later_side))
