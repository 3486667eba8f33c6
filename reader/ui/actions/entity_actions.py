"""Commands of the sidebar: choosing an entity, merging, splitting, renaming."""

from __future__ import annotations

from reader.annotate import (
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityStarred,
    MentionRemoved,
    NamesSame,
    dismissed,
    starred,
)
from reader.resolve import Entity
from reader.ui.actions.mention_actions import confirm_entity, retag_entity
from reader.ui.actions.navigation import go_through_entity
from reader.ui.actions.note_actions import EntityRemarks
from reader.ui.actions.splitting import split_entity
from reader.ui.actions.workspace import Desk
from reader.ui.dialogs.choice import Choice
from reader.ui.panels.entity_filter import STATUSES
from reader.ui.panels.status import labels_kept


class EntityCommands(EntityRemarks):
    """Commands while the entities have the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def do_entity_down(self, count: int) -> None:
        """Move down."""
        self._desk.entity_list.move(count)

    def do_entity_up(self, count: int) -> None:
        """Move up."""
        self._desk.entity_list.move(-count)

    def do_entity_page_down(self, count: int) -> None:
        """Move down a page."""
        self._desk.entity_list.move(count * self._desk.entity_list.page_size())

    def do_entity_page_up(self, count: int) -> None:
        """Move up a page."""
        self._desk.entity_list.move(-count * self._desk.entity_list.page_size())

    def do_entity_first(self, count: int) -> None:
        """Go to the first entity."""
        del count
        self._desk.entity_list.move_to(0)

    def do_entity_last(self, count: int) -> None:
        """Go to the last entity."""
        del count
        self._desk.entity_list.move_to(self._desk.entity_list.item_count() - 1)

    def do_entity_open(self, count: int) -> None:
        """Go to the first mention."""
        del count
        if entity := self._current():
            mention = entity.mentions[0]
            self._desk.article.jump(mention.start)
            self._desk.select(entity, mention)
            self._desk.focus_pane(self._desk.article)

    def do_entity_next_mention(self, count: int) -> None:
        """Go to the next mention in the text, the focus staying here."""
        go_through_entity(self._desk, count)

    def do_entity_previous_mention(self, count: int) -> None:
        """Go to the previous mention in the text, the focus staying here."""
        go_through_entity(self._desk, -count)

    def do_entity_sort(self, count: int) -> None:
        """Sort in another way."""
        del count
        self._desk.say(f"entities sorted by {self._desk.entity_list.next_order()}")

    def do_entity_mark(self, count: int) -> None:
        """Mark for merging."""
        del count
        if entity := self._current():
            self._desk.entity_list.toggle_mark(entity)
            marked = len(self._desk.entity_list.marked_entities())
            self._desk.entity_list.move(1)
            self._desk.say(f"{marked} marked; M merges them" if marked else "nothing is marked")

    async def do_entity_merge(self, count: int) -> None:
        """Merge the marked entities with the current one."""
        del count
        current = self._current()
        entities = self._desk.entity_list.marked_entities()
        if current is not None and len(entities) < 2 and current not in entities:
            entities.append(current)
        if len(entities) < 2:
            self._desk.say("mark another entity with m, then M merges the two")
            return
        names = list(dict.fromkeys(entity.name for entity in sorted(entities, key=lambda each: -len(each.mentions))))
        choices = [Choice(name, _count_of(name, entities), label=_label_of(name, entities)) for name in names]
        choices.append(Choice("another name …"))
        chosen = await self._desk.ask_choice(f"Merge {len(entities)} entities; what is it called?", choices)
        if chosen is None:
            return
        preferred = names[chosen] if chosen < len(names) else await self._desk.ask_line("It is called")
        if preferred is None or not preferred.strip():
            return
        merged = tuple(name for entity in entities for name in self._desk.reading.names_of(entity))
        self._desk.entity_list.marked.clear()
        self._desk.decide(NamesSame(merged, preferred.strip()))
        self._desk.select(self._desk.reading.entity_named(preferred.strip()))
        if stays := labels_kept(self._desk.reading, self._desk.keymap, merged[0]):
            self._desk.say(f"{self._desk.message}; {stays}")

    async def do_entity_split(self, count: int) -> None:
        """Take names out of the entity."""
        del count
        if entity := self._current():
            await split_entity(self._desk, entity, self._desk.entity_list.current_alias)

    def do_entity_unfold(self, count: int) -> None:
        """Show the names of the entity below it."""
        del count
        if entity := self._current():
            self._desk.entity_list.unfold(entity)
            if len(self._desk.reading.forms_of(entity)) < 2:
                self._desk.say(f"“{entity.name}” has one name only")

    def do_entity_fold(self, count: int) -> None:
        """Hide the names of the entity."""
        del count
        if entity := self._current():
            self._desk.entity_list.fold(entity)

    async def do_entity_filter(self, count: int) -> None:
        """Show only some of the entities."""
        del count
        rows = self._desk.entity_list
        how = f"Show: part of a name, type:ORG, tag:word, status:{'|'.join(STATUSES)}"
        typed = await self._desk.ask_line(how, rows.filter)
        if typed is None:
            return
        try:
            rows.set_filter(typed)
        except ValueError as error:
            self._desk.say(str(error))
            return
        if rows.current is not self._desk.article.entity:
            self._desk.select(rows.current)
        self._desk.say(f"showing {rows.filter}; Esc shows all" if rows.filter else "all entities are shown")

    def do_entity_star(self, count: int) -> None:
        """Star the entity, or take its star away."""
        del count
        if entity := self._current():
            names = self._desk.reading.names_of(entity)
            on = starred(self._desk.reading.history.decisions).isdisjoint(names)
            self._desk.decide(EntityStarred(names, on))

    async def do_entity_junk(self, count: int) -> None:
        """Show what was dismissed, and bring back what is ticked."""
        del count
        reading = self._desk.reading
        names = [name for name in dismissed(reading.decisions) if name.text.split()[0] in reading.document.text]
        if not names:
            self._desk.say("nothing is dismissed: x dismisses an entity")
            return
        rows = [Choice(name.text, name.label, label=name.label) for name in names]
        ticked = await self._desk.ask_ticks("Dismissed; tick what is an entity after all", rows)
        if ticked:
            self._desk.decide(EntityRestored(tuple(names[index] for index in ticked)))

    async def do_entity_rename(self, count: int) -> None:
        """Give the entity another name."""
        del count
        if entity := self._current():
            name = await self._desk.ask_line(f"“{entity.name}” is called", entity.name)
            if name and name.strip() == entity.name:
                self._desk.say(f"it is called “{entity.name}” already")
            elif name and name.strip():
                self._rename(entity, name.strip())

    def do_entity_confirm(self, count: int) -> None:
        """Confirm every mention of the entity, and go on to the next entity."""
        del count
        if entity := self._current():
            confirm_entity(self._desk, entity)
            self._desk.entity_list.move(1)

    async def do_entity_retag(self, count: int) -> None:
        """Change the label."""
        del count
        if entity := self._current():
            await retag_entity(self._desk, entity)

    def do_entity_dismiss(self, count: int) -> None:
        """Remove the entity and all its mentions, or those of the name under the cursor."""
        del count
        if entity := self._current():
            reading, alias = self._desk.reading, self._desk.entity_list.current_alias
            if names := tuple(name for name in reading.names_of(entity) if alias in ("", name.text)):
                self._desk.decide(EntityDismissed(names))
            else:  # a form of which all mentions were moved here
                so_written = (each for each in entity.mentions if reading.form_of(each) == alias)
                self._desk.decide(*(MentionRemoved(each.start, each.end) for each in so_written))

    def _rename(self, entity: Entity, name: str) -> None:
        reading = self._desk.reading
        taken = any(other.name == name for other in reading.entities)
        self._desk.decide(EntityRenamed(reading.names_of(entity), name))
        too = f"; another entity is called “{name}” too: m and M merge the two" if taken else f" to “{name}”"
        self._desk.say(f"renamed “{entity.name}”{too}")

    def _current(self) -> Entity | None:
        entity = self._desk.entity_list.current
        if entity is None:
            self._desk.say("there is no entity here yet")
        return entity


def _count_of(name: str, entities: list[Entity]) -> str:
    return f"{sum(len(entity.mentions) for entity in entities if entity.name == name):,}"


def _label_of(name: str, entities: list[Entity]) -> str:
    return next(entity.label for entity in entities if entity.name == name)
