"""The details pane: one entity with its names, the evidence for merging them, and every mention in context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit
from reader.display.excerpts import excerpt
from reader.display.page import Page, wrapped
from reader.document import one_line
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.note_rows import LISTED, entity_note_rows, mention_note_row

if TYPE_CHECKING:
    from reader.collection.watchlists.screening import WatchlistHit

_EXCERPT_ROWS: Final = 2
_MAX_LINKS: Final = 8


class Details(RowList):
    """The selected entity, and two rows of context for each of its mentions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"details--faint", "details--title", "details--mark"}
    ITEM_HEIGHT: ClassVar[int] = _EXCERPT_ROWS + 1

    def __init__(self, reading: Reading, keymap: Keymap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading = reading
        self._keymap = keymap
        self.hits_of: Callable[[Entity], Sequence[WatchlistHit]] = lambda _: ()
        """Returns the hits of the watchlists that an entity has."""
        self.no_entities = ""
        """What is shown while the text has no entities."""
        self.pinned = False
        """Whether the entity stays when the cursor moves on."""
        self._entity: Entity | None = None
        self._page: Page | None = None
        self._marked: set[tuple[int, int]] = set()
        """The spans of the marked mentions."""
        self._styles = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity in the present resolution."""
        return self.reading.current(self._entity)

    @property
    def current(self) -> Mention | None:
        """The mention under the cursor."""
        entity = self.entity
        return entity.mentions[self.cursor] if entity and self.cursor < len(entity.mentions) else None

    @property
    def marked(self) -> list[Mention]:
        """The marked mentions of the entity."""
        mentions = entity.mentions if self._marked and (entity := self.entity) else ()
        return [mention for mention in mentions if mention[:2] in self._marked]

    @property
    def targets(self) -> list[Mention]:
        """The mentions that a command changes: the marked ones, or else the one under the cursor."""
        return self.marked or ([self.current] if self.current else [])

    def toggle_mark(self, mention: Mention) -> None:
        """Mark or unmark a mention."""
        self._marked ^= {mention[:2]}
        self.refresh()

    def unmark_all(self) -> None:
        """Unmark every mention."""
        self._marked.clear()
        self.refresh()

    def show_entity(self, entity: Entity | None, page: Page | None, index: int = 0) -> None:
        """Show an entity, the cursor on the mention with an index.

        Args:
            entity: The entity, None for none.
            page: The text as it is laid out; mentions are shown once it is.
            index: The index of the mention.
        """
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
        """Bring the mention into view; for the first one show the heading instead, unless the pane has the focus."""
        if self.cursor == 0 and not self.has_focus:
            self.scroll_to(y=0, animate=False)
        else:
            super().show_cursor()

    def marks_cursor(self) -> bool:
        """Return whether the cursor is drawn: while the pane has the focus."""
        return self.has_focus

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return the name, label, notes, aliases, links, and related or suggested entities."""
        entity = self.entity
        notes = [[Segment(f" {row}")] for row in entity_note_rows(self.reading, entity, max(width - 2, 1))]
        if entity is None:
            return [*self._faint_lines([self._empty_message()], width), *([[], *notes] if notes else [])]
        count = len(entity.mentions)
        pin = " · pinned" if self.pinned else ""
        kind = f" {entity.label} · {count:,} mention{'s' if count != 1 else ''}{pin}"
        lines = [
            [Segment(" "), Segment(fit(entity.name, max(width - 2, 1)), self._styles.plain(entity.label))],
            [Segment(kind, self._part_style("faint"))],
        ]
        lines += [[], *notes] if notes else []
        lines += self._aliases(entity, width)
        lines += self._links(entity, width)
        lines += self._neighbors(entity, width)
        lines += self._hits(entity, width)
        return [*lines, []]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a mention in its context, with the beginning of its note."""
        assert self.entity is not None
        mention = self.entity.mentions[index]
        faint = self._part_style("faint")
        number = f"{index + 1:>3} "
        indent = " " * len(number)
        text_width = max(width - len(number) - 1, 1)
        name_style = self._styles.plain(mention.label)
        lines = []
        for row_index, row in enumerate(excerpt(self.reading.document, mention, text_width, _EXCERPT_ROWS)):
            lead = [Segment(indent, faint)] if row_index else self._numbered_lead(number, mention)
            lines.append([*lead, Segment(row.before, faint), Segment(row.name, name_style), Segment(row.after, faint)])
        note = mention_note_row(self.reading, mention, text_width)
        return [*lines, [Segment(indent + note)] if note else []]

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    def _empty_message(self) -> str:
        if not self.reading.entities and self.no_entities:
            return self.no_entities
        next_key, list_key = self._keymap.key_of("next-mention"), self._keymap.key_of("go-entities")
        return f"No entity is selected. {next_key} goes to the next mention in the text, {list_key} to the entities."

    def _numbered_lead(self, number: str, mention: Mention) -> list[Segment]:
        """Return the number of a mention, with its mark if it has one."""
        faint, mark = self._part_style("faint"), Segment("●", self._part_style("mark"))
        if mention[:2] not in self._marked:
            return [Segment(number, faint)]
        return [mark, Segment(number[1:], faint)] if number[0] == " " else [Segment(number[:-1], faint), mark]

    def _aliases(self, entity: Entity, width: int) -> list[list[Segment]]:
        counts = self.reading.forms_of(entity)
        if list(counts) == [entity.name]:
            return []
        faint = self._part_style("faint")
        lines = []
        for form, count in counts.items():
            count_column = f"{count:,} "
            fitted = fit(form, max(width - 4 - len(count_column), 1))
            gap = " " * max(width - 3 - cells(fitted) - len(count_column), 1)
            lines.append([Segment("   "), Segment(fitted), Segment(gap + count_column, faint)])
        return [[], *lines]

    def _links(self, entity: Entity, width: int) -> list[list[Segment]]:
        if not entity.links:
            return []
        lines = [f"{link.a} = {link.b}: {link.rule.explanation}" for link in entity.links[:_MAX_LINKS]]
        if len(entity.links) > _MAX_LINKS:
            lines.append(f"… and {len(entity.links) - _MAX_LINKS} more reasons")
        return [[], *self._faint_lines(lines, width)]

    def _neighbors(self, entity: Entity, width: int) -> list[list[Segment]]:
        lines = [f"related: {related.name}" for related in self.reading.related_to(entity)]
        for candidate, suggestion in self.reading.suggested_for(entity):
            reason = suggestion.rule.explanation
            lines.append(f"maybe also: {candidate.name} ({candidate.label}), {reason}")
        return [[], *self._faint_lines(lines, width)] if lines else []

    def _hits(self, entity: Entity, width: int) -> list[list[Segment]]:
        """Return the names of watchlists that an entity is like."""
        answers = {"yes": "the listed one", "unsure": "unsure"}
        lines = [
            f"{LISTED} like {one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed.id}), {hit.score:.0%}: "
            f"{answers.get(hit.answer) or one_line('; '.join(hit.reasons))}"
            for hit in self.hits_of(entity)
        ]
        return [[], *self._faint_lines(lines, width)] if lines else []

    def _faint_lines(self, lines: list[str], width: int) -> list[list[Segment]]:
        """Return lines of text, wrapped to the width."""
        style = self._part_style("faint")
        return [[Segment(f" {row}", style)] for line in lines for row in wrapped(line, max(width - 2, 1))]

    def _part_style(self, name: str) -> Style:
        return self.get_component_rich_style(f"details--{name}", partial=True)
