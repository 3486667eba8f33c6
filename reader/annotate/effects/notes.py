"""The notes and tags of a document, collected from its decisions. Pure.

A span, an entity and the document have one note each: the last that was written. Entities are identified by their
names. When two entities with notes are merged, the merged entity has both notes until one is written for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Final, TypeAlias

from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRetagged,
    EntityTagged,
    SpanNoted,
    SpanTagged,
)
from reader.annotate.log.decision_history import Step
from reader.document.sanitize import one_line, sanitize
from reader.resolve import Name
from reader.structures.intervals import covering, longest_of, overlapping, starting_within
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

Span: TypeAlias = tuple[int, int]
"""Start and end, in code points."""

MAX_TAG_LENGTH: Final = 40
"""Tags are cut to this many code points."""

_RELEVANT_KINDS: Final = frozenset(
    {SpanNoted, EntityNoted, DocumentNoted, SpanTagged, EntityTagged, DocumentTagged, EntityRetagged}
)
"""The kinds that `_NotesBuilder` handles. It skips all others without matching them."""


class Note(NamedTuple):
    """What the user wrote about a span, an entity or the document."""

    text: str
    """The note, sanitized; it may have several lines."""
    span: Span | None = None
    """The span that the note is about."""
    names: tuple[Name, ...] = ()
    """The names of the entity that the note is about. A note with neither a span nor names is about the document."""
    time: str = ""
    """When the note was written: ISO 8601, UTC."""
    author: str = ""

    @property
    def first_line(self) -> str:
        """The first line that is not blank."""
        return one_line(next((line for line in self.text.split("\n") if line.strip()), ""))


@dataclass(frozen=True)
class Notes:
    """The notes and tags of one document."""

    notes: tuple[Note, ...] = ()
    """The notes, in the order in which they were written."""
    span_tags: Mapping[Span, tuple[str, ...]] = field(default_factory=dict)
    name_tags: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    """The tags of entities, by each of their names."""
    document_tags: tuple[str, ...] = ()

    @property
    def document_note(self) -> str:
        """The note on the document; "" for none."""
        return next((note.text for note in self.notes if note.span is None and not note.names), "")

    def note_at(self, start: int, end: int) -> str:
        """Return the note on exactly `start:end`; "" for none."""
        return next((note.text for note in self.notes if note.span == (start, end)), "")

    def notes_of(self, names: Iterable[Name]) -> tuple[Note, ...]:
        """Return the notes on the entity that has these names."""
        names_of_entity = set(names)
        return tuple(note for note in self.notes if not names_of_entity.isdisjoint(note.names))

    def tags_of(self, names: Iterable[Name]) -> tuple[str, ...]:
        """Return the tags of the entity that has these names."""
        tags = (tag for name in names for tag in self.name_tags.get(name, ()))
        return tuple(dict.fromkeys(tags)) if self.name_tags else ()

    @cached_property
    def spans(self) -> list[Span]:
        """Every span that has a note or a tag, sorted."""
        return sorted({note.span for note in self.notes if note.span} | set(self.span_tags))

    @cached_property
    def noted_spans(self) -> frozenset[Span]:
        """Every span that has a note."""
        return frozenset(note.span for note in self.notes if note.span)

    @cached_property
    def all_tags(self) -> tuple[str, ...]:
        """Every tag in use in this document."""
        tag_groups = (*self.span_tags.values(), *self.name_tags.values(), self.document_tags)
        return tuple(dict.fromkeys(tag for tags in tag_groups for tag in tags))

    def overlapping(self, start: int, end: int) -> list[Span]:
        """Return the spans with a note or a tag that overlap `start:end`, in order."""
        return overlapping(self.spans, start, end, self._longest)

    def covering(self, offset: int) -> Span | None:
        """Return the shortest span with a note or a tag that covers an offset."""
        return next(iter(covering(self.spans, offset, self._longest)), None)

    def starting_between(self, start: int, end: int) -> Sequence[Span]:
        """Return the spans with a note or a tag that begin from `start` on and before `end`."""
        return starting_within(self.spans, start, end)

    @cached_property
    def _longest(self) -> int:
        return longest_of(self.spans)


def collect_notes(steps: Iterable[Step]) -> Notes:
    """Return the notes and tags that the steps in force add up to."""
    builder = _NotesBuilder()
    for step in steps:
        for decision in step.applied:
            if type(decision) in _RELEVANT_KINDS:
                builder.add(decision, step)
    return builder.notes()


def parse_tags(text: str) -> tuple[str, ...]:
    """Return the tags that the user typed, separated by commas: in lower case, without "#", with "-" for spaces."""
    tags = (one_line(part).lstrip("# ").replace(" ", "-").lower()[:MAX_TAG_LENGTH] for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class _NumberedNote(NamedTuple):
    number: int
    """The number of the decision that wrote the note; sorts notes in the order in which they were written."""
    note: Note


@dataclass(slots=True)
class _NotesBuilder:
    span_notes: dict[Span, _NumberedNote] = field(default_factory=dict)
    entity_notes: dict[int, _NumberedNote] = field(default_factory=dict)
    document_notes: list[_NumberedNote] = field(default_factory=list)
    """The note on the document, or nothing."""
    span_tags: dict[Span, tuple[str, ...]] = field(default_factory=dict)
    name_tags: dict[Name, tuple[str, ...]] = field(default_factory=dict)
    document_tags: tuple[str, ...] = ()
    _numbers_by_name: defaultdict[Name, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The numbers of the entity notes on each name."""
    _count: int = 0

    def add(self, decision: Decision, step: Step) -> None:
        self._count += 1
        signature = step.time, step.author
        match decision:
            case SpanNoted(start, end, text):
                note = Note(sanitize(text), (start, end), (), *signature)
                self.span_notes[start, end] = _NumberedNote(self._count, note)
            case EntityNoted(names, text):
                self._write_entity_note(Note(sanitize(text), None, names, *signature))
            case DocumentNoted(text):
                self.document_notes = [_NumberedNote(self._count, Note(sanitize(text), None, (), *signature))]
            case SpanTagged(start, end, added, removed):
                self.span_tags[start, end] = _changed_tags(self.span_tags.get((start, end), ()), added, removed)
            case EntityTagged(names, added, removed):
                current_tags = tuple(dict.fromkeys(tag for name in names for tag in self.name_tags.get(name, ())))
                for name in names:
                    self.name_tags[name] = _changed_tags(current_tags, added, removed)
            case DocumentTagged(added, removed):
                self.document_tags = _changed_tags(self.document_tags, added, removed)
            case EntityRetagged(names, label):
                self._retag(names, label)

    def notes(self) -> Notes:
        numbered_notes = sorted([*self.span_notes.values(), *self.entity_notes.values(), *self.document_notes])
        span_tags = {span: tags for span, tags in self.span_tags.items() if tags}
        name_tags = {name: tags for name, tags in self.name_tags.items() if tags}
        notes = tuple(note for _, note in numbered_notes if note.text.strip())
        return Notes(notes, span_tags, name_tags, self.document_tags)

    def _write_entity_note(self, note: Note) -> None:
        for name in note.names:
            for number in tuple(self._numbers_by_name[name]):
                self._remove_entity_note(number)
        self._add_entity_note(self._count, note)

    def _retag(self, names: Iterable[Name], label: str) -> None:
        """Add the names with their new label to the notes and tags of the names with the old one."""
        for name in names:
            new_name = Name(name.text, label)
            for number in tuple(self._numbers_by_name[name]):
                note = self.entity_notes[number].note
                self._remove_entity_note(number)
                self._add_entity_note(number, note._replace(names=tuple(dict.fromkeys((*note.names, new_name)))))
            if tags := self.name_tags.get(name):
                self.name_tags[new_name] = _changed_tags(self.name_tags.get(new_name, ()), tags, ())

    def _add_entity_note(self, number: int, note: Note) -> None:
        self.entity_notes[number] = _NumberedNote(number, note)
        for name in note.names:
            self._numbers_by_name[name].add(number)

    def _remove_entity_note(self, number: int) -> None:
        for name in self.entity_notes.pop(number).note.names:
            self._numbers_by_name[name].discard(number)


def _changed_tags(tags: tuple[str, ...], added: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    removed_tags = set(map(one_line, removed))
    return tuple(tag for tag in dict.fromkeys((*tags, *map(one_line, added))) if tag not in removed_tags)
