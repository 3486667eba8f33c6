"""The sidebar: the entities of the article, one a row, aliases merged."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.reading import Reading
from reader.resolve import Entity, Name
from reader.ui.cells import cells, fit, pad
from reader.ui.labels import look_of
from reader.ui.looks import LabelStyles
from reader.ui.rows import RowList


class Order(StrEnum):
    """How the entities are sorted."""

    PLACE = "place"
    COUNT = "count"
    NAME = "name"


_SORT_KEYS: Final[dict[Order, Callable[[Entity], Any]]] = {
    Order.PLACE: lambda entity: entity.mentions[0].start,
    Order.COUNT: lambda entity: (-len(entity.mentions), entity.mentions[0].start),
    Order.NAME: lambda entity: (entity.name.casefold(), entity.mentions[0].start),
}


class EntityList(RowList):
    """Name, label, number of aliases and of mentions of every entity."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entities--mark", "entities--faint", "entities--title"}

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.reading = reading
        self.order = Order.PLACE
        self.marked: set[Name] = set()
        """Names whose entities are marked for merging; marks outlive sorting and other changes."""
        self.entity: Entity | None = None
        """The selected entity, which stands out here as in the text."""
        self._entities: list[Entity] = []
        self._rows: dict[str, int] = {}
        self._suggested: set[str] = set()
        self._styles = LabelStyles(self)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor."""
        return self._entities[self.cursor] if self.cursor < len(self._entities) else None

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
        held = self.current
        self._entities = sorted(self.reading.entities, key=_SORT_KEYS[self.order])
        self._rows = {entity.id: row for row, entity in enumerate(self._entities)}
        self._suggested = {each for suggestion in self.reading.suggestions for each in (suggestion.a, suggestion.b)}
        self.refill(cursor=self._index_like(held))

    def next_order(self) -> Order:
        """Sort in another way; return which."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.reload()
        self.show_cursor()
        return self.order

    def show_entity(self, entity: Entity | None) -> None:
        """Let an entity stand out, and put the cursor on it."""
        changed = [each for each in (self.entity, entity) if each is not None]
        self.entity = entity
        self.refresh_items(*(self._rows[each.id] for each in changed if each.id in self._rows))
        if entity is not None and entity.id in self._rows:
            self.put_cursor(self._rows[entity.id])

    def item_count(self) -> int:
        """Return the number of entities."""
        return len(self._entities)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the title line."""
        del width
        title = f" {len(self._entities):,} entities" if len(self._entities) != 1 else " 1 entity"
        return [[Segment(title, self._part("entities--title"))], []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of one entity."""
        entity = self._entities[index]
        faint = self._part("entities--faint")
        selected = self.entity is not None and entity.id == self.entity.id
        mark = "●" if self.is_marked(entity) else "▌" if selected else " "
        count = f" {len(entity.mentions):,} "
        extra = f" +{len(entity.names) - 1}" if len(entity.names) > 1 else ""
        hint = " ?" if entity.id in self._suggested else ""
        room = max(width - 4 - cells(count) - cells(extra) - cells(hint), 4)
        name = fit(entity.name, room)
        style = self._styles.filled(entity.label) if selected else self._styles.plain(entity.label)
        mark_style = self._part("entities--mark") if mark == "●" else self._styles.color(entity.label)
        return [
            [
                Segment(mark, mark_style),
                Segment(look_of(entity.label).key + " ", faint),
                Segment(name, style),
                Segment(extra + hint, faint),
                Segment(pad("", width - 3 - cells(name) - cells(extra) - cells(hint) - cells(count))),
                Segment(count, faint),
            ]
        ]

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def marks_cursor(self) -> bool:
        """The cursor shows while the pane has the focus."""
        return self.has_focus

    def _index_like(self, held: Entity | None) -> int | None:
        if held is None:
            return None
        for mention in held.mentions:
            if owner := self.reading.entity_of(mention):
                return self._rows.get(owner.id)
        return None

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
