"""A screen of three panes, laid out by the terminal's width: side by side, beside the text, or one over another."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.article.pane import Article
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details import Details
from reader.ui.panels.entity_list import EntityList
from reader.ui.screens.base.asking_screen import AskingScreen

_WIDE: Final = 120
_MEDIUM: Final = 80
_SHORT: Final = 12
"""Rows below which only the text is shown."""


class PanedScreen(AskingScreen[None]):
    """Article, entities and details of one reading, and the focus among them."""

    AUTO_FOCUS = "#article"

    def __init__(self, reading: Reading, keymap: Keymap, *, offset: int = 0) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.article = Article(reading, offset=offset, id="article")
        self.entity_list = EntityList(reading, id="entities")
        self.details = Details(reading, keymap, id="details")
        self._beside: tuple[Entity | None, int] | None = None

    def compose_panes(self) -> ComposeResult:
        """Lay out the panes."""
        self._classify()
        with Container(id="panes"):
            yield from self._panes()

    @property
    def context(self) -> Context:
        """The pane that has the focus."""
        if self.focused is self.entity_list:
            return Context.ENTITIES
        return Context.DETAILS if self.focused is self.details else Context.TEXT

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Let an entity stand out in every pane."""
        raise NotImplementedError

    def show_beside(self, entity: Entity | None, index: int) -> None:
        """Let an entity stand out in the sides, the cursor of the details on one of its mentions.

        While the user works in the text the sides follow after it has been painted: with 1,500 entities they take three
        times as long as the text, and of keys that repeat only the last one has to be followed.
        """
        if self.context is Context.TEXT and self._beside is None:
            self.article.call_later(
                self.call_after_refresh, self.catch_up
            )  # by way of the pane, which is painted first
        self._beside = entity, index
        if self.context is not Context.TEXT:
            self.catch_up()

    def catch_up(self) -> None:
        """Let the sides show what they are still to follow."""
        if self._beside is not None:
            entity, index = self._beside
            self._beside = None
            self.entity_list.show_entity(entity)
            self.details.show_entity(entity, self.article.page, index)

    def refresh_bars(self) -> None:
        """Show in the lines around the panes what holds now."""
        raise NotImplementedError

    def focus_pane(self, pane: Article | RowList) -> None:
        """Bring a pane up and give it the focus."""
        self.catch_up()
        for side in (self.entity_list, self.details):
            side.set_class(side is pane, "-up")
        self.remove_class("-zen")
        selected = self.article.entity
        if pane is not self.article and selected is None:
            self._select_nearest()
        elif pane is self.entity_list and selected is not None and not self.entity_list.shows(selected):
            self.select(self.entity_list.current)
        self.set_focus(pane)

    def can_enter(self, context: Context) -> bool:
        """Tell whether a context belongs to a pane."""
        return context in (Context.TEXT, Context.ENTITIES, Context.DETAILS)

    def enter(self, context: Context) -> None:
        """Go to the pane of a context."""
        panes: dict[Context, Article | RowList] = {Context.ENTITIES: self.entity_list, Context.DETAILS: self.details}
        self.focus_pane(panes.get(context, self.article))

    def do_next_pane(self, count: int) -> None:
        """Go to the next pane."""
        panes = self._panes()
        here = panes.index(self.focused) if self.focused in panes else 0
        self.focus_pane(panes[(here + count) % len(panes)])

    def do_previous_pane(self, count: int) -> None:
        """Go to the previous pane."""
        self.do_next_pane(-count)

    def do_go_text(self, count: int) -> None:
        """Go to the text."""
        del count
        self.focus_pane(self.article)

    def do_go_entities(self, count: int) -> None:
        """Go to the entities."""
        del count
        self.focus_pane(self.entity_list)

    def do_go_details(self, count: int) -> None:
        """Go to the details."""
        del count
        self.focus_pane(self.details)

    def toggle_zen(self) -> None:
        """Show nothing but the article, or everything again."""
        zen = self.has_class("-zen")
        self.focus_pane(self.article)
        self.set_class(not zen, "-zen")

    def on_resize(self, event: events.Resize) -> None:
        """Lay the panes out by width."""
        del event
        self._classify()
        panes = self.query_one("#panes")
        if panes.children[0] is not self._panes()[0]:
            if self.has_class("-wide"):
                panes.move_child(self.entity_list, before=self.article)
            else:
                panes.move_child(self.article, before=self.entity_list)
        self.refresh_bars()

    def on_descendant_focus(self) -> None:
        """Lower the sides that lie over the text when it gets the focus, and show the keys of the pane."""
        if self.focused is self.article:
            for side in (self.entity_list, self.details):
                side.remove_class("-up")
        self.refresh_bars()

    def _select_nearest(self) -> None:
        """Select the entity under the cursor of the text, or else of the list: a pane to work in is not empty."""
        mention = self.reading.mention_at(self.article.cursor)
        self.select(self.reading.entity_of(mention) if mention else self.entity_list.current, mention)

    def _panes(self) -> list[Article | RowList]:
        if self.has_class("-wide"):
            return [self.entity_list, self.article, self.details]
        return [self.article, self.entity_list, self.details]

    def _classify(self) -> None:
        width, height = self.app.size
        self.set_class(width >= _WIDE, "-wide")
        self.set_class(_MEDIUM <= width < _WIDE, "-medium")
        self.set_class(width < _MEDIUM, "-narrow")
        self.set_class(height < _SHORT, "-short")
