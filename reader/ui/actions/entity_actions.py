"""Actions of the entities pane: open, mark, merge, split, rename, filter, dismiss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.annotate import dismissed_names, starred_names
from reader.annotate.decisions import (
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityStarred,
    MentionRemoved,
    NamesSame,
)
from reader.names import is_acronym, parse
from reader.names.persons import is_initial
from reader.resolve import Entity
from reader.ui.actions.splitting import split_entity
from reader.ui.actions.text.mention_actions import ask_and_retag_entity, confirm_all_mentions
from reader.ui.actions.text.navigation import next_of_entity, previous_of_entity
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.panels.entity_filter import STATUSES
from reader.ui.panels.status import labels_kept


def open_first_mention(workspace: Workspace) -> None:
    """Go to the entity's first mention in the text."""
    if entity := _current_entity(workspace):
        mention = entity.mentions[0]
        workspace.article.jump(mention.start)
        workspace.select(entity, mention)
        workspace.focus_pane(workspace.article)


def sort(workspace: Workspace) -> None:
    """Sort the entities in the next order."""
    workspace.show_message(f"entities sorted by {workspace.entity_list.next_order()}")


def mark(workspace: Workspace) -> None:
    """Mark or unmark the entity for merging, and move to the next one."""
    if entity := _current_entity(workspace):
        workspace.entity_list.toggle_mark(entity)
        marked_count = len(workspace.entity_list.marked_entities())
        workspace.entity_list.move(1)
        key = workspace.keymap.key_of("entity-merge")
        workspace.show_message(f"{marked_count} marked; {key} merges them" if marked_count else "no entity is marked")


async def merge(workspace: Workspace) -> None:
    """Merge the marked entities, or the only marked one with the current one, under the fullest of their names.

    If several names are equally full, ask for the name. The label is that of the entity that has the name.
    """
    current = _current_entity(workspace)
    entities = workspace.entity_list.marked_entities()
    if current is not None and len(entities) < 2 and current not in entities:
        entities.append(current)
    if len(entities) < 2:
        mark_key, merge_key = workspace.keymap.key_of("entity-mark"), workspace.keymap.key_of("entity-merge")
        workspace.show_message(f"mark another entity with {mark_key}, then {merge_key} merges the two")
        return
    name = await _name_for_all(workspace, entities)
    if name is None or not name.strip():
        return
    merged = tuple(alias for entity in entities for alias in workspace.reading.names_of(entity))
    workspace.entity_list.marked.clear()
    message = workspace.decide(NamesSame(merged, name.strip()))
    workspace.select(workspace.reading.entity_named(name.strip()))
    if other_labels := labels_kept(workspace.reading, workspace.keymap, merged[0]):
        workspace.show_message(f"{message}; {other_labels}")


async def _name_for_all(workspace: Workspace, entities: Sequence[Entity]) -> str | None:
    """Return the fullest name of some entities; ask if several are equally full. None if the user chose none."""
    fullness = {entity.name: _fullness(entity) for entity in entities}
    fullest = [name for name in fullness if fullness[name] == max(fullness.values())]
    if len(fullest) == 1:
        return fullest[0]
    most_mentioned = sorted(entities, key=lambda entity: (entity.name not in fullest, -len(entity.mentions)))
    names = list(dict.fromkeys(entity.name for entity in most_mentioned))
    choices = [Choice(name, _count_of(name, entities), label=_label_of(name, entities)) for name in names]
    choices.append(Choice("another name …"))
    index = await workspace.prompts.ask_choice(f"Merge {len(entities)} entities under which name?", choices)
    if index is None:
        return None
    return names[index] if index < len(names) else await workspace.prompts.ask_line("Name of the entity")


def _fullness(entity: Entity) -> tuple[int, int]:
    """Return how full the name of an entity is: its words, none for an acronym; then its initials."""
    if entity.label != "PERSON":
        return (0 if is_acronym(entity.name) else len(entity.name.split()), 0)
    tokens = parse(entity.name).tokens
    initial_count = sum(map(is_initial, tokens))
    return len(tokens) - initial_count, initial_count


async def split(workspace: Workspace) -> None:
    """Ask which names or mentions are another entity, and take them out."""
    if entity := _current_entity(workspace):
        await split_entity(workspace, entity, workspace.entity_list.current_alias)


def unfold(workspace: Workspace) -> None:
    """List the names of the entity below it."""
    if entity := _current_entity(workspace):
        workspace.entity_list.unfold(entity)
        if len(workspace.reading.forms_of(entity)) < 2:
            workspace.show_message(f"“{entity.name}” has only one name")


def fold(workspace: Workspace) -> None:
    """Hide the names of the entity."""
    if entity := _current_entity(workspace):
        workspace.entity_list.fold(entity)


class FilterLine:
    """The line in which the filter is typed. The list narrows with every letter."""

    mode = "FILTER"
    context = Context.FILTERING
    placeholder = f"part of a name, type:ORG, tag:word, status:{'|'.join(STATUSES)}"

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._filter_before = workspace.entity_list.filter

    def begin(self) -> str:
        """Begin with the filter that is set."""
        return self._filter_before

    def change(self, text: str) -> None:
        """Show only the entities that match what is typed so far."""
        workspace, rows = self._workspace, self._workspace.entity_list
        try:
            rows.set_filter(text)
        except ValueError as error:
            workspace.show_message(str(error))
            return
        shown_count = rows.entity_count
        total = len(workspace.reading.entities)
        workspace.show_message(f"{shown_count:,} of {total:,} entities" if rows.filter else f"{total:,} entities")

    def end(self, text: str, *, accepted: bool) -> None:
        """Keep the filter, or go back to the one before."""
        workspace, rows = self._workspace, self._workspace.entity_list
        try:
            rows.set_filter(text if accepted else self._filter_before)
        except ValueError as error:
            rows.set_filter(self._filter_before)
            workspace.show_message(str(error))
            return
        if rows.current is not workspace.article.entity:
            workspace.select(rows.current)
        key = workspace.keymap.key_of("cancel")
        workspace.show_message(f"filter: {rows.filter}; {key} shows all" if rows.filter else "all entities are shown")


async def filter_entities(workspace: Workspace) -> None:
    """Filter the entities while a filter is typed at the foot of the screen."""
    await workspace.open_line(FilterLine(workspace), workspace.entity_list)


def star(workspace: Workspace) -> None:
    """Star or unstar the entity."""
    if entity := _current_entity(workspace):
        names = workspace.reading.names_of(entity)
        on = starred_names(workspace.reading.history.decisions).isdisjoint(names)
        workspace.decide(EntityStarred(names, on))


async def restore_dismissed(workspace: Workspace) -> None:
    """Show the dismissed entities, and restore the ticked ones."""
    reading = workspace.reading
    names = [name for name in dismissed_names(reading.decisions) if name.text.split()[0] in reading.document.text]
    if not names:
        key = workspace.keymap.key_of("entity-dismiss")
        workspace.show_message(f"nothing is dismissed: {key} dismisses an entity")
        return
    choices = [Choice(name.text, name.label, label=name.label) for name in names]
    ticked = await workspace.prompts.ask_ticks("Dismissed names: tick those to restore", choices)
    if ticked:
        workspace.decide(EntityRestored(tuple(names[index] for index in ticked)))


async def rename(workspace: Workspace) -> None:
    """Ask for another name of the entity."""
    if entity := _current_entity(workspace):
        typed = await workspace.prompts.ask_line(f"New name of “{entity.name}”", entity.name)
        name = (typed or "").strip()
        if name == entity.name:
            workspace.show_message(f"its name is already “{entity.name}”")
        elif name:
            _rename(workspace, entity, name)


def confirm(workspace: Workspace) -> None:
    """Confirm every mention of the entity, and move to the next entity."""
    if entity := _current_entity(workspace):
        confirm_all_mentions(workspace, entity)
        workspace.entity_list.move(1)


async def retag(workspace: Workspace) -> None:
    """Ask for another label of the entity."""
    if entity := _current_entity(workspace):
        await ask_and_retag_entity(workspace, entity)


def dismiss(workspace: Workspace) -> None:
    """Dismiss the entity with all its mentions, or only the alias under the cursor."""
    if entity := _current_entity(workspace):
        reading, alias = workspace.reading, workspace.entity_list.current_alias
        if names := tuple(name for name in reading.names_of(entity) if alias in ("", name.text)):
            workspace.decide(EntityDismissed(names))
        else:  # all mentions of this form were moved here, so no name of the entity has it
            mentions = [mention for mention in entity.mentions if reading.form_of(mention) == alias]
            workspace.decide(*(MentionRemoved(mention.start, mention.end) for mention in mentions))


def _rename(workspace: Workspace, entity: Entity, name: str) -> None:
    reading = workspace.reading
    is_taken = any(namesake.name == name for namesake in reading.entities)
    workspace.decide(EntityRenamed(reading.names_of(entity), name))
    if not is_taken:
        workspace.show_message(f"renamed “{entity.name}” to “{name}”")
        return
    mark_key, merge_key = workspace.keymap.key_of("entity-mark"), workspace.keymap.key_of("entity-merge")
    workspace.show_message(
        f"renamed “{entity.name}”; another entity is called “{name}” too: {mark_key} and {merge_key} merge the two"
    )


def _current_entity(workspace: Workspace) -> Entity | None:
    entity = workspace.entity_list.current
    if entity is None:
        workspace.show_message(no_entity_here(workspace))
    return entity


def no_entity_here(workspace: Workspace) -> str:
    """Return why there is no entity under the cursor of the list."""
    if not workspace.reading.entities:
        return workspace.no_names
    key = workspace.keymap.key_of("cancel")
    return f"no entity matches the filter: {key} shows all"


def _count_of(name: str, entities: Sequence[Entity]) -> str:
    return f"{sum(len(entity.mentions) for entity in entities if entity.name == name):,}"


def _label_of(name: str, entities: Sequence[Entity]) -> str:
    return next(entity.label for entity in entities if entity.name == name)


def next_filtered(workspace: Workspace, count: int) -> None:
    """Move down through the entities that the filter lets through, while it is typed."""
    workspace.entity_list.move(count)


def previous_filtered(workspace: Workspace, count: int) -> None:
    """Move up through the entities that the filter lets through, while it is typed."""
    workspace.entity_list.move(-count)


ENTITY_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "entity-open": open_first_mention,
        "entity-sort": sort,
        "entity-mark": mark,
        "entity-merge": merge,
        "entity-split": split,
        "entity-unfold": unfold,
        "entity-fold": fold,
        "entity-filter": filter_entities,
        "entity-star": star,
        "entity-junk": restore_dismissed,
        "entity-rename": rename,
        "entity-confirm": confirm,
        "entity-retag": retag,
        "entity-dismiss": dismiss,
    },
    counted={
        "entity-next-mention": next_of_entity,
        "entity-previous-mention": previous_of_entity,
        "filter-down": next_filtered,
        "filter-up": previous_filtered,
    },
)
