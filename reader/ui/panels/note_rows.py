"""Notes and tags as the panes show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.display.cells import fit
from reader.display.wrapping import wrapped
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity

LISTED: Final = "◆"
"""The sign of a name that is like one of a watchlist."""
NOTED: Final = "✎"
"""The sign of a note."""
TAGGED: Final = "#"
"""The sign of a tag."""
_MAX_ROWS: Final = 12
"""Rows of a note that are shown; the editor shows all of it."""
_PREVIEW_WIDTH: Final = 32
"""Cells of a note in the status bar."""


def entity_note_rows(reading: Reading, entity: Entity | None, width: int) -> list[str]:
    """Return the tags and notes of an entity as rows of text; those of the document if no entity is selected."""
    notes = reading.notes
    if entity is None:
        return _rows(notes.document_tags, [notes.document_note] if notes.document_note else [], width)
    names = reading.names_of(entity)
    return _rows(notes.tags_of(names), [note.text for note in notes.notes_of(names)], width)


def mention_note_row(reading: Reading, mention: Mention, width: int) -> str:
    """Return the tags of a mention and the first line of its note; "" where it has neither."""
    span = mention.start, mention.end
    text = reading.notes.note_at(*span)
    parts = [f"#{tag}" for tag in reading.notes.span_tags.get(span, ())]
    if line := _first_line(text):
        more = " …" if "\n" in text else ""
        parts.append(f"{NOTED} {line}{more}")
    return fit(" ".join(parts), width)


def note_preview(reading: Reading, offset: int) -> str:
    """Return the first line of the note at an offset; "" where there is none."""
    span = reading.notes.covering(offset)
    line = _first_line(reading.notes.note_at(*span)) if span else ""
    return fit(f"{NOTED} {line}", _PREVIEW_WIDTH) if line else ""


def _first_line(note: str) -> str:
    """Return the first line of a note that is not blank."""
    return next((line for line in note.split("\n") if line.strip()), "")


def _rows(tags: Sequence[str], notes: Sequence[str], width: int) -> list[str]:
    rows = wrapped(" ".join(f"#{tag}" for tag in tags), width) if tags else []
    for note in notes:
        lines = [row for line in note.split("\n") for row in (wrapped(line, max(width - 2, 1)) or [""])]
        if len(lines) > _MAX_ROWS:
            lines = [*lines[: _MAX_ROWS - 1], "…"]
        rows += [(f"{NOTED} " if index == 0 else "  ") + line for index, line in enumerate(lines)]
    return rows
