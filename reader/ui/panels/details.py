"""The details pane: one entity, where it occurs, the evidence for merging its names, and every mention in context."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from reader.display.cells import fit
from reader.display.entity_context.companions import EntityCompanion
from reader.display.entity_context.concordance import MentionOrder
from reader.display.entity_context.density import density_counts, density_row, part_of, start_of_part
from reader.display.page import Page
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.structures.lazy_dataclass import dataclass
from reader.ui.base.background_work import start_work
from reader.ui.base.label_styles import LabelStyles
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details_heading import (
    ViewKey,
    alias_rows,
    empty_rows,
    faint_rows,
    hit_lines,
    link_lines,
    neighbor_lines,
    view_key_rows,
)
from reader.ui.panels.details_listing import DetailsListing, DetailsView
from reader.ui.panels.details_rows import (
    EXCERPT_ROWS,
    DetailsStyles,
    companion_columns,
    companion_row,
    concordance_row,
    excerpt_rows,
)
from reader.ui.panels.note_rows import entity_note_rows

if TYPE_CHECKING:
    from reader.collection.watchlists.screening import WatchlistHit

_SECONDS_AT_ONCE: Final = 0.006
"""Seconds of sorting or counting between which keys are handled."""
_DENSITY_ROW: Final = 2
"""The row of the title that shows where in the text the entity occurs."""


class Details(RowList):
    """The selected entity, and its mentions or companions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"details--faint", "details--title", "details--mark"}

    class ViewChanged(Message):
        """Something else is listed, which may need another width."""

    @dataclass(slots=True)
    class PartClicked(Message):
        """A part of the row of bars was clicked."""

        start: int
        """The first offset of that part of the text."""
        mention: Mention | None
        """The first mention of the entity in it."""

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
        self.view = DetailsView.MENTIONS
        self.order = MentionOrder.POSITION
        """The order of the concordance."""
        self._entity: Entity | None = None
        self._page: Page | None = None
        self._position: int | None = None
        """The offset of the cursor of the text."""
        self._listing: DetailsListing | None = None
        """What is listed; None for the mentions in text order."""
        self._shown_indexes: Sequence[int] = ()
        """The indexes of the mentions as the pane shows them, unless they are in text order."""
        self._last_index = 0
        """The index of the mention that was current before the companions were shown."""
        self._marked: set[tuple[int, int]] = set()
        """The spans of the marked mentions."""
        self._styles = LabelStyles(self)

    @property
    def entity(self) -> Entity | None:
        """The selected entity in the present resolution."""
        return self.reading.current(self._entity)

    @property
    def current(self) -> Mention | None:
        """The mention under the cursor; None among the companions."""
        entity = self.entity
        if entity is None or self.view is DetailsView.COMPANIONS or self.mention_index >= len(entity.mentions):
            return None
        return entity.mentions[self.mention_index]

    @property
    def mention_index(self) -> int:
        """The index of the mention under the cursor; among the companions, of the mention that was current before."""
        if self.view is DetailsView.COMPANIONS:
            return self._last_index
        return self._shown_indexes[self.cursor] if self.cursor < len(self._shown_indexes) else self.cursor

    @property
    def companion(self) -> EntityCompanion | None:
        """The companion under the cursor, while companions are listed."""
        companions = self._companions
        return companions[self.cursor] if self.cursor < len(companions) else None

    @property
    def is_complete(self) -> bool:
        """Whether what is listed has been sorted or counted."""
        return self._listing is None or self._listing.complete

    @property
    def marked(self) -> list[Mention]:
        """The marked mentions of the entity."""
        mentions = entity.mentions if self._marked and (entity := self.entity) else ()
        return [mention for mention in mentions if mention[:2] in self._marked]

    @property
    def targets(self) -> list[Mention]:
        """The mentions that a command changes: the marked ones, or else the one under the cursor."""
        if self.view is DetailsView.COMPANIONS:
            return []
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
        self._last_index = index
        if entity is self._entity and page is self._page:
            if self.view is not DetailsView.COMPANIONS:
                self.put_cursor(self._row_with(index))
            return
        self._entity, self._page = entity, page
        self._list_items()
        self.refill(cursor=0 if self.view is DetailsView.COMPANIONS else self._row_with(index))
        self.scroll_to(y=0, animate=False)
        self.show_cursor()

    def show_view(self, view: DetailsView, order: MentionOrder = MentionOrder.POSITION) -> None:
        """List the mentions, the mentions with the words beside them in an order, or the companions.

        The cursor stays on its mention.
        """
        self._last_index = self.mention_index
        self.view, self.order = view, order
        self.post_message(self.ViewChanged())
        self._list_items()
        self.refill(cursor=0 if view is DetailsView.COMPANIONS else self._row_with(self._last_index))
        self.show_cursor()

    def show_position(self, offset: int) -> None:
        """Show where in the text the cursor is."""
        width, length = self._bar_width, len(self.reading.document.text)
        old, self._position = self._position, offset
        if old is None or part_of(old, length, width) != part_of(offset, length, width):
            self.refresh_title()

    def refill(self, *, cursor: int | None = None) -> None:
        """Draw the entity again after it, its mentions or its companions have changed."""
        self._list_items()
        super().refill(cursor=cursor)

    def item_count(self) -> int:
        """Return the number of mentions or companions."""
        if self.view is DetailsView.COMPANIONS:
            return len(self._companions)
        return len(entity.mentions) if self._page and (entity := self.entity) else 0

    @property
    def item_height(self) -> int:
        """Two rows of context and one for a note, unless the items are rows of a table."""
        return EXCERPT_ROWS + 1 if self.view is DetailsView.MENTIONS else 1

    def show_cursor(self) -> None:
        """Bring the mention into view; for the first one show the heading instead, unless the pane has the focus."""
        if self.cursor == 0 and not self.has_focus:
            self.scroll_to(y=0, animate=False)
        else:
            super().show_cursor()

    def marks_cursor(self) -> bool:
        """Return whether the cursor is drawn: while the pane has the focus."""
        return self.has_focus

    def draw_title(self, width: int) -> list[list[Segment]]:
        """Return the name, the label with the number of mentions, and where in the text they are."""
        entity = self.entity
        if entity is None:
            return []
        count = len(entity.mentions)
        pin = " · pinned" if self.pinned else ""
        kind = f" {entity.label} · {count:,} mention{'s' if count != 1 else ''}{pin}"
        return [
            [Segment(" "), Segment(fit(entity.name, max(width - 2, 1)), self._styles.plain(entity.label))],
            [Segment(kind, self._part_style("faint"))],
            self._density(entity),
        ]

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return notes, aliases, links and other entities, and the keys that change what is listed."""
        entity, styles = self.entity, self._row_styles
        notes = [[Segment(f" {row}")] for row in entity_note_rows(self.reading, entity, max(width - 2, 1))]
        if entity is None:
            no_entities = "" if self.reading.entities else self.no_entities
            rows = [
                [Segment(f" {row}", styles.faint)] for row in empty_rows(no_entities, self._keymap, max(width - 2, 1))
            ]
            return [*rows, *([[], *notes] if notes else [])]
        lines: list[list[Segment]] = []
        if self.view is DetailsView.MENTIONS:
            lines += [[], *notes] if notes else []
            lines += alias_rows(self.reading, entity, styles, width)
            for section in (
                link_lines(entity),
                neighbor_lines(self.reading.resolution, entity),
                hit_lines(self.hits_of(entity)),
            ):
                lines += [[], *faint_rows(section, styles, width)] if section else []
        lines += [[], *view_key_rows(self._view_keys(), styles, width)]
        if self.view is DetailsView.COMPANIONS:
            lines.append(self._companions_heading(styles, width))
        return [*lines, []] if self.view is DetailsView.MENTIONS else lines

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return a mention in its context, or a companion."""
        if self.view is DetailsView.COMPANIONS:
            return [companion_row(self._companions[index], self._row_styles, width)]
        assert self.entity is not None
        number = self._shown_indexes[index] if index < len(self._shown_indexes) else index
        mention = self.entity.mentions[number]
        marked = mention[:2] in self._marked
        if self.view is DetailsView.CONCORDANCE:
            return [concordance_row(self.reading, mention, self._row_styles, width, marked=marked)]
        return excerpt_rows(self.reading, mention, number + 1, self._row_styles, width, marked=marked)

    def on_click(self, event: events.Click) -> None:
        """Report which part of the row of bars was clicked; what else is clicked is the list's business."""
        position = event.get_content_offset_capture(self)
        entity, part, width = self.entity, position.x - 1, self._bar_width
        row = position.y if position.y < self._fixed_lines else position.y + self.scroll_offset.y
        if entity is None or row != _DENSITY_ROW or not 0 <= part < width:
            return
        length = len(self.reading.document.text)
        start, end = start_of_part(part, length, width), start_of_part(part + 1, length, width)
        index = bisect_left(entity.mentions, start, key=lambda mention: mention.start)
        mention = entity.mentions[index] if index < len(entity.mentions) else None
        self.post_message(self.PartClicked(start, mention if mention and mention.start < end else None))

    def notify_style_update(self) -> None:
        """Forget the colors of the previous theme."""
        self._styles = LabelStyles(self)
        super().notify_style_update()

    # What is listed

    @property
    def _companions(self) -> Sequence[EntityCompanion]:
        return self._listing.companions if self._listing and self.view is DetailsView.COMPANIONS else ()

    def _row_with(self, index: int) -> int:
        """Return the row that shows the mention with an index."""
        return self._shown_indexes.index(index) if index in self._shown_indexes else index

    def _list_items(self) -> None:
        """Sort the mentions or count the companions, unless that has been done; in the background if it takes long."""
        entity = self.entity
        if entity is None or self.view is DetailsView.MENTIONS:
            self._listing, self._shown_indexes = None, ()
        elif self._listing is None or not self._listing.is_of(entity, self.view, self.order):
            listing = self._listing = DetailsListing(self.reading, entity, self.view, self.order)
            listing.compute(_SECONDS_AT_ONCE)
            self._shown_indexes = listing.mention_indexes if listing.complete else ()
            if not listing.complete:
                start_work(self, partial(self._compute_rest, listing), group="details", exclusive=True)

    async def _compute_rest(self, listing: DetailsListing) -> None:
        """Compute in small portions, between which keys are handled; then show the result."""
        while not listing.complete:
            await asyncio.sleep(0)
            if listing is not self._listing:
                return
            listing.compute(_SECONDS_AT_ONCE)
        if self.view is DetailsView.COMPANIONS:
            self.refill(cursor=0)
            return
        index = self.mention_index
        self._shown_indexes = listing.mention_indexes
        self.refill(cursor=self._row_with(index))
        self.show_cursor()

    # Drawing

    @property
    def _bar_width(self) -> int:
        """The number of parts of the text that have a bar."""
        return max(self.scrollable_content_region.width - 2, 1)

    def _density(self, entity: Entity) -> list[Segment]:
        """Return the row of bars that shows where in the text the entity occurs, and where the cursor is."""
        width, length = self._bar_width, len(self.reading.document.text)
        position = None if self._position is None else part_of(self._position, length, width)
        row = density_row(density_counts(entity.mentions, length, width), position)
        style, mark = self._styles.color(entity.label), self._part_style("mark")
        if position is None:
            return [Segment(" "), Segment(row, style)]
        before, sign, after = row[:position], row[position], row[position + 1 :]
        return [Segment(" "), Segment(before, style), Segment(sign, mark), Segment(after, style)]

    def _companions_heading(self, styles: DetailsStyles, width: int) -> list[Segment]:
        """Return the heads of the columns, or why there are none."""
        if not self.is_complete:
            return [Segment(" counting …", styles.faint)]
        if not self._companions:
            return [Segment(" no other name in these paragraphs", styles.faint)]
        return companion_columns(styles, width)

    def _view_keys(self) -> list[ViewKey]:
        """Return the keys that change what is listed, and the one that lists reasons, if there are any."""
        in_concordance = self.view is DetailsView.CONCORDANCE
        active_by_command = {
            "details-by-position": in_concordance and self.order is MentionOrder.POSITION,
            "details-by-words-before": in_concordance and self.order is MentionOrder.WORDS_BEFORE,
            "details-by-words-after": in_concordance and self.order is MentionOrder.WORDS_AFTER,
            "details-companions": self.view is DetailsView.COMPANIONS,
        }
        entity = self.entity
        if entity is not None and (entity.links or self.reading.resolution.suggested_for(entity)):
            active_by_command["reasons"] = False
        return [
            ViewKey(self._keymap.key_of(command), COMMANDS_BY_ID[command].words, active=active)
            for command, active in active_by_command.items()
        ]

    @property
    def _row_styles(self) -> DetailsStyles:
        return DetailsStyles(self._styles, self._part_style("faint"), self._part_style("mark"))

    def _part_style(self, name: str) -> Style:
        return self.part_style(f"details--{name}")
