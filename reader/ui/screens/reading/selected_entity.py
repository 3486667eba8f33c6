"""The selected entity: it follows the cursor of the text, and is found again after every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reader.structures.intervals import find_item
from reader.ui.article.pane import Article

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.reading import Reading
    from reader.recognize import Mention
    from reader.resolve import Entity
    from reader.ui.panels.details import Details
    from reader.ui.panels.entity_list import EntityList
    from reader.ui.screens.reading.panes import Pane, Panes
    from reader.ui.screens.reading.recognition_task import RecognitionTask


class SelectingScreen(Protocol):
    """The screen on which an entity is selected."""

    reading: Reading
    article: Article
    entity_list: EntityList
    details: Details
    panes: Panes
    recognition: RecognitionTask

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""

    def refresh_bars(self) -> None:
        """Show the current state in the bars."""


class SelectedEntity:
    """Selects an entity, and one of its mentions, in every pane. The panes know which entity it is."""

    def __init__(self, screen: SelectingScreen, *, resumes: bool) -> None:
        """Start with no entity.

        Args:
            screen: The screen.
            resumes: Whether reading continues at a position whose entity is still to be selected.
        """
        self._screen = screen
        self._resumes = resumes
        self._anchor: Mention | None = None
        """A mention of the entity, by which the entity is found again after a change."""
        self._last_mention: Mention | None = None
        """The mention under the cursor that was selected last."""
        self._last_cursor = 0
        """The offset of the cursor when something was selected last."""

    @property
    def mention(self) -> Mention | None:
        """The mention that the user went to last, while the cursor is still on it."""
        mention, screen = self._last_mention, self._screen
        if mention is None or self._last_cursor != screen.article.cursor:
            return None
        return mention if mention == screen.reading.mention_with(mention.start, mention.end) else None

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Select an entity, None for none, and one of its mentions, for the user, who expects its details."""
        self._select(entity, mention)
        if entity is not None:
            self._screen.panes.open_details()

    def _select(self, entity: Entity | None, mention: Mention | None) -> None:
        screen, cursor = self._screen, self._screen.article.cursor
        self._anchor = mention or (entity.mentions[0] if entity else None)
        self._resumes = self._resumes and entity is None and bool(screen.recognition.activity)
        under_cursor = mention is not None and mention.start <= cursor < mention.end
        self._last_mention, self._last_cursor = (mention if under_cursor else None), cursor
        screen.article.show_entity(entity)
        if entity is None:
            self.set_pinned(pinned=False)
        screen.panes.follow(entity, _index_in(entity, mention))
        screen.refresh_bars()

    def set_pinned(self, *, pinned: bool) -> None:
        """Pin the entity, or let the selection follow the cursor again."""
        details = self._screen.details
        if pinned != details.pinned:
            details.pinned = pinned
            details.refill()
            self._screen.refresh_bars()

    def follow_cursor(self) -> None:
        """Select the entity under the cursor of the text, unless another one is pinned."""
        screen, article = self._screen, self._screen.article
        stays = screen.details.pinned or article.only_entity or article.selection or article.resizing
        if stays or screen.focused is not article:
            return
        mention = None if self.mention else screen.reading.mention_at(article.cursor)
        entity = screen.reading.entity_of(mention) if mention else None
        if mention is not None and entity is not None and (entity is not article.entity or mention != self._anchor):
            self._anchor = mention
            article.show_entity(entity)
            screen.panes.follow(entity, _index_in(entity, mention))

    def follow_list(self) -> None:
        """Select the entity under the cursor of the list, if the list has the focus."""
        entity_list = self._screen.entity_list
        if self._screen.focused is entity_list and entity_list.current is not self._screen.article.entity:
            self.select(entity_list.current)

    def follow_details(self) -> None:
        """Go to the mention under the cursor of the details, if they have the focus."""
        mention = self._screen.details.current
        if self._screen.focused is self._screen.details and mention:
            self._anchor = mention
            self._screen.article.jump(mention.start)

    def select_clicked(self, *, again: bool) -> None:
        """Select the mention under the pointer.

        Args:
            again: Whether it was clicked before: if several mentions overlap there, the next outer one is selected.
        """
        mentions = self._screen.reading.mentions_at(self._screen.article.cursor)
        if mentions:
            index = mentions.index(self.mention) + 1 if again and self.mention in mentions else 0
            mention = mentions[index % len(mentions)]
            self.select(self._screen.reading.entity_of(mention), mention)

    def select_for(self, pane: Pane) -> None:
        """Select an entity that a pane can show: it is about to get the focus."""
        screen = self._screen
        entity = screen.article.entity
        if pane is not screen.article and entity is None:
            mention = screen.reading.mention_at(screen.article.cursor)
            self.select(screen.reading.entity_of(mention) if mention else screen.entity_list.current, mention)
        elif pane is screen.entity_list and entity is not None and not screen.entity_list.shows(entity):
            self.select(screen.entity_list.current)

    def anchor_at_cursor(self) -> None:
        """Take the mention where reading continues as the anchor, now that there are mentions."""
        if self._resumes and self._anchor is None:
            self._anchor = self._screen.reading.mention_at(self._screen.article.cursor)

    def select_again(self, at: tuple[int, int] | None) -> None:
        """Select the entity again after the reading has changed.

        Args:
            at: The span of a mention to select instead, if there is one.
        """
        entity, mention = self._after_change(at)
        entity_list = self._screen.entity_list
        if self._screen.focused is entity_list and (entity is None or not entity_list.shows(entity)):
            entity, mention = entity_list.current, None
        self._select(entity, mention)

    def _after_change(self, at: tuple[int, int] | None) -> tuple[Entity | None, Mention | None]:
        """Return the entity and mention to select after a change."""
        reading, anchor = self._screen.reading, self._anchor
        if at and (mention := reading.mention_with(*at)):
            return reading.entity_of(mention), mention
        if anchor is None:
            return None, None
        at_anchor = reading.mention_with(*anchor[:2]) or reading.mention_at(anchor.start)
        selected = self._screen.article.entity
        for mention in (at_anchor, *(selected.mentions if selected else ())):
            if mention and (entity := reading.entity_of(mention)):
                return entity, mention
        return None, None


def _index_in(entity: Entity | None, mention: Mention | None) -> int:
    """Return the index of a mention among those of an entity, 0 if it is not one of them."""
    index = find_item(entity.mentions, mention) if entity is not None and mention is not None else None
    return index or 0
