"""Copying: the selection, a mention, an entity with its aliases, a sentence, a paragraph, a citation."""

from __future__ import annotations

from typing import Final

from reader.display.citation import citation, entity_with_aliases, quote_of
from reader.document import one_line
from reader.document.sentences import sentence_at
from reader.recognize import Mention
from reader.resolve import Entity
from reader.structures.named_tuple import NamedTuple
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.terminal.clipboard import copy_text

_QUOTE_LENGTH: Final = 60
"""Code points of the copied text that the message quotes."""


class Copyable(NamedTuple):
    """Something that can be copied."""

    letter: str
    description: str
    text: str


async def copy_selection(workspace: Workspace) -> None:
    """Copy the selection, and end it; the cursor goes to its start."""
    if selection := workspace.article.selection:
        text = quote_of(workspace.reading.document, selection.start, selection.end)
        _end_selection(workspace, selection.start)
        await _copy(workspace, text)


async def copy_citation(workspace: Workspace) -> None:
    """Copy the selection with title, source and date, and end it."""
    if selection := workspace.article.selection:
        text = citation(workspace.reading.document, selection.start, selection.end)
        _end_selection(workspace, selection.start)
        await _copy(workspace, text)


async def choose_and_copy(workspace: Workspace) -> None:
    """Ask what to copy of what is under the cursor of the pane, and copy it."""
    copyables = _copyables(workspace)
    if not copyables:
        workspace.show_message("there is nothing to copy here")
        return
    choices = [Choice(copyable.description, one_line(copyable.text, 30), copyable.letter) for copyable in copyables]
    index = await workspace.prompts.ask_choice("Copy", choices)
    if index is not None:
        await _copy(workspace, copyables[index].text)


def _copyables(workspace: Workspace) -> list[Copyable]:
    document, article = workspace.reading.document, workspace.article
    mention, entity = _subject(workspace)
    copyables = []
    if mention:
        copyables.append(Copyable("m", "the mention", quote_of(document, mention.start, mention.end)))
    if entity:
        copyables += [
            Copyable("n", "the name of the entity", one_line(entity.name)),
            Copyable("e", "the entity with its aliases", _entity_text(workspace, entity)),
        ]
    offset = mention.start if mention else article.cursor
    if document.blocks:
        block = document.block_at(offset)
        start, end = sentence_at(document.text, offset, block.start, block.end)
        copyables += [
            Copyable("s", "the sentence", quote_of(document, start, end)),
            Copyable("c", "the sentence with title, source and date", citation(document, start, end)),
            Copyable("p", "the paragraph", quote_of(document, block.start, block.end)),
        ]
    return [*copyables, Copyable("t", "title, source and date", _source_text(workspace))]


def _subject(workspace: Workspace) -> tuple[Mention | None, Entity | None]:
    """Return the mention and the entity under the cursor of the focused pane."""
    reading, article = workspace.reading, workspace.article
    if workspace.focused is workspace.entity_list:
        return None, workspace.entity_list.current
    if workspace.focused is workspace.details:
        return workspace.details.current, workspace.details.entity
    mention = workspace.current_mention or reading.mention_at(article.cursor)
    return mention, reading.entity_of(mention) if mention else None


def _entity_text(workspace: Workspace, entity: Entity) -> str:
    return entity_with_aliases(entity.name, (*entity.names, *workspace.reading.forms_of(entity)))


def _source_text(workspace: Workspace) -> str:
    document = workspace.reading.document
    facts = (document.author, document.title, document.date, document.source)
    return ", ".join(one_line(fact) for fact in facts if fact and fact != "-")


def _end_selection(workspace: Workspace, offset: int) -> None:
    workspace.article.set_selection(None)
    workspace.article.move_cursor(offset)


async def _copy(workspace: Workspace, text: str) -> None:
    if not text:
        workspace.show_message("there is nothing to copy")
        return
    try:
        path = await copy_text(workspace.app, text)
    except OSError as error:
        workspace.show_message(f"nothing was copied: {error.strerror or error}", alarm=True)
        return
    quote = one_line(text, _QUOTE_LENGTH)
    destination = f": this terminal has no clipboard, so the text is in {path}" if path else ""
    workspace.show_message(f"copied “{quote}”{destination}")


COPY_ACTIONS: Final = ActionTable[Workspace](plain={"copy": choose_and_copy})
"""In the text, the entities and the details."""

SELECTION_COPY_ACTIONS: Final = ActionTable[Workspace](
    plain={"copy-selection": copy_selection, "copy-citation": copy_citation}
)
"""While text is selected."""
