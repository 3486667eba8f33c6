"""Notes and tags as they stand: what was written on places, on entities and on the document. Pure.

A place, an entity and the document have one note each, the last that was written. An entity is known by its names:
when two that have notes are merged it has both, until they are written anew as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from reader.annotate.decision_history import Step
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
from reader.document.sanitize import one_line, sanitize
from reader.resolve import Name
from reader.structures.intervals import covering, longest_of, overlapping, starting_within

Span: TypeAlias = tuple[int, int]
"""Start and end, in code points."""

MOST: Final = 40
"""Code points of a tag."""


_KINDS: Final = frozenset(
    {SpanNoted, EntityNoted, DocumentNoted, SpanTagged, EntityTagged, DocumentTagged, EntityRetagged}
)


class Note(NamedTuple):
    """What the user wrote about a place, an entity or the document."""

    text: str
    """Fit for a screen; several lines."""
    span: Span | None = None
    """The place it is about."""
    names: tuple[Name, ...] = ()
    """The names of the entity it is about; it is about the document where it has neither a place nor names."""
    time: str = ""
    """When, ISO 8601, UTC."""
    author: str = ""

    @property
    def first_line(self) -> str:
        """The first line that says something."""
        return one_line(next((line for line in self.text.split("\n") if line.strip()), ""))


@dataclass(frozen=True)
class Remarks:
    """The notes and tags of one document."""

    notes: tuple[Note, ...] = ()
    """In the order in which they were written."""
    place_tags: Mapping[Span, tuple[str, ...]] = field(default_factory=dict)
    name_tags: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    """The tags of entities, by each of their names."""
    tags: tuple[str, ...] = ()
    """Those of the document."""

    @property
    def note(self) -> str:
        """The note on the document; "" for none."""
        return next((note.text for note in self.notes if note.span is None and not note.names), "")

    def at(self, start: int, end: int) -> str:
        """Return the note on a place; "" for none."""
        return next((note.text for note in self.notes if note.span == (start, end)), "")

    def of(self, names: Iterable[Name]) -> tuple[Note, ...]:
        """Return the notes on the entity that holds these names."""
        wanted = set(names)
        return tuple(note for note in self.notes if not wanted.isdisjoint(note.names))

    def tags_of(self, names: Iterable[Name]) -> tuple[str, ...]:
        """Return the tags of the entity that holds these names."""
        found = (tag for name in names for tag in self.name_tags.get(name, ()))
        return tuple(dict.fromkeys(found)) if self.name_tags else ()

    @cached_property
    def spans(self) -> list[Span]:
        """Every place that has a note or a tag, in order."""
        return sorted({note.span for note in self.notes if note.span} | set(self.place_tags))

    @cached_property
    def noted(self) -> frozenset[Span]:
        """Every place that has a note."""
        return frozenset(note.span for note in self.notes if note.span)

    @cached_property
    def known_tags(self) -> tuple[str, ...]:
        """Every tag in use here."""
        given = (*self.place_tags.values(), *self.name_tags.values(), self.tags)
        return tuple(dict.fromkeys(tag for tags in given for tag in tags))

    def overlapping(self, start: int, end: int) -> list[Span]:
        """Return the places with a note or a tag that overlap `start:end`, in order."""
        return overlapping(self.spans, start, end, self._longest)

    def covering(self, offset: int) -> Span | None:
        """Return the shortest place with a note or a tag that covers a code point."""
        return next(iter(covering(self.spans, offset, self._longest)), None)

    @cached_property
    def _longest(self) -> int:
        return longest_of(self.spans)

    def starting_between(self, start: int, end: int) -> Sequence[Span]:
        """Return the places with a note or a tag that begin from `start` on and before `end`."""
        return starting_within(self.spans, start, end)


def remarks(steps: Iterable[Step]) -> Remarks:
    """Return the notes and tags that stand after the steps that hold."""
    growing = _Growing()
    for step in steps:
        for decision in step.applied:
            if type(decision) in _KINDS:
                growing.add(decision, step)
    return growing.done()


def tag_words(typed: str) -> tuple[str, ...]:
    """Return the tags in what was typed: separated by commas, in lower case, without # before them or spaces within."""
    words = (one_line(part).lstrip("# ").replace(" ", "-").lower()[:MOST] for part in typed.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


class _Written(NamedTuple):
    number: int
    note: Note


@dataclass(slots=True)
class _Growing:
    places: dict[Span, _Written] = field(default_factory=dict)
    entities: dict[int, _Written] = field(default_factory=dict)
    document: list[_Written] = field(default_factory=list)
    place_tags: dict[Span, tuple[str, ...]] = field(default_factory=dict)
    name_tags: dict[Name, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    _holders: defaultdict[Name, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The notes on entities by name."""
    _count: int = 0

    def add(self, decision: Decision, step: Step) -> None:
        self._count += 1
        when = step.time, step.author
        match decision:
            case SpanNoted(start, end, text):
                self.places[start, end] = _Written(self._count, Note(sanitize(text), (start, end), (), *when))
            case EntityNoted(names, text):
                self._write(Note(sanitize(text), None, names, *when))
            case DocumentNoted(text):
                self.document = [_Written(self._count, Note(sanitize(text), None, (), *when))]
            case SpanTagged(start, end, added, removed):
                self.place_tags[start, end] = _changed(self.place_tags.get((start, end), ()), added, removed)
            case EntityTagged(names, added, removed):
                held = {tag: None for name in names for tag in self.name_tags.get(name, ())}
                for name in names:
                    self.name_tags[name] = _changed(tuple(held), added, removed)
            case DocumentTagged(added, removed):
                self.tags = _changed(self.tags, added, removed)
            case EntityRetagged(names, label):
                self._follow(names, label)

    def done(self) -> Remarks:
        written = sorted([*self.places.values(), *self.entities.values(), *self.document])
        places = {span: tags for span, tags in self.place_tags.items() if tags}
        names = {name: tags for name, tags in self.name_tags.items() if tags}
        return Remarks(tuple(note for _, note in written if note.text.strip()), places, names, self.tags)

    def _write(self, note: Note) -> None:
        for name in note.names:
            for held in tuple(self._holders[name]):
                self._drop(held)
        self._hold(self._count, note)

    def _follow(self, names: Iterable[Name], label: str) -> None:
        """Let what was said of names that have another label now be said of them still."""
        for name in names:
            now = Name(name.text, label)
            for held in tuple(self._holders[name]):
                note = self.entities[held].note
                self._drop(held)
                self._hold(held, note._replace(names=tuple(dict.fromkeys((*note.names, now)))))
            if tags := self.name_tags.get(name):
                self.name_tags[now] = _changed(self.name_tags.get(now, ()), tags, ())

    def _hold(self, number: int, note: Note) -> None:
        self.entities[number] = _Written(number, note)
        for name in note.names:
            self._holders[name].add(number)

    def _drop(self, number: int) -> None:
        for name in self.entities.pop(number).note.names:
            self._holders[name].discard(number)


def _changed(tags: tuple[str, ...], added: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    gone = set(map(one_line, removed))
    return tuple(tag for tag in dict.fromkeys((*tags, *map(one_line, added))) if tag not in gone)
