"""The notes of a document: on the document itself, on entities and on mentions."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment

from reader.annotate.decisions import DocumentNoted, EntityNoted, SpanNoted
from reader.annotate.effects.notes import Note
from reader.annotate.log.step_descriptions import local_time
from reader.display.cells import cells, fit, pad
from reader.display.wrapping import wrapped
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.actions.note_actions import note_document, note_names, note_span
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.advice import advice_heading
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.decision_list import DECISION_ACTIONS, DecisionList
from reader.ui.screens.base.list_screen import ListScreen

_LINES: Final = 3
"""Rows of a note that are shown; the editor shows all of it."""
_MOST_NAME: Final = 60
"""Code points of the name or text that a note is on."""


class NoteRows(RowList):
    """The subject of each note, and its first lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = _LINES + 2

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        super().__init__(id="notes")
        self._reading = reading
        self._keymap = keymap
        self.notes: list[Note] = []

    @property
    def current(self) -> Note | None:
        """The note under the cursor."""
        return self.notes[self.cursor] if self.cursor < len(self.notes) else None

    def item_count(self) -> int:
        """Return the number of notes."""
        return len(self.notes)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, or advice while the list is empty."""
        mention, entity, document = map(self._keymap.key_of, ("note-mention", "note-entity", "note-document"))
        advice = f"No notes yet: {mention} writes one on a mention, {entity} on an entity, {document} on the document."
        return advice_heading(self, advice, width)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a note."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        note = self.notes[index]
        origin = "  ".join(filter(None, (one_line(note.author, 16), local_time(note.time)[:16])))
        subject = fit(f"  {subject_of(self._reading, note)}", max(width - cells(origin) - 2, 8))
        head = [Segment(pad(subject, max(width - cells(origin) - 1, 1)), strong), Segment(origin, faint)]
        rows = [row for line in note.text.split("\n") for row in (wrapped(line, max(width - 6, 8)) or [""])]
        if len(rows) > _LINES:
            last = rows[_LINES - 1]
            rows[_LINES - 1 :] = [fit(f"{last} …", width - 6) if last else "…"]
        return [head, *([Segment(f"    {row}")] for row in rows), *([] for _ in range(_LINES - len(rows) + 1))]


class NotesScreen(ListScreen[Note | None]):
    """Lists the notes; its result is the one to go to, None if the user goes back."""

    AUTO_FOCUS = "#notes"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.NOTES
    PASSES_KEYS_BELOW = True

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        self._rows = NoteRows(reading, keymap)
        super().__init__(keymap, self._rows)
        self.reading = reading
        self._decisions = DecisionList(self, reading)
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(DECISION_ACTIONS, self._decisions)
        self.actions.bind(_ACTIONS, self)

    def on_mount(self) -> None:
        """Follow the changes of other windows."""
        self._decisions.watch()

    def fill(self, message: str = "") -> None:
        """Show the notes, in the order of the text."""
        self._decisions.mark_shown()
        self._rows.notes = sorted(self.reading.notes.notes, key=lambda note: position_of(self.reading, note))
        self._rows.refill()
        count = len(self._rows.notes)
        tags = ", ".join(f"#{tag}" for tag in self.reading.notes.document_tags)
        self.title_bar.show("Notes", (f"{count:,} note{'' if count == 1 else 's'}", tags))
        self._decisions.show_message(message)

    def open_note(self) -> None:
        """Go to the mention or entity of the note."""
        if note := self._rows.current:
            self.leave(note)

    async def change_note(self) -> None:
        """Edit the note."""
        note = self._rows.current
        if note is None:
            return
        if note.span:
            await note_span(self._decisions, *note.span)
        elif note.names:
            await note_names(self._decisions, entity_name(self.reading, note), note.names)
        else:
            await note_document(self._decisions)

    def delete_note(self) -> None:
        """Delete the note."""
        note = self._rows.current
        if note and note.span:
            self._decisions.decide(SpanNoted(*note.span, ""))
        elif note:
            self._decisions.decide(EntityNoted(note.names, "") if note.names else DocumentNoted(""))


_ACTIONS: Final = ActionTable[NotesScreen](
    plain={
        "note-open": NotesScreen.open_note,
        "note-change": NotesScreen.change_note,
        "note-remove": NotesScreen.delete_note,
    },
)


def subject_of(reading: Reading, note: Note) -> str:
    """Return what a note is on, as one line."""
    if note.span:
        return f"“{one_line(reading.document.text[slice(*note.span)], _MOST_NAME)}”"
    if not note.names:
        return "the document"
    return f"{entity_name(reading, note)}, wherever it is mentioned"


def entity_name(reading: Reading, note: Note) -> str:
    """Return the name of the entity that a note is on."""
    entities = reading.entities_with(note.names[0])
    return one_line(entities[0].name if entities else note.names[0].text, _MOST_NAME)


def position_of(reading: Reading, note: Note) -> int:
    """Return the offset by which a note is sorted; notes on the document come first (-1)."""
    if note.span:
        return note.span[0]
    first_mentions = [entity.mentions[0].start for name in note.names for entity in reading.entities_with(name)]
    return min(first_mentions, default=-1)
