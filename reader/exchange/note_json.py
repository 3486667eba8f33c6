"""Notes and tags as plain values: what stands, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.reading import Reading
    from reader.resolve import Name


def notes(reading: Reading) -> list[dict[str, Any]]:
    """Return the notes, in the order in which they were written."""
    return [
        _about(reading, note.span, note.names) | {"text": note.text, "time": note.time, "author": note.author}
        for note in reading.notes.notes
    ]


def tags(reading: Reading) -> list[dict[str, Any]]:
    """Return the tags of the document, of entities, of names that no entity has any more, and of places."""
    remarks = reading.notes
    found = [{"about": "document", "tags": list(remarks.tags)}] if remarks.tags else []
    groups = {entity.id: reading.names_of(entity) for entity in reading.entities} if remarks.name_tags else {}
    borne = {name for names in groups.values() for name in names}
    bearers = [*groups.values(), *((name,) for name in remarks.name_tags if name not in borne)]
    tagged = [(names, held) for names in bearers if (held := remarks.tags_of(names))]
    found += [_about(reading, None, names) | {"tags": list(held)} for names, held in tagged]
    found += [_about(reading, span, ()) | {"tags": list(held)} for span, held in sorted(remarks.place_tags.items())]
    return found


def _about(reading: Reading, span: tuple[int, int] | None, names: Iterable[Name]) -> dict[str, Any]:
    """Return what is said of: a place by offsets and quote, an entity by its names and the ids that it has here."""
    if span:
        start, end = span
        return {"about": "place", "start": start, "end": end, "quote": reading.document.text[start:end]}
    if not names:
        return {"about": "document"}
    entities = dict.fromkeys(entity.id for name in names for entity in reading.entities_with(name))
    return {"about": "entity", "names": [[*name] for name in names], "entities": [*entities]}
