"""The entity list: one row for each entity of the document, and for its names where they are unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from reader.annotate import last_changes, starred_names
from reader.display.cells import cells, fit, pad
from reader.display.colors.labels import letter_of
from reader.display.wrapping import wrapped
from reader.reading import Reading
from reader.resolve import Entity, Name
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.panels.entity_filter import (
    EntityFacts,
    EntityFilter,
    EntityOrder,
    parse_filter,
    sort_key,
    tags_by_entity,
)
from reader.ui.panels.note_rows import LISTED, NOTED


class EntityRow(NamedTuple):
    """A row of the entity list: an entity, or one of its names below it."""

    entity: Entity
    alias: str = ""
    """The name, "" in the row of the entity itself."""
    mention_count: int = 0
    """The number of mentions with this alias."""


class EntityList(RowList):
    """Name, label, number of aliases and number of mentions of every entity."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entities--mark", "entities--faint", "entities--title"}

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self.order = EntityOrder.POSITION
        self.listed_ids: frozenset[str] = frozenset()
        """The ids of the entities that are like a name of a watchlist."""
        self.marked: set[Name] = set()
        """Names whose entities are marked for merging. Marks survive sorting, filters and decisions."""
        self.filter = ""
        """The filter as the user typed it, "" for none."""
        self.no_entities = ""
        """What is shown in place of entities while there are none."""
        self.total = 0
        """The number of entities that the list was last filled from, those that the filter hides included."""
        self._filter = EntityFilter()
        self._entity: Entity | None = None
        self._unfolded: set[Name] = set()
        self._rows: list[EntityRow] = []
        self._row_indexes: dict[str, int] = {}
        """The index of the row of each entity that is shown, by id."""
        self._facts = EntityFacts()
        self._suggested_ids: set[str] = set()
        """The ids of the entities that may be one with the selected entity."""
        self._styles = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity in the present resolution."""
        return self.reading.current(self._entity)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor, or the one whose name is under it, in the present resolution."""
        return self.reading.current(self._rows[self.cursor].entity) if self.cursor < len(self._rows) else None

    @property
    def current_alias(self) -> str:
        """The unfolded name under the cursor, "" where it is on an entity."""
        return self._rows[self.cursor].alias if self.cursor < len(self._rows) else ""

    def marked_entities(self) -> list[Entity]:
        """Return the marked entities in order of first mention."""
        return [entity for entity in self.reading.entities if self.is_marked(entity)]

    def is_marked(self, entity: Entity) -> bool:
        """Return whether an entity is marked."""
        return bool(self.marked) and not self.marked.isdisjoint(self.reading.names_of(entity))

    def toggle_mark(self, entity: Entity) -> None:
        """Mark or unmark an entity."""
        names = self.reading.names_of(entity)
        if self.is_marked(entity):
            self.marked -= set(names)
        else:
            self.marked.add(names[0])
        self.refresh()

    def reload(self) -> None:
        """Show the present entities of the reading. The cursor stays on its entity while that exists."""
        entity, alias = self.current, self.current_alias
        self._facts = self._collect_facts()
        entities = list(self.reading.entities)
        self.total = len(entities)
        if self.filter:
            names_of = self.reading.all_names_of
            entities = [
                candidate for candidate in entities if self._filter.accepts(candidate, self._facts, names_of(candidate))
            ]
        if self.order is not EntityOrder.POSITION:  # entities are in order of position already
            entities.sort(key=lambda entity: sort_key(entity, self.order, self._facts))
        if self._unfolded:
            self._rows = [row for candidate in entities for row in self._rows_of(candidate)]
        else:
            self._rows = [*map(EntityRow, entities)]
        # Reversed, so that an id gets the first of its rows: that of the entity.
        self._row_indexes = {row.entity.id: index for index, row in reversed([*enumerate(self._rows)])}
        self.refill(cursor=self._index_of(entity, alias))

    def set_filter(self, typed: str) -> None:
        """Show only matching entities, such as `type:ORG`, `status:suggested` or parts of names; "" for all.

        The cursor stays on its entity, or moves to the first row if that is hidden.

        Raises:
            ValueError: The filter names an unknown status.
        """
        self._filter, self.filter = parse_filter(typed), typed.strip()
        entity = self.current or self.entity
        self.reload()
        if entity is None or self.current is None or self.current.id != entity.id:
            self.put_cursor(self._row_index(entity) or 0)
        self.show_cursor()

    @property
    def entity_count(self) -> int:
        """The number of entities that the filter lets through."""
        return len(self._row_indexes)

    def shows(self, entity: Entity) -> bool:
        """Return whether an entity has a row; the filter may hide it."""
        return self._row_index(entity) is not None

    def unfold(self, entity: Entity) -> None:
        """Show the names of an entity below it."""
        self._unfolded.add(self.reading.names_of(entity)[0])
        self.reload()

    def fold(self, entity: Entity) -> None:
        """Hide the names of an entity."""
        self._unfolded -= set(self.reading.names_of(entity))
        self.reload()
        row_index = self._row_index(entity)
        if row_index is not None:
            self.move_to(row_index)

    def is_unfolded(self, entity: Entity) -> bool:
        """Return whether the names of an entity are shown below it."""
        return bool(self._unfolded) and not self._unfolded.isdisjoint(self.reading.names_of(entity))

    def next_order(self) -> EntityOrder:
        """Sort by the next order; return it."""
        orders = list(EntityOrder)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.reload()
        self.show_cursor()
        return self.order

    def show_entity(self, entity: Entity | None) -> None:
        """Highlight the selected entity, and move the cursor to it."""
        changed_ids = {changed.id for changed in (self.entity, entity) if changed is not None} | self._suggested_ids
        self._entity = entity
        self._suggested_ids = self._ids_suggested_for(entity) if entity else set()
        changed_ids |= self._suggested_ids
        self.refresh_items(*(self._row_indexes[id] for id in changed_ids if id in self._row_indexes))
        current = self.current
        row_index = self._row_index(entity)
        if row_index is not None and current is not entity:
            self.put_cursor(row_index)

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the title, and the filter if there is one."""
        total = self.total
        if not total and self.no_entities:
            return [[Segment(f" {row}", self._part_style("title"))] for row in wrapped(self.no_entities, width - 2)]
        title = f" {total:,} entities" if total != 1 else " 1 entity"
        lines = [[Segment(title, self._part_style("title"))]]
        if self.filter:
            shown_count = self.entity_count
            count = f" {shown_count:,} shown" if shown_count else " none matches"
            lines.append([Segment(fit(f"{count}: {self.filter}", width), self._part_style("mark"))])
        return [*lines, []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of an entity or of one of its names."""
        row = self._rows[index]
        return [self._draw_alias(row, width) if row.alias else self._draw_entity(row.entity, width)]

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def marks_cursor(self) -> bool:
        """Return whether the cursor is drawn: while the pane has the focus."""
        return self.has_focus

    def _draw_alias(self, row: EntityRow, width: int) -> list[Segment]:
        count = f" {row.mention_count:,} "
        name = fit(row.alias, max(width - 6 - cells(count), 4))
        gap = pad("", width - 6 - cells(name) - cells(count))
        return [Segment("      "), Segment(name), Segment(gap + count, self._part_style("faint"))]

    def _draw_entity(self, entity: Entity, width: int) -> list[Segment]:
        faint, accent = self._part_style("faint"), self._part_style("mark")
        selected = self.entity is not None and entity.id == self.entity.id
        mark = "●" if self.is_marked(entity) else "▌" if selected else " "
        count = f" {len(entity.mentions):,} "
        alias_count = len(self.reading.forms_of(entity)) - 1
        aliases = "" if alias_count < 1 else " −" if self.is_unfolded(entity) else f" +{alias_count}"
        is_suggested = entity.id in self._suggested_ids
        hint = " =?" if is_suggested else " ?" if entity.id in self._facts.suggested else ""
        signs = " ★" if entity.id in self._facts.starred else ""
        signs += f" {LISTED}" if entity.id in self._facts.listed else ""
        signs += f" {NOTED}" if entity.id in self._facts.noted else ""
        room = width - 3 - cells(signs + aliases + hint + count)
        name = fit(entity.name, max(room - 1, 4))
        style = self._styles.filled(entity.label) if selected else self._styles.plain(entity.label)
        return [
            Segment(mark, accent if mark == "●" else self._styles.color(entity.label)),
            Segment(letter_of(entity.label) + " ", faint),
            Segment(name, style),
            Segment(signs, accent),
            Segment(aliases, faint),
            Segment(hint, accent if is_suggested else faint),
            Segment(" " * (room - cells(name))),
            Segment(count, faint),
        ]

    def _ids_suggested_for(self, entity: Entity) -> set[str]:
        """Return the ids of the entities that may be one with an entity."""
        return {candidate.id for candidate, _ in self.reading.resolution.suggested_for(entity)}

    def _row_index(self, entity: Entity | None) -> int | None:
        """Return the index of the row of an entity; None where the filter hides it."""
        entity = self.reading.current(entity)
        index = self._row_indexes.get(entity.id) if entity else None
        return index if index is not None and self._rows[index].entity is entity else None

    def _rows_of(self, entity: Entity) -> Iterator[EntityRow]:
        """Yield the row of an entity, and those of its names if they are unfolded."""
        yield EntityRow(entity)
        counts = self.reading.forms_of(entity) if self.is_unfolded(entity) else {}
        if len(counts) > 1:
            for form, count in counts.items():
                yield EntityRow(entity, form, count)

    def _collect_facts(self) -> EntityFacts:
        """Return what filters, orders and signs need; the cost depends on the decisions, not on the text."""
        reading, decisions = self.reading, self.reading.history.decisions
        suggested = frozenset(id for suggestion in reading.suggestions for id in (suggestion.a, suggestion.b))

        def ids_of(names: Iterable[Name]) -> frozenset[str]:
            return frozenset(entity.id for name in names for entity in reading.entities_with(name))

        def name_at(start: int, end: int) -> Name | None:
            mention = reading.mention_with(start, end)
            return reading.name_of(mention) if mention else None

        changed: dict[str, int] = {}
        for name, decision_number in last_changes(decisions, name_at).items():
            for entity in reading.entities_with(name):
                changed[entity.id] = max(decision_number, changed.get(entity.id, 0))
        noted = ids_of(name for note in reading.notes.notes for name in note.names)
        tags = tags_by_entity(reading)
        return EntityFacts(
            suggested, ids_of(starred_names(decisions)), ids_of(self.marked), changed, noted, self.listed_ids, tags
        )

    def _index_of(self, earlier_entity: Entity | None, alias: str) -> int | None:
        """Return the index of the row of what an entity of an earlier resolution is now, or of its alias."""
        entity = self.reading.current(earlier_entity)
        if entity is None:
            return None
        row_index = self._row_index(entity)
        forms = list(self.reading.forms_of(entity)) if alias and self.is_unfolded(entity) else []
        return row_index + 1 + forms.index(alias) if row_index is not None and alias in forms else row_index

    def _part_style(self, name: str) -> Style:
        return self.part_style(f"entities--{name}")
