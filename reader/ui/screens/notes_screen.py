"""The notes of the article: on itself, on entities, on places."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment

from reader.annotate import DocumentNoted, EntityNoted, PlaceNoted
from reader.annotate.describe import local_time
from reader.annotate.notes import Note
from reader.display.cells import cells, fit, pad
from reader.display.page import wrapped
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.actions.note_actions import note_document, note_names, note_place
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.list_screen import DecisionsScreen

_EVERYWHERE = ", wherever it is mentioned"
_LINES = 3
"""Rows of a note that are shown; the editor shows all of it."""


class NoteRows(RowList):
    """What each note is about, and its first lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = _LINES + 2

    def __init__(self, reading: Reading) -> None:
        super().__init__(id="notes")
        self._reading = reading
        self.notes: list[Note] = []

    @property
    def current(self) -> Note | None:
        """The one under the cursor."""
        return self.notes[self.cursor] if self.cursor < len(self.notes) else None

    def item_count(self) -> int:
        """Return the number of notes."""
        return len(self.notes)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return what is to be said of an empty list."""
        if self.notes:
            return [[]]
        faint = self.get_component_rich_style("sides--faint", partial=True)
        how = " No notes yet: c writes one on a mention, i on an entity, C on the article."
        return [[], [Segment(fit(how, width), faint)]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a note."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        note = self.notes[index]
        side = "  ".join(filter(None, (one_line(note.author, 16), local_time(note.time)[:16])))
        about = fit(f"  {about_words(self._reading, note)}", max(width - cells(side) - 2, 8))
        head = [Segment(pad(about, max(width - cells(side) - 1, 1)), strong), Segment(side, faint)]
        rows = [row for line in note.text.split("\n") for row in (wrapped(line, max(width - 6, 8)) or [""])]
        if len(rows) > _LINES:
            rows[_LINES - 1 :] = [fit(rows[_LINES - 1] + " …", width - 6) if rows[_LINES - 1] else "…"]
        return [head, *([Segment(f"    {row}")] for row in rows), *([] for _ in range(_LINES - len(rows) + 1))]


class NotesScreen(DecisionsScreen[Note]):
    """Shows the notes; answers with the one to go to."""

    AUTO_FOCUS = "#notes"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    PLACE = Context.NOTES

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        self._rows = NoteRows(reading)
        super().__init__(keymap, self._rows, reading)

    def fill(self, message: str = "") -> None:
        """Show the notes, in the order of the text."""
        super().fill()
        self._rows.notes = sorted(self.reading.notes.notes, key=lambda note: place_of(self.reading, note))
        self._rows.refill()
        count = len(self._rows.notes)
        tags = ", ".join(f"#{tag}" for tag in self.reading.notes.tags)
        self._title.show("Notes", (f"{count:,} note{'' if count == 1 else 's'}", tags))
        self.say(message)

    def do_note_open(self, count: int) -> None:
        """Go there."""
        del count
        if note := self._rows.current:
            self.leave(note)

    async def do_note_change(self, count: int) -> None:
        """Change the note."""
        del count
        note = self._rows.current
        if note is None:
            return
        if note.span:
            await note_place(self, *note.span)
        elif note.names:
            await note_names(self, about_words(self.reading, note).removesuffix(_EVERYWHERE), note.names)
        else:
            await note_document(self)

    def do_note_remove(self, count: int) -> None:
        """Take the note away."""
        del count
        note = self._rows.current
        if note and note.span:
            self.decide(PlaceNoted(*note.span, ""))
        elif note:
            self.decide(EntityNoted(note.names, "") if note.names else DocumentNoted(""))


def about_words(reading: Reading, note: Note) -> str:
    """Return what a note is about, on one line."""
    if note.span:
        return f"“{one_line(reading.document.text[slice(*note.span)], 60)}”"
    if not note.names:
        return "the article"
    bearers = reading.entities_with(note.names[0])
    return f"{one_line(bearers[0].name if bearers else note.names[0].text, 60)}{_EVERYWHERE}"


def place_of(reading: Reading, note: Note) -> int:
    """Return where a note belongs in the order of the text; that on the article comes first."""
    if note.span:
        return note.span[0]
    if not note.names:
        return -1
    return min((each.mentions[0].start for name in note.names for each in reading.entities_with(name)), default=-1)
