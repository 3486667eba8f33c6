"""The details pane: one entity, its names, why they are one, and every mention in context."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit
from reader.display.excerpts import excerpt
from reader.display.page import Page, wrapped
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.panels.note_rows import entity_rows, mention_row

_EXCERPT_ROWS: Final = 2
_MOST_LINKS: Final = 8


class Details(RowList):
    """Every mention of the selected entity, two rows of context each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"details--faint", "details--title", "details--mark"}
    ITEM_HEIGHT: ClassVar[int] = _EXCERPT_ROWS + 1

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self._entity: Entity | None = None
        self._page: Page | None = None
        self._marked: set[tuple[int, int]] = set()
        self._styles = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The entity whose mentions are shown, as it is now."""
        return self.reading.current(self._entity)

    @property
    def current(self) -> Mention | None:
        """The mention under the cursor."""
        entity = self.entity
        return entity.mentions[self.cursor] if entity and self.cursor < len(entity.mentions) else None

    @property
    def marked(self) -> list[Mention]:
        """The mentions that are marked, of the entity that is shown."""
        mentions = entity.mentions if self._marked and (entity := self.entity) else ()
        return [mention for mention in mentions if mention[:2] in self._marked]

    @property
    def chosen(self) -> list[Mention]:
        """The mentions that a command is about: those that are marked, or else the one under the cursor."""
        return self.marked or ([self.current] if self.current else [])

    def toggle_mark(self, mention: Mention) -> None:
        """Mark a mention, or take its mark away."""
        self._marked ^= {mention[:2]}
        self.refresh()

    def unmark(self) -> None:
        """Take every mark away."""
        self._marked.clear()
        self.refresh()

    def show_entity(self, entity: Entity | None, page: Page | None, index: int = 0) -> None:
        """Show an entity, the cursor on one of its mentions."""
        if entity is self._entity and page is self._page:
            self.put_cursor(index)
            return
        self._entity, self._page = entity, page
        self.refill(cursor=index)
        self.scroll_to(y=0, animate=False)
        self.show_cursor()

    def item_count(self) -> int:
        """Return the number of mentions."""
        return len(entity.mentions) if self._page and (entity := self.entity) else 0

    def show_cursor(self) -> None:
        """Bring the mention into view; unless somebody works here, the entity's name goes before its first mention."""
        if self.cursor == 0 and not self.has_focus:
            self.scroll_to(y=0, animate=False)
        else:
            super().show_cursor()

    def marks_cursor(self) -> bool:
        """The cursor shows while the pane has the focus."""
        return self.has_focus

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the entity's name, label and aliases, and what holds them together."""
        faint, entity = self._part("details--faint"), self.entity
        remarks = [[Segment(f" {row}")] for row in entity_rows(self.reading, entity, max(width - 2, 1))]
        if entity is None:
            none = ["No entity is selected. ] goes to the next one in the text, g e to the list."]
            return [*self._faint(none, width), *([[], *remarks] if remarks else [])]
        count = len(entity.mentions)
        lines = [
            [Segment(" "), Segment(fit(entity.name, max(width - 2, 1)), self._styles.plain(entity.label))],
            [Segment(f" {entity.label} · {count:,} mention{'s' if count != 1 else ''}", faint)],
        ]
        lines += [[], *remarks] if remarks else []
        lines += self._aliases(entity, width)
        lines += self._reasons(entity, width)
        lines += self._neighbors(entity, width)
        return [*lines, []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a mention in its context."""
        assert self.entity is not None
        mention = self.entity.mentions[index]
        faint = self._part("details--faint")
        number = f"{index + 1:>3} "
        rows = excerpt(
            self.reading.document,
            mention,
            max(width - len(number) - 1, 1),
            _EXCERPT_ROWS,
        )
        lines = []
        for line, row in enumerate(rows):
            lead = self._lead(number, mention) if line == 0 else [Segment(" " * len(number), faint)]
            name = Segment(row.name, self._styles.plain(mention.label))
            lines.append([*lead, Segment(row.before, faint), name, Segment(row.after, faint)])
        remark = mention_row(self.reading, mention, max(width - len(number) - 1, 1))
        return [*lines, [Segment(" " * len(number) + remark)] if remark else []]

    def _lead(self, number: str, mention: Mention) -> list[Segment]:
        """Return the number of a mention, with its mark beside it."""
        faint, mark = self._part("details--faint"), Segment("●", self._part("details--mark"))
        if mention[:2] not in self._marked:
            return [Segment(number, faint)]
        return [mark, Segment(number[1:], faint)] if number[0] == " " else [Segment(number[:-1], faint), mark]

    def notify_style_update(self) -> None:
        """Forget the colors of the theme before."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def _aliases(self, entity: Entity, width: int) -> list[list[Segment]]:
        forms = self.reading.forms_of(entity)
        if list(forms) == [entity.name]:
            return []
        lines = []
        for name, number in forms.items():
            count = f"{number:,} "
            shown = fit(name, max(width - 4 - len(count), 1))
            gap = " " * max(width - 3 - cells(shown) - len(count), 1)
            lines.append([Segment("   "), Segment(shown), Segment(gap + count, self._part("details--faint"))])
        return [[], *lines]

    def _reasons(self, entity: Entity, width: int) -> list[list[Segment]]:
        if not entity.links:
            return []
        lines = [f" {link.a} = {link.b}: {link.rule.explanation}" for link in entity.links[:_MOST_LINKS]]
        if len(entity.links) > _MOST_LINKS:
            lines.append(f" … and {len(entity.links) - _MOST_LINKS} more reasons")
        return [[], *self._faint(lines, width)]

    def _neighbors(self, entity: Entity, width: int) -> list[list[Segment]]:
        lines = [f" related: {other.name}" for other in self.reading.related_to(entity)]
        for other, suggestion in self.reading.suggested_for(entity):
            why = suggestion.rule.explanation
            lines.append(f" maybe also: {other.name} ({other.label}), {why}")
        return [[], *self._faint(lines, width)] if lines else []

    def _faint(self, lines: list[str], width: int) -> list[list[Segment]]:
        style = self._part("details--faint")
        return [[Segment(" " + row, style)] for line in lines for row in wrapped(line.strip(), max(width - 2, 1))]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
