"""Notes and tags: on what stands under the cursor, on an entity, on the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from reader.annotate import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityTagged,
    History,
    PlaceNoted,
    PlaceTagged,
)
from reader.display.words import snap
from reader.document.sanitize import one_line, sanitize
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.ui.actions.workspace import Desk

_SHOWN = 40
"""Code points of what a note is about, in the title of the editor."""


class TextRemarks:
    """Commands in the text."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def do_note_mention(self, count: int) -> None:
        """Write a note on the selection, or on the mention under the cursor."""
        del count
        if span := _span_here(self._desk):
            before = self._desk.reading.history
            await note_place(self._desk, *span)
            self._end_selection(before)

    async def do_note_entity(self, count: int) -> None:
        """Write a note on the entity."""
        del count
        if entity := _entity_here(self._desk):
            await note_names(self._desk, entity.name, self._desk.reading.names_of(entity))

    async def do_tag_mention(self, count: int) -> None:
        """Give tags to the selection, or to the mention under the cursor."""
        del count
        if span := _span_here(self._desk):
            before = self._desk.reading.history
            await tag_place(self._desk, *span)
            self._end_selection(before)

    async def do_tag_entity(self, count: int) -> None:
        """Give tags to the entity."""
        del count
        if entity := _entity_here(self._desk):
            await tag_entity(self._desk, entity)

    def _end_selection(self, before: History) -> None:
        if self._desk.reading.history is not before and self._desk.article.selection:
            self._desk.article.set_selection(None)


class EntityRemarks:
    """Commands in the sidebar."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def do_entity_note(self, count: int) -> None:
        """Write a note on the entity."""
        del count
        if entity := _listed(self._desk):
            await note_names(self._desk, entity.name, self._desk.reading.names_of(entity))

    async def do_entity_tag(self, count: int) -> None:
        """Give tags to the entity."""
        del count
        if entity := _listed(self._desk):
            await tag_entity(self._desk, entity)


class DetailsRemarks:
    """Commands in the details."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def do_details_note(self, count: int) -> None:
        """Write a note on this mention."""
        del count
        if mention := self._desk.details.current:
            await note_place(self._desk, mention.start, mention.end)

    async def do_details_tag(self, count: int) -> None:
        """Give tags to this mention."""
        del count
        if mention := self._desk.details.current:
            await tag_place(self._desk, mention.start, mention.end)

    async def do_details_note_entity(self, count: int) -> None:
        """Write a note on the entity."""
        del count
        if entity := self._desk.details.entity:
            await note_names(self._desk, entity.name, self._desk.reading.names_of(entity))

    async def do_details_tag_entity(self, count: int) -> None:
        """Give tags to the entity."""
        del count
        if entity := self._desk.details.entity:
            await tag_entity(self._desk, entity)


class Writer(Protocol):
    """A screen on which notes are written."""

    reading: Reading

    def say(self, message: str) -> None:
        """Show one line."""

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision as one step, and show what follows from it."""

    async def ask_text(self, title: str, value: str = "") -> str | None:
        """Ask for several lines of text."""

    async def ask_tags(self, title: str, value: str, known: Sequence[str]) -> str | None:
        """Ask for tags, separated by commas; some are offered."""


async def note_place(writer: Writer, start: int, end: int) -> None:
    """Write, change or take away the note on a place."""
    what = one_line(writer.reading.document.text[start:end], _SHOWN)
    await _write(
        writer,
        f"Note on “{what}”",
        lambda: writer.reading.notes.at(start, end),
        lambda text: PlaceNoted(start, end, text),
    )


async def note_names(writer: Writer, called: str, names: tuple[Name, ...]) -> None:
    """Write, change or take away the note on the entity that holds these names."""
    await _write(
        writer,
        f"Note on {one_line(called, _SHOWN)}, wherever it is mentioned",
        lambda: "\n\n".join(note.text for note in writer.reading.notes.of(names)),
        lambda text: EntityNoted(names, text),
    )


async def note_document(writer: Writer) -> None:
    """Write, change or take away the note on the article."""
    await _write(writer, "Note on the article", lambda: writer.reading.notes.note, DocumentNoted)


async def tag_place(writer: Writer, start: int, end: int) -> None:
    """Change the tags of a place."""
    what = one_line(writer.reading.document.text[start:end], _SHOWN)
    held = writer.reading.notes.place_tags.get((start, end), ())
    await _tag(writer, f"Tags of this “{what}”", held, lambda on, off: PlaceTagged(start, end, on, off))


async def tag_entity(writer: Writer, entity: Entity) -> None:
    """Change the tags of an entity."""
    names = writer.reading.names_of(entity)
    held = writer.reading.notes.tags_of(names)
    title = f"Tags of {one_line(entity.name, _SHOWN)}, wherever it is mentioned"
    await _tag(writer, title, held, lambda on, off: EntityTagged(names, on, off))


async def tag_document(writer: Writer) -> None:
    """Change the tags of the article."""
    await _tag(writer, "Tags of the article", writer.reading.notes.tags, DocumentTagged)


async def _write(writer: Writer, title: str, standing: Callable[[], str], make: Callable[[str], Decision]) -> None:
    before = standing()
    written = await writer.ask_text(title, before)
    if written is None:
        return
    text = sanitize(written).rstrip()
    if text == before.rstrip():
        writer.say("the note is as it was" if before else "nothing was written")
        return
    writer.reading.refresh()
    meanwhile = standing()
    both = meanwhile.strip() != "" and meanwhile != before
    writer.decide(make(f"{meanwhile}\n\n{text}".rstrip() if both else text))
    if both and writer.reading.store.saved:
        writer.say("another window wrote here too: the note says both")


async def _tag(
    writer: Writer,
    title: str,
    held: Sequence[str],
    make: Callable[[tuple[str, ...], tuple[str, ...]], Decision],
) -> None:
    from reader.annotate.notes import tag_words

    known = tuple(dict.fromkeys((*writer.reading.notes.known_tags, *writer.reading.store.tags())))
    typed = await writer.ask_tags(title, ", ".join(held), known)
    if typed is None:
        return
    wanted = tag_words(typed)
    added = tuple(tag for tag in wanted if tag not in held)
    removed = tuple(tag for tag in held if tag not in wanted)
    if not added and not removed:
        writer.say("the tags are as they were")
        return
    writer.decide(make(added, removed))


def _span_here(desk: Desk) -> tuple[int, int] | None:
    """Return the selection, the mention under the cursor, or the words there that have a note or a tag."""
    article, reading = desk.article, desk.reading
    if chosen := article.selection:
        start, end = snap(reading.document.text, chosen.start, chosen.end)
        if start < end:
            return start, end
    if mention := desk.meant or reading.mention_at(article.cursor):
        return mention.start, mention.end
    if around := reading.notes.covering(article.cursor):
        return around
    desk.say("no mention here: ] goes to the next one, v selects words")
    return None


def _entity_here(desk: Desk) -> Entity | None:
    mention: Mention | None = desk.meant or desk.reading.mention_at(desk.article.cursor)
    if entity := desk.reading.entity_of(mention) if mention else None:
        return entity
    selected = desk.article.entity
    there = f", g d to the details of “{one_line(selected.name, _SHOWN)}”" if selected else ""
    desk.say(f"no mention under the cursor: ] goes to the next one{there}")
    return None


def _listed(desk: Desk) -> Entity | None:
    entity = desk.entity_list.current
    if entity is None:
        desk.say("there is no entity here yet")
    return entity
