"""Notes and tags as they stand: what was written on places, on entities and on the document. Pure.

A place, an entity and the document have one note each, the last that was written. An entity is known by its names:
when two that have notes are merged it has both, until they are written anew as one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRetagged,
    EntityTagged,
    PlaceNoted,
    PlaceTagged,
)
from reader.annotate.history import Step
from reader.document.sanitize import one_line, sanitize
from reader.resolve import Name

Span: TypeAlias = tuple[int, int]
"""Start and end, in code points."""

MOST: Final = 40
"""Code points of a tag."""


_KINDS: Final = (PlaceNoted, EntityNoted, DocumentNoted, PlaceTagged, EntityTagged, DocumentTagged, EntityRetagged)


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
        first = bisect_left(self.spans, (start - self._longest,))
        return [span for span in self.spans[first : bisect_left(self.spans, (end,))] if span[1] > start]

    def covering(self, offset: int) -> Span | None:
        """Return the shortest place with a note or a tag that covers a code point."""
        return min(self.overlapping(offset, offset + 1), key=lambda span: span[1] - span[0], default=None)

    @cached_property
    def _longest(self) -> int:
        return max((end - start for start, end in self.spans), default=0)

    def starting_between(self, start: int, end: int) -> Sequence[Span]:
        """Return the places with a note or a tag that begin from `start` on and before `end`."""
        return self.spans[bisect_left(self.spans, (start,)) : bisect_left(self.spans, (end,))]


def remarks(steps: Iterable[Step]) -> Remarks:
    """Return the notes and tags that stand after the steps that hold."""
    growing = _Growing()
    for step in steps:
        for decision in step.applied:
            if isinstance(decision, _KINDS):
                growing.add(decision, step)
    return growing.done()


def tag_words(typed: str) -> tuple[str, ...]:
    """Return the tags in what was typed: separated by commas, in lower case, without # before them or spaces within."""
    words = (one_line(part).lstrip("# ").replace(" ", "-").lower()[:MOST] for part in typed.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


@dataclass(slots=True)
class _Growing:
    notes: list[Note] = field(default_factory=list)
    places: dict[Span, tuple[str, ...]] = field(default_factory=dict)
    names: dict[Name, tuple[str, ...]] = field(default_factory=dict)
    document: tuple[str, ...] = ()

    def add(self, decision: Decision, step: Step) -> None:
        match decision:
            case PlaceNoted(start, end, text):
                self._write(Note(sanitize(text), (start, end), (), step.time, step.author))
            case EntityNoted(names, text):
                self._write(Note(sanitize(text), None, names, step.time, step.author))
            case DocumentNoted(text):
                self._write(Note(sanitize(text), None, (), step.time, step.author))
            case PlaceTagged(start, end, added, removed):
                self.places[start, end] = _changed(self.places.get((start, end), ()), added, removed)
            case EntityTagged(names, added, removed):
                held = {tag: None for name in names for tag in self.names.get(name, ())}
                for name in names:
                    self.names[name] = _changed(tuple(held), added, removed)
            case DocumentTagged(added, removed):
                self.document = _changed(self.document, added, removed)
            case EntityRetagged(names, label):
                self._follow(names, label)

    def done(self) -> Remarks:
        notes = tuple(note for note in self.notes if note.text.strip())
        places = {span: tags for span, tags in self.places.items() if tags}
        return Remarks(notes, places, {name: tags for name, tags in self.names.items() if tags}, self.document)

    def _write(self, note: Note) -> None:
        about = set(note.names)
        self.notes = [
            each
            for each in self.notes
            if (each.span != note.span or bool(each.names) != bool(about) or (about and about.isdisjoint(each.names)))
        ]
        self.notes.append(note)

    def _follow(self, names: Iterable[Name], label: str) -> None:
        """Let what was said of names that have another label now be said of them still."""
        now = {name: Name(name.text, label) for name in names}
        self.notes = [
            note._replace(names=(*note.names, *(now[name] for name in note.names if name in now)))
            for note in self.notes
        ]
        for name, after in now.items():
            if tags := self.names.get(name):
                self.names[after] = _changed(self.names.get(after, ()), tags, ())


def _changed(tags: tuple[str, ...], added: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    gone = set(map(one_line, removed))
    return tuple(tag for tag in dict.fromkeys((*tags, *map(one_line, added))) if tag not in gone)
