"""The sidebar: the entities of the article, one a row, aliases merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style

from reader.annotate import last_changes, starred
from reader.display.cells import cells, fit, pad
from reader.display.labels import letter_of
from reader.reading import Reading
from reader.resolve import Entity, Name
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.panels.entity_filter import Filter, Known, Order, parse_filter, sort_key, tags_by_entity
from reader.ui.panels.note_rows import NOTED


class Row(NamedTuple):
    """A row of the sidebar: an entity, or one of its names that are folded out below it."""

    entity: Entity
    alias: str = ""
    under: int = 0
    """Mentions under the alias."""


class EntityList(RowList):
    """Name, label, number of aliases and of mentions of every entity."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entities--mark", "entities--faint", "entities--title"}

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self.order = Order.PLACE
        self.marked: set[Name] = set()
        """Names whose entities are marked for merging; marks outlive sorting and other changes."""
        self._entity: Entity | None = None
        self.filter = ""
        """What the user wants to see of them; "" for all."""
        self._wanted = Filter()
        self._unfolded: set[Name] = set()
        self._entities: list[Row] = []
        self._rows: dict[str, int] = {}
        self._known = Known()
        self._partners: set[str] = set()
        self._styles = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity, as it is now; it stands out here as in the text."""
        return self.reading.current(self._entity)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor, as it is now, also from one of its names."""
        return self.reading.current(self._entities[self.cursor].entity) if self.cursor < len(self._entities) else None

    @property
    def current_alias(self) -> str:
        """The folded-out name under the cursor, "" where it is on an entity."""
        return self._entities[self.cursor].alias if self.cursor < len(self._entities) else ""

    def marked_entities(self) -> list[Entity]:
        """Return the entities that are marked, by place."""
        return [entity for entity in self.reading.entities if self.is_marked(entity)]

    def is_marked(self, entity: Entity) -> bool:
        """Tell whether an entity is marked."""
        return bool(self.marked) and not self.marked.isdisjoint(self.reading.names_of(entity))

    def toggle_mark(self, entity: Entity) -> None:
        """Mark an entity, or take its mark away."""
        names = set(self.reading.names_of(entity))
        if self.is_marked(entity):
            self.marked -= names
        else:
            self.marked.add(next(iter(self.reading.names_of(entity))))
        self.refresh()

    def reload(self) -> None:
        """Take over the entities of the reading; the cursor stays on its entity where that still is."""
        held, alias = self.current, self.current_alias
        self._known = self._learn()
        shown = list(self.reading.entities)
        if self.filter:
            shown = [each for each in shown if self._wanted.shows(each, self._known)]
        if self.order is not Order.PLACE:  # in which they are
            shown.sort(key=lambda entity: sort_key(entity, self.order, self._known))
        if self._unfolded:
            self._entities = [row for entity in shown for row in self._rows_of(entity)]
        else:
            self._entities = [*map(Row, shown)]
        self._rows = {row.entity.id: place for place, row in reversed([*enumerate(self._entities)])}
        self.refill(cursor=self._index_like(held, alias))

    def set_filter(self, typed: str) -> None:
        """Show only what fits: `type:ORG`, `status:suggested`, parts of names; "" for all.

        The cursor stays on its entity, or goes to the first where that is not shown.

        Raises:
            ValueError: It cannot be understood.
        """
        self._wanted, self.filter = parse_filter(typed), typed.strip()
        held = self.current or self.entity
        self.reload()
        if held is None or self.current is None or self.current.id != held.id:
            self.put_cursor(self._row_of_entity(held) or 0)
        self.show_cursor()

    def shows(self, entity: Entity) -> bool:
        """Tell whether an entity has a row: the filter lets it through."""
        return self._row_of_entity(entity) is not None

    def fold(self, entity: Entity, *, out: bool) -> None:
        """Show the names of an entity below it, or hide them."""
        names = self.reading.names_of(entity)
        if out:
            self._unfolded.add(names[0])
        else:
            self._unfolded -= set(names)
        self.reload()
        row = self._row_of_entity(entity)
        if not out and row is not None:
            self.move_to(row)

    def is_unfolded(self, entity: Entity) -> bool:
        """Tell whether an entity's names are shown below it."""
        return bool(self._unfolded) and not self._unfolded.isdisjoint(self.reading.names_of(entity))

    def next_order(self) -> Order:
        """Sort in another way; return which."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.reload()
        self.show_cursor()
        return self.order

    def show_entity(self, entity: Entity | None) -> None:
        """Let an entity stand out, and put the cursor on it."""
        changed = {each.id for each in (self.entity, entity) if each is not None} | self._partners
        self._entity = entity
        self._partners = self._partners_of(entity) if entity else set()
        self.refresh_items(*(self._rows[each] for each in changed | self._partners if each in self._rows))
        here = self.current
        row = self._row_of_entity(entity)
        if row is not None and here is not entity:
            self.put_cursor(row)

    def item_count(self) -> int:
        """Return the number of rows."""
        return len(self._entities)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the title line."""
        total = len(self.reading.entities)
        title = f" {total:,} entities" if total != 1 else " 1 entity"
        lines = [[Segment(title, self._part("entities--title"))], []]
        if self.filter:
            lines[1:1] = [
                [Segment(fit(f" {len(self._rows):,} shown: {self.filter}", width), self._part("entities--mark"))]
            ]
        return lines

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of one entity."""
        row = self._entities[index]
        return [self._draw_alias(row, width) if row.alias else self._draw_entity(row.entity, width)]

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def marks_cursor(self) -> bool:
        """The cursor shows while the pane has the focus."""
        return self.has_focus

    def _draw_alias(self, row: Row, width: int) -> list[Segment]:
        count = f" {row.under:,} "
        name = fit(row.alias, max(width - 6 - cells(count), 4))
        gap = pad("", width - 6 - cells(name) - cells(count))
        return [Segment("      "), Segment(name), Segment(gap + count, self._part("entities--faint"))]

    def _draw_entity(self, entity: Entity, width: int) -> list[Segment]:
        faint, accent = self._part("entities--faint"), self._part("entities--mark")
        selected = self.entity is not None and entity.id == self.entity.id
        mark = "●" if self.is_marked(entity) else "▌" if selected else " "
        count = f" {len(entity.mentions):,} "
        others = len(self.reading.forms_of(entity)) - 1
        extra = "" if others < 1 else " −" if self.is_unfolded(entity) else f" +{others}"
        near = entity.id in self._partners
        hint = " =?" if near else " ?" if entity.id in self._known.suggested else ""
        star = " ★" if entity.id in self._known.starred else ""
        star += f" {NOTED}" if entity.id in self._known.noted else ""
        name = fit(entity.name, max(width - 4 - sum(map(cells, (count, extra, hint, star))), 4))
        style = self._styles.filled(entity.label) if selected else self._styles.plain(entity.label)
        gap = width - 3 - sum(map(cells, (name, extra, hint, star, count)))
        return [
            Segment(mark, accent if mark == "●" else self._styles.color(entity.label)),
            Segment(letter_of(entity.label) + " ", faint),
            Segment(name, style),
            Segment(star, accent),
            Segment(extra, faint),
            Segment(hint, accent if near else faint),
            Segment(pad("", gap)),
            Segment(count, faint),
        ]

    def _partners_of(self, entity: Entity) -> set[str]:
        """Return the ids of the entities that may be one with this one."""
        return {other.id for other, _ in self.reading.suggested_for(entity)}

    def _row_of_entity(self, entity: Entity | None) -> int | None:
        """Return the row of an entity, as it is now; None where the filter hides it."""
        entity = self.reading.current(entity)
        row = self._rows.get(entity.id) if entity else None
        return row if row is not None and self._entities[row].entity is entity else None

    def _rows_of(self, entity: Entity) -> Iterator[Row]:
        yield Row(entity)
        forms = self.reading.forms_of(entity) if self.is_unfolded(entity) else {}
        if len(forms) > 1:
            for form, number in forms.items():
                yield Row(entity, form, number)

    def _learn(self) -> Known:
        """Return what is known of the entities besides themselves; costs what was decided, not what the text holds."""
        reading, decisions = self.reading, self.reading.history.decisions
        suggested = frozenset(each for pair in reading.suggestions for each in (pair.a, pair.b))

        def ids(names: Iterable[Name]) -> frozenset[str]:
            return frozenset(entity.id for name in names for entity in reading.entities_with(name))

        def name_at(start: int, end: int) -> Name | None:
            mention = reading.mention_with(start, end)
            return reading.name_of(mention) if mention else None

        changed: dict[str, int] = {}
        for name, number in last_changes(decisions, name_at).items():
            for entity in reading.entities_with(name):
                changed[entity.id] = max(number, changed.get(entity.id, 0))
        remarks = reading.notes
        noted = ids(name for note in remarks.notes for name in note.names)
        return Known(suggested, ids(starred(decisions)), ids(self.marked), changed, noted, tags_by_entity(reading))

    def _index_like(self, held: Entity | None, alias: str) -> int | None:
        entity = self.reading.current(held)
        if entity is None:
            return None
        row = self._row_of_entity(entity)
        forms = list(self.reading.forms_of(entity)) if alias and self.is_unfolded(entity) else []
        return row + 1 + forms.index(alias) if row is not None and alias in forms else row

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
