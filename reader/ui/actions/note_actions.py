"""Notes and tags on mentions, selections, entities and the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from reader.annotate import Decision
from reader.annotate.decisions import DocumentNoted, DocumentTagged, EntityNoted, EntityTagged, SpanNoted, SpanTagged
from reader.document.sanitize import one_line, sanitize
from reader.reading import Reading
from reader.resolve import Entity, Name
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import ActionTable

_QUOTE_LENGTH: Final = 40
"""Code points of the noted text that the title of the editor quotes."""


class NoteWriter(Protocol):
    """A screen on which notes and tags are written."""

    @property
    def reading(self) -> Reading:
        """The document and its decisions."""

    @property
    def prompts(self) -> Prompts:
        """Asks for the text."""

    def show_message(self, message: str) -> None:
        """Show one line."""

    def decide(self, *decisions: Decision) -> object:
        """Record decisions as one step, and show the result."""


# In the text


async def note_mention(workspace: Workspace) -> None:
    """Write a note on the selection or on the mention under the cursor."""
    if span := _span_here(workspace):
        history = workspace.reading.history
        await note_span(workspace, *span)
        if workspace.reading.history is not history:
            _end_selection(workspace)


async def tag_mention(workspace: Workspace) -> None:
    """Edit the tags of the selection or of the mention under the cursor."""
    if span := _span_here(workspace):
        history = workspace.reading.history
        await tag_span(workspace, *span)
        if workspace.reading.history is not history:
            _end_selection(workspace)


async def note_entity_here(workspace: Workspace) -> None:
    """Write a note on the entity under the cursor."""
    if entity := _entity_here(workspace):
        await note_entity(workspace, entity)


async def tag_entity_here(workspace: Workspace) -> None:
    """Edit the tags of the entity under the cursor."""
    if entity := _entity_here(workspace):
        await tag_entity(workspace, entity)


# In the entities and the details


async def note_listed_entity(workspace: Workspace) -> None:
    """Write a note on the entity under the cursor of the list."""
    if entity := workspace.entity_list.current:
        await note_entity(workspace, entity)
    else:
        workspace.show_message(workspace.no_names)


async def tag_listed_entity(workspace: Workspace) -> None:
    """Edit the tags of the entity under the cursor of the list."""
    if entity := workspace.entity_list.current:
        await tag_entity(workspace, entity)
    else:
        workspace.show_message(workspace.no_names)


async def note_listed_mention(workspace: Workspace) -> None:
    """Write a note on the mention under the cursor of the details."""
    if mention := workspace.details.current:
        await note_span(workspace, mention.start, mention.end)


async def tag_listed_mention(workspace: Workspace) -> None:
    """Edit the tags of the mention under the cursor of the details."""
    if mention := workspace.details.current:
        await tag_span(workspace, mention.start, mention.end)


async def note_shown_entity(workspace: Workspace) -> None:
    """Write a note on the entity of the details."""
    if entity := workspace.details.entity:
        await note_entity(workspace, entity)


async def tag_shown_entity(workspace: Workspace) -> None:
    """Edit the tags of the entity of the details."""
    if entity := workspace.details.entity:
        await tag_entity(workspace, entity)


# On any screen


async def note_span(writer: NoteWriter, start: int, end: int) -> None:
    """Write, change or delete the note on a span."""
    quote = one_line(writer.reading.document.text[start:end], _QUOTE_LENGTH)
    await _write(
        writer,
        f"Note on “{quote}”",
        lambda: writer.reading.notes.note_at(start, end),
        lambda text: SpanNoted(start, end, text),
    )


async def note_entity(writer: NoteWriter, entity: Entity) -> None:
    """Write, change or delete the note on an entity."""
    await note_names(writer, entity.name, writer.reading.names_of(entity))


async def note_names(writer: NoteWriter, title: str, names: tuple[Name, ...]) -> None:
    """Write, change or delete the note on the entity that has these names.

    Args:
        writer: The screen.
        title: What the editor calls the entity.
        names: Names of the entity.
    """
    await _write(
        writer,
        f"Note on {one_line(title, _QUOTE_LENGTH)}, wherever it is mentioned",
        lambda: "\n\n".join(note.text for note in writer.reading.notes.notes_of(names)),
        lambda text: EntityNoted(names, text),
    )


async def note_document(writer: NoteWriter) -> None:
    """Write, change or delete the note on the document."""
    await _write(writer, "Note on the document", lambda: writer.reading.notes.document_note, DocumentNoted)


async def tag_span(writer: NoteWriter, start: int, end: int) -> None:
    """Edit the tags of a span."""
    quote = one_line(writer.reading.document.text[start:end], _QUOTE_LENGTH)
    tags = writer.reading.notes.span_tags.get((start, end), ())
    await _tag(writer, f"Tags of this “{quote}”", tags, lambda added, removed: SpanTagged(start, end, added, removed))


async def tag_entity(writer: NoteWriter, entity: Entity) -> None:
    """Edit the tags of an entity."""
    names = writer.reading.names_of(entity)
    tags = writer.reading.notes.tags_of(names)
    title = f"Tags of {one_line(entity.name, _QUOTE_LENGTH)}, wherever it is mentioned"
    await _tag(writer, title, tags, lambda added, removed: EntityTagged(names, added, removed))


async def tag_document(writer: NoteWriter) -> None:
    """Edit the tags of the document."""
    await _tag(writer, "Tags of the document", writer.reading.notes.document_tags, DocumentTagged)


async def _write(
    writer: NoteWriter, title: str, current_note: Callable[[], str], make_decision: Callable[[str], Decision]
) -> None:
    """Let the user edit a note. Text that another window wrote in the meantime is kept above it."""
    old_note = current_note()
    written = await writer.prompts.ask_text(title, old_note)
    if written is None:
        return
    text = sanitize(written).rstrip()
    if text == old_note.rstrip():
        writer.show_message("the note is unchanged" if old_note else "the note is empty: nothing was saved")
        return
    writer.reading.refresh()
    meanwhile = current_note()
    both = meanwhile.strip() != "" and meanwhile != old_note
    writer.decide(make_decision(f"{meanwhile}\n\n{text}".rstrip() if both else text))
    if both and writer.reading.store.saved:
        writer.show_message("another window changed this note too: both texts were kept")


async def _tag(
    writer: NoteWriter,
    title: str,
    current_tags: Sequence[str],
    make_decision: Callable[[tuple[str, ...], tuple[str, ...]], Decision],
) -> None:
    """Let the user edit tags.

    Args:
        writer: The screen.
        title: The question.
        current_tags: The tags to edit.
        make_decision: Makes the decision from the tags added and the tags removed.
    """
    from reader.annotate.effects.notes import parse_tags

    known_tags = tuple(dict.fromkeys((*writer.reading.notes.all_tags, *writer.reading.store.tags())))
    typed = await writer.prompts.ask_tags(title, ", ".join(current_tags), known_tags)
    if typed is None:
        return
    new_tags = parse_tags(typed)
    added = tuple(tag for tag in new_tags if tag not in current_tags)
    removed = tuple(tag for tag in current_tags if tag not in new_tags)
    if not added and not removed:
        writer.show_message("the tags are unchanged")
        return
    writer.decide(make_decision(added, removed))


def _end_selection(workspace: Workspace) -> None:
    if workspace.article.selection:
        workspace.article.set_selection(None)


def _span_here(workspace: Workspace) -> tuple[int, int] | None:
    """Return the span of the selection, of the mention under the cursor, or of the note or tags there."""
    article, reading, keymap = workspace.article, workspace.reading, workspace.keymap
    if selection := article.selection:
        start, end = selection.span
        if start < end:
            return start, end
    if mention := workspace.current_mention or reading.mention_at(article.cursor):
        return mention.start, mention.end
    if noted := reading.notes.covering(article.cursor):
        return noted
    next_key, select_key = keymap.key_of("next-mention"), keymap.key_of("select")
    workspace.show_message(f"no mention here: {next_key} goes to the next one, {select_key} selects words")
    return None


def _entity_here(workspace: Workspace) -> Entity | None:
    """Return the entity under the cursor; if there is none, say how to get to one."""
    mention = workspace.current_mention or workspace.reading.mention_at(workspace.article.cursor)
    if entity := workspace.reading.entity_of(mention) if mention else None:
        return entity
    keymap, selected = workspace.keymap, workspace.article.entity
    details = ""
    if selected:
        details = f", {keymap.key_of('go-details')} to the details of “{one_line(selected.name, _QUOTE_LENGTH)}”"
    next_key = keymap.key_of("next-mention")
    workspace.show_message(f"no mention under the cursor: {next_key} goes to the next one{details}")
    return None


TEXT_NOTE_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "note-mention": note_mention,
        "note-entity": note_entity_here,
        "tag-mention": tag_mention,
        "tag-entity": tag_entity_here,
    },
)
ENTITY_NOTE_ACTIONS: Final = ActionTable[Workspace](
    plain={"entity-note": note_listed_entity, "entity-tag": tag_listed_entity},
)
DETAILS_NOTE_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "details-note": note_listed_mention,
        "details-tag": tag_listed_mention,
        "details-note-entity": note_shown_entity,
        "details-tag-entity": tag_shown_entity,
    },
)
DOCUMENT_NOTE_ACTIONS: Final = ActionTable[NoteWriter](
    plain={"note-document": note_document, "tag-document": tag_document},
)
