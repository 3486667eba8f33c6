"""The three panes of the reading screen, laid out by the terminal's width.

They are side by side on a wide terminal; on a narrower one the entities and the details share a column beside the
text, or lie over it. From 120 to 159 cells the details take no room until the user goes to an entity, and again after
Escape. Nothing else opens or closes them, so that the rows of the text stay while the cursor walks over mentions.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from reader.resolve import Entity
from reader.ui.article.pane import Article
from reader.ui.base.row_list import RowList
from reader.ui.keys.contexts import Context
from reader.ui.panels.details import Details
from reader.ui.panels.details_listing import DetailsView
from reader.ui.panels.entity_list import EntityList

_WIDEST: Final = 200
_WIDER: Final = 160
_WIDE: Final = 120
_MEDIUM: Final = 80
_SHORT: Final = 12
"""Rows below which only the text is shown."""

Pane: TypeAlias = Article | RowList


class Panes:
    """The layout of the panes, the focus among them, and the sides that follow the text."""

    def __init__(self, screen: Screen[Any], article: Article, entity_list: EntityList, details: Details) -> None:
        self._screen = screen
        self._article, self._entity_list, self._details = article, entity_list, details
        self._sides: tuple[RowList, ...] = (entity_list, details)
        self._to_show: tuple[Entity | None, int] | None = None
        """The entity, and the index of its mention, that the sides still have to show."""
        self._details_are_open = False
        """Whether the details have room, even where the text needs it."""

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        self._set_classes()
        with Container(id="panes"):
            yield from self.in_order()

    def arrange(self) -> None:
        """Lay out the panes again after the size of the terminal has changed."""
        self._set_classes()
        panes = self._screen.query_one("#panes")
        if panes.children[0] is not self.in_order()[0]:
            if self._screen.has_class("-wide"):
                panes.move_child(self._entity_list, before=self._article)
            else:
                panes.move_child(self._article, before=self._entity_list)

    def in_order(self) -> list[Pane]:
        """Return the panes from left to right."""
        if self._screen.has_class("-wide"):
            return [self._entity_list, self._article, self._details]
        return [self._article, self._entity_list, self._details]

    def neighbor(self, steps: int) -> Pane:
        """Return the pane that is some steps to the right of the focused one, going round at the ends."""
        panes, focused = self.in_order(), self._screen.focused
        index = panes.index(focused) if isinstance(focused, (Article, RowList)) and focused in panes else 0
        return panes[(index + steps) % len(panes)]

    def of(self, context: Context) -> Pane:
        """Return the pane of a context."""
        return {Context.ENTITIES: self._entity_list, Context.DETAILS: self._details}.get(context, self._article)

    @property
    def context(self) -> Context:
        """The context of the focused pane."""
        focused = self._screen.focused
        if focused is self._entity_list:
            return Context.ENTITIES
        return Context.DETAILS if focused is self._details else Context.TEXT

    @property
    def zen(self) -> bool:
        """Whether everything but the text is hidden."""
        return self._screen.has_class("-zen")

    @zen.setter
    def zen(self, zen: bool) -> None:
        self._screen.set_class(zen, "-zen")

    def raise_side(self, pane: Pane) -> None:
        """Show a side that lies under the text, or has no room yet; lower the others."""
        if pane is self._details:
            self.open_details()
        for side in self._sides:
            side.set_class(side is pane, "-up")

    def lower_sides(self) -> None:
        """Show the text where a side lies over it."""
        for side in self._sides:
            side.remove_class("-up")

    def follow(self, entity: Entity | None, index: int) -> None:
        """Show an entity in the sides, the cursor of the details on one of its mentions.

        While the user works in the text, the sides follow after the text has been painted: with 1,500 entities they
        take three times as long as the text, and while a key repeats only the last entity matters.
        """
        if self.context is Context.TEXT and self._to_show is None:
            # By way of the article, which is painted first.
            self._article.call_later(self._screen.call_after_refresh, self.catch_up)
        self._to_show = entity, index
        if self.context is not Context.TEXT:
            self.catch_up()

    def open_details(self) -> None:
        """Give room to the details."""
        self._set_details_open(is_open=True)

    def close_details(self) -> None:
        """Give the room of the details to the text, where it needs that."""
        self._set_details_open(is_open=False)

    def catch_up(self) -> None:
        """Show what the sides still have to show."""
        if self._to_show is not None:
            entity, index = self._to_show
            self._to_show = None
            self._entity_list.show_entity(entity)
            self._details.show_position(self._article.cursor)
            self._details.show_entity(entity, self._article.page, index)

    def _set_details_open(self, *, is_open: bool) -> None:
        if is_open != self._details_are_open:
            self._details_are_open = is_open
            self._set_classes()

    def _set_classes(self) -> None:
        screen, (width, height) = self._screen, self._screen.app.size
        screen.set_class(width >= _WIDEST, "-widest")
        screen.set_class(width >= _WIDER, "-wider")
        screen.set_class(width >= _WIDE, "-wide")
        screen.set_class(_WIDE <= width < _WIDER and not self._details_are_open, "-details-closed")
        screen.set_class(_MEDIUM <= width < _WIDE, "-medium")
        screen.set_class(width < _MEDIUM, "-narrow")
        screen.set_class(height < _SHORT, "-short")
        screen.set_class(self._details.view is DetailsView.CONCORDANCE, "-concordance")
