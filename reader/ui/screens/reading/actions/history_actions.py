"""Actions on the decisions as a whole: undo and redo, and the screens about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.annotate.decisions import SpanDecision
from reader.structures.intervals import count_up_to
from reader.ui.keys.action_table import ActionTable
from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace

if TYPE_CHECKING:
    from reader.annotate import Step
    from reader.recognize import Mention
    from reader.resolve import Entity


def undo(workspace: ReadingWorkspace, count: int) -> None:
    """Undo the last steps."""
    _step_back(workspace, count, undo=True)


def redo(workspace: ReadingWorkspace, count: int) -> None:
    """Redo the steps undone last."""
    _step_back(workspace, count, undo=False)


def apply_everywhere(workspace: ReadingWorkspace) -> None:
    """Apply the last decision in every document, or only here again."""
    message = workspace.reading.toggle_general()
    if message:
        workspace.show_changes()
    workspace.show_message(message or "the last decision can apply only in this document", alarm=not workspace.saved)


async def show_names(workspace: ReadingWorkspace) -> None:
    """Show the decisions that apply in every document."""
    from reader.ui.screens.names_screen import NamesScreen

    workspace.names_shown = True
    await workspace.ask(NamesScreen(workspace.reading.store, workspace.keymap))
    workspace.names_shown = False
    if workspace.reading.refresh():
        workspace.show_changes()


async def show_notes(workspace: ReadingWorkspace) -> None:
    """Show the notes, and go to the chosen one."""
    from reader.ui.screens.notes_screen import NotesScreen

    note = await workspace.ask(NotesScreen(workspace.reading, workspace.keymap))
    workspace.show_changes()
    if note is None:
        return
    entities = [entity for name in note.names for entity in workspace.reading.entities_with(name)]
    if note.span:
        go_to_offset(workspace, note.span[0])
    elif entities:
        mention = entities[0].mentions[0]
        workspace.article.jump(mention.start)
        workspace.select(entities[0], mention)
        workspace.focus_pane(workspace.article)


async def show_reasons(workspace: ReadingWorkspace) -> None:
    """Show why the names of the selected entity are one, and go to the chosen sentence."""
    from reader.review.reasons import reasons_of_entity
    from reader.ui.screens.reasons_screen import ReasonsScreen

    entity = workspace.details.entity
    if entity is None:
        workspace.show_message(f"no entity is selected: {workspace.keymap.key_of('next-mention')} goes to the next one")
        return
    reading = workspace.reading
    screen = ReasonsScreen(
        reading.document, entity.name, reasons_of_entity(reading, entity), workspace.keymap, blind=False
    )
    offset = await workspace.ask(screen)
    if offset is not None:
        go_to_offset(workspace, offset)


async def show_history(workspace: ReadingWorkspace) -> None:
    """Show the history, in which the user can undo to any step."""
    from reader.ui.screens.history_screen import HistoryScreen

    await workspace.ask(HistoryScreen(workspace.reading, workspace.keymap))
    workspace.show_changes()


async def show_orphans(workspace: ReadingWorkspace) -> None:
    """Show the orphans, and go to the one attached last."""
    from reader.ui.screens.orphans_screen import OrphansScreen

    selection = workspace.article.selection
    span = selection.span if selection else (0, 0)
    in_one_block = span[0] < span[1] <= workspace.reading.document.block_at(span[0]).end
    candidate = span if in_one_block else None
    offset = await workspace.ask(OrphansScreen(workspace.reading, workspace.keymap, candidate))
    workspace.show_message("")  # the number of orphans in the message is no longer right
    workspace.show_changes()
    if offset is not None:
        workspace.article.set_selection(None)
        go_to_offset(workspace, offset)


async def show_watchlists(workspace: ReadingWorkspace) -> None:
    """Show what is like a name of a watchlist, and go to the chosen one."""
    from reader.ui.screens.watchlist_screen import WatchlistScreen

    offset = await workspace.ask(WatchlistScreen(workspace.reading, workspace.keymap, workspace.watchlist_hits))
    workspace.show_changes()
    if offset is not None:
        go_to_offset(workspace, offset)


def _step_back(workspace: ReadingWorkspace, count: int, *, undo: bool) -> None:
    reading = workspace.reading
    description: str | None = None
    last_step: Step | None = None
    for _ in range(count):
        step = reading.undo() if undo else reading.redo()
        if step is None:
            break
        description, last_step = step, reading.last_reverted
    workspace.show_changes()
    if last_step:
        _show_step(workspace, last_step)
    verb = "undid" if undo else "redid"
    if last_step and reading.store.made_in_other_window(last_step):
        verb += " a step of another window"
    nothing = f"nothing to {'undo' if undo else 'redo'}"
    workspace.show_message(f"{verb}: {description}" if description else nothing, alarm=not workspace.saved)


def _show_step(workspace: ReadingWorkspace, step: Step) -> None:
    """Go to what a step changed that was undone or redone."""
    reading = workspace.reading
    for decision in step.applied:
        if isinstance(decision, SpanDecision):
            workspace.article.jump(decision.start)
            exact = reading.mention_with(decision.start, decision.end)
            if mention := exact or reading.mention_at(decision.start):
                workspace.select(reading.entity_of(mention), mention)
            return
        for name in decision.names_about():
            if entities := reading.entities_with(name):
                _show_entity(workspace, entities[0])
                return


def _show_entity(workspace: ReadingWorkspace, entity: Entity) -> None:
    """Go to the entity's last mention before the cursor, so that the next key applies to what the panes show."""
    count_before = count_up_to(entity.mentions, (workspace.article.cursor,))
    mention = entity.mentions[max(count_before - 1, 0)]
    if workspace.is_in_text:
        workspace.article.jump(mention.start)
    workspace.select(entity, mention)


def go_to_offset(workspace: ReadingWorkspace, offset: int, mention: Mention | None = None) -> None:
    """Go to an offset in the text, and select the entity of a mention, or else the one that is mentioned there."""
    mention = mention or workspace.reading.mention_at(offset)
    workspace.article.jump(offset)
    workspace.select(workspace.reading.entity_of(mention) if mention else None, mention)
    workspace.focus_pane(workspace.article)


HISTORY_ACTIONS: Final = ActionTable[ReadingWorkspace](
    plain={
        "hold-everywhere": apply_everywhere,
        "names": show_names,
        "notes": show_notes,
        "reasons": show_reasons,
        "history": show_history,
        "orphans": show_orphans,
        "watchlists": show_watchlists,
    },
    counted={"undo": undo, "redo": redo},
)
