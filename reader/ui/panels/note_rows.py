"""Notes and tags as the details pane shows them."""

from __future__ import annotations

from typing import Final

from reader.display.cells import fit
from reader.display.page import wrapped
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity

NOTED: Final = "✎"
"""The sign of a note."""
TAGGED: Final = "#"
"""The sign of a tag."""
_MOST: Final = 12
"""Rows of a note that are shown; the editor shows all of it."""


def entity_rows(reading: Reading, entity: Entity | None, width: int) -> list[str]:
    """Return the tags and notes of an entity, or where none is selected, of the article."""
    remarks = reading.notes
    if entity is None:
        return _rows(remarks.tags, [remarks.note] if remarks.note else [], width)
    names = reading.names_of(entity)
    return _rows(remarks.tags_of(names), [note.text for note in remarks.of(names)], width)


def mention_row(reading: Reading, mention: Mention, width: int) -> str:
    """Return the tags of a mention and how its note begins; "" where it has neither."""
    span = mention.start, mention.end
    remarks = reading.notes
    tags = [f"#{tag}" for tag in remarks.place_tags.get(span, ())]
    lines = remarks.at(*span).split("\n")
    said = next((line for line in lines if line.strip()), "")
    more = " …" if said and len(lines) > 1 else ""
    return fit(" ".join([*tags, *([f"{NOTED} {said}{more}"] if said else [])]), width)


def note_here(reading: Reading, offset: int) -> str:
    """Return how the note on what stands at a code point begins; "" where there is none."""
    span = reading.notes.covering(offset)
    line = next((line for line in reading.notes.at(*span).split("\n") if line.strip()), "") if span else ""
    return fit(f"{NOTED} {line}", 32) if line else ""


def _rows(tags: tuple[str, ...], notes: list[str], width: int) -> list[str]:
    rows = wrapped(" ".join(f"#{tag}" for tag in tags), width) if tags else []
    for note in notes:
        lines = [row for line in note.split("\n") for row in (wrapped(line, max(width - 2, 1)) or [""])]
        cut = [*lines[: _MOST - 1], "…"] if len(lines) > _MOST else lines
        rows += [(f"{NOTED} " if number == 0 else "  ") + line for number, line in enumerate(cut)]
    return rows
