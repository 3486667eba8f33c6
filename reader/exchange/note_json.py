"""Converts the current notes and tags to JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.reading import Reading
    from reader.resolve import Name


def note_objects(reading: Reading) -> list[dict[str, Any]]:
    """Return the notes of a reading in the order in which they were written."""
    return [
        _subject(reading, note.span, note.names) | {"text": note.text, "time": note.time, "author": note.author}
        for note in reading.notes.notes
    ]


def tag_objects(reading: Reading) -> list[dict[str, Any]]:
    """Return the tags of the document, of entities, of names without an entity, and of spans."""
    notes = reading.notes
    objects = [{"about": "document", "tags": list(notes.document_tags)}] if notes.document_tags else []
    groups = [reading.names_of(entity) for entity in reading.entities] if notes.name_tags else []
    grouped = {name for names in groups for name in names}
    groups += [(name,) for name in notes.name_tags if name not in grouped]
    tagged = [(names, names_tags) for names in groups if (names_tags := notes.tags_of(names))]
    objects += [_subject(reading, None, names) | {"tags": list(names_tags)} for names, names_tags in tagged]
    spans = sorted(notes.span_tags.items())
    return objects + [_subject(reading, span, ()) | {"tags": list(span_tags)} for span, span_tags in spans]


def _subject(reading: Reading, span: tuple[int, int] | None, names: Iterable[Name]) -> dict[str, Any]:
    """Describe what a note or tag is about: a span and its quote, an entity and its names and ids, or the document."""
    if span:
        start, end = span
        return {"about": "place", "start": start, "end": end, "quote": reading.document.text[start:end]}
    if not names:
        return {"about": "document"}
    entities = dict.fromkeys(entity.id for name in names for entity in reading.entities_with(name))
    return {"about": "entity", "names": [[*name] for name in names], "entities": [*entities]}
