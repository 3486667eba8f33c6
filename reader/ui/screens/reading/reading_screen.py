"""The reading screen: article, entities and details side by side, and the lines around them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult

from reader.annotate import Decision
from reader.document import one_line
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.actions.details_actions import DetailsCommands
from reader.ui.actions.entity_actions import EntityCommands
from reader.ui.actions.resize_actions import ResizingCommands
from reader.ui.actions.selection_actions import SelectingCommands
from reader.ui.actions.text_actions import TextCommands
from reader.ui.article.pane import Article
from reader.ui.article.resizing import Resizing
from reader.ui.article.search_line import Search
from reader.ui.base.bars import Bar, HintBar
from reader.ui.base.garbage import CALM, collect, set_aside, take_back
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.keys.commands import COMMANDS, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.note_rows import note_preview
from reader.ui.panels.status import confidence_status, number_status, progress_status, save_status, short_source
from reader.ui.recognition import Recognition
from reader.ui.screens.reading.history_commands import Overviews

if TYPE_CHECKING:
    from reader.review.session import Review
    from reader.ui.dialogs.input_line import InputLine
    from reader.ui.screens.review_screen import ReviewScreen

_LOOK_AROUND: Final = 0.5
"""Seconds between looks at what other windows decided."""
_SETTLED: Final = 0.5
"""Seconds after which the first paint and what is in the cache are not held up any more."""
_BY_THE_WAY: Final = 15.0
"""Seconds between which the place of the reader is kept, for a program that does not end by itself."""


class ReadingScreen(Overviews):
    """One article being read."""

    def __init__(self, reading: Reading, keymap: Keymap, recognition: Recognition, *, offset: int = 0) -> None:
        super().__init__(reading, keymap, offset=offset)
        self._recognition = recognition
        self._title_bar, self._status, self._hint_bar = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self._search = Search(self.article, keymap, self.say)
        self._activity, self._typed = "looking for names …", ""
        self._recognizing = False
        self._review: ReviewScreen | None = None
        self._course: Review | None = None
        """How far the review has come; it goes on where it was left."""
        self._noted = offset
        """Where the reader was when that was last kept."""
        self._going_on = offset > 0
        """Whether the place where reading goes on is still to be shown with its entity."""
        self._anchor: Mention | None = None
        """A mention of the selected entity, by which it is found again after a change."""
        self._meant: tuple[Mention | None, int] = (None, 0)
        """The mention that was gone to last, and where the cursor was then."""
        self.handlers |= {
            Context.TEXT: TextCommands(self),
            Context.SELECTING: SelectingCommands(self),
            Context.RESIZING: ResizingCommands(self),
            Context.ENTITIES: EntityCommands(self),
            Context.DETAILS: DetailsCommands(self),
        }

    def compose(self) -> ComposeResult:
        """Lay out bars and panes."""
        yield self._title_bar
        yield from self.compose_panes()
        yield self._status
        yield self._hint_bar

    def on_mount(self) -> None:
        """Show the text at once; entities follow after the first paint."""
        document = self.reading.document
        byline = " · ".join(filter(None, (document.author, document.date)))
        self._title_bar.show(document.title, (short_source(document.source), byline))
        store = self.reading.store
        problem = store.problem if store.persistent else ""
        alarming = tuple(filter(None, (problem, *store.notices, *self.keymap.problems)))
        notices = tuple(filter(None, (*alarming, self.arrival(), *document.notices)))
        if notices:
            self.say(notices[0], alarm=bool(alarming), lasting=True)
        for notice in notices[1:]:
            self.notify(one_line(notice), markup=False)
        self.refresh_bars()
        self.set_interval(_LOOK_AROUND, self._take_over)
        self.set_timer(_SETTLED, self._note_opening)
        self.set_interval(_BY_THE_WAY, self._note_place)
        self.set_interval(_BY_THE_WAY, collect)

    async def on_unmount(self) -> None:
        """Let go of the recognition process; remember where the reader was."""
        self.reading.store.remember(self.reading.document, self.article.cursor)
        await self._recognition.stop()
        take_back()

    # Desk

    @property
    def context(self) -> Context:
        """The pane that has the focus, or the selection."""
        pane = super().context
        if pane is not Context.TEXT:
            return pane
        if self.article.resizing:
            return Context.RESIZING
        return Context.SELECTING if self.article.selection else pane

    @property
    def meant(self) -> Mention | None:
        """The mention that was gone to last, as long as the cursor has not moved since."""
        mention, cursor = self._meant
        if mention is None or cursor != self.article.cursor:
            return None
        return mention if mention == self.reading.mention_with(mention.start, mention.end) else None

    @property
    def labels_in_use(self) -> Iterable[str]:
        """The labels that names here have."""
        return {entity.label for entity in self.reading.entities}

    def resize(self, state: Resizing | None) -> None:
        """Show how far a mention whose edges are being moved reaches; None ends that."""
        begun, self.article.resizing = state and not self.article.resizing, state
        self.article.redraw()
        if begun:
            self.say("move its edges: l h the right one, H L the left one")
        self.refresh_bars()

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Let an entity stand out in every pane."""
        self._anchor = mention or (entity.mentions[0] if entity else None)
        self._going_on = self._going_on and entity is None and bool(self._activity)
        around = mention is not None and mention.start <= self.article.cursor < mention.end
        self._meant = (mention if around else None), self.article.cursor
        self.article.show_entity(entity)
        self.show_beside(entity, entity.mentions.index(mention) if entity and mention in entity.mentions else 0)
        self.refresh_bars()

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision, then show what follows from it."""
        done = self.reading.decide(*decisions)
        self._show_changes()
        self.say(done, alarm=not self._kept)

    # Commands of every pane

    async def do_search(self, count: int) -> None:
        """Begin a search."""
        del count
        if not self._search.line.is_attached:
            await self.mount(self._search.line, before=self._status)
        self._hint_bar.add_class("-covered")
        self._search.open()
        self.set_focus(self._search.line)

    def do_search_next(self, count: int) -> None:
        """Go to the next match."""
        self._search.step(count)

    def do_search_previous(self, count: int) -> None:
        """Go to the previous match."""
        self._search.step(-count)

    def do_save(self, count: int) -> None:
        """Say whether all is saved, after another try where it is not."""
        del count
        store = self.reading.store
        if not store.persistent:
            self.say("annotations are off: nothing is kept")
        elif store.retry():
            self.reading.refresh()  # what was written now is not another window's
            self.say("every decision is on disk")
        else:
            self.say(f"NOT SAVED: {store.problem}", alarm=True)

    def do_cancel(self, count: int) -> None:
        """Leave the nearest mode."""
        del count
        if self.article.resizing:
            self.resize(None)
        elif self.article.selection:
            self.article.set_selection(None)
        elif self.focused is self.entity_list and self.entity_list.filter:
            self.entity_list.set_filter("")
        elif self.focused is self.details and self.details.marked:
            self.details.unmark_all()
        elif self.focused is not self.article:
            self.focus_pane(self.article)
        elif self._search.query:
            self._search.clear()
        elif self.has_class("-zen"):
            self.remove_class("-zen")
        elif self.article.entity:
            self.select(None)
        self.say("")

    async def do_review(self, count: int) -> None:
        """Go through the merges; go on reading at the mention from which the review was left."""
        from reader.ui.screens.review_screen import ReviewScreen

        del count
        self._review = ReviewScreen(self.reading, self.keymap, self._course)
        mention = await self.ask(self._review)
        self._course, self._review = self._review.review, None
        self._show_changes()
        if mention:
            self.article.jump(mention.start)
            self.select(self.reading.entity_of(mention), mention)
            self.focus_pane(self.article)

    async def do_quit(self, count: int) -> None:
        """Leave; ask first where decisions could not be saved."""
        del count
        if not self._kept:
            choices = [Choice("stay", key="s"), Choice("leave and lose what is not saved", key="l")]
            if await self.ask_choice("Some decisions could not be saved.", choices) != 1:
                return
        self.leave(None)

    # What happens

    @on(Article.CursorMoved)
    def _cursor_moved(self) -> None:
        self.refresh_bars()

    @on(Article.Clicked, "#article")
    async def _pointed_at(self, event: Article.Clicked) -> None:
        """Select the mention under the pointer; where several lie there, the next one out with every click."""
        if self.article.resizing:
            self.resize(None)
        if not self._lasting:
            self.say("")
        around = self.reading.mentions_at(self.article.cursor)
        if around and not event.menu:
            next_out = around.index(self.meant) + 1 if event.again and self.meant in around else 0
            mention = around[next_out % len(around)]
            self.select(self.reading.entity_of(mention), mention)
        if event.menu:
            await self.give(next(command for command in COMMANDS if command.id == "menu"))

    @on(RowList.Moved, "#entities")
    def _entity_chosen(self) -> None:
        entity = self.entity_list.current
        if self.focused is self.entity_list and entity is not self.article.entity:
            self.select(entity)

    @on(RowList.Moved, "#details")
    def _mention_chosen(self) -> None:
        mention = self.details.current
        if self.focused is self.details and mention:
            self._anchor = mention
            self.article.jump(mention.start)

    def on_input_changed(self) -> None:
        """Search for what is typed so far."""
        self._search.update()

    @property
    def line(self) -> InputLine | None:
        """The search line, while it has the focus."""
        return self._search.line if self._search.is_open and self.focused is self._search.line else None

    def leave_line(self, *, accepted: bool) -> None:
        """Be done with the search line; Escape gives the search up and goes back."""
        self._hint_bar.remove_class("-covered")
        self._search.close(accepted=accepted)
        self.set_focus(self.article)

    def typing(self, keys: str) -> None:
        """Show the keys typed so far."""
        if keys != self._typed:
            self._typed = keys
            self.refresh_bars()

    def unheard(self, key: str) -> None:
        """Say where a key is of use that is of none here."""
        from reader.ui.keys.keymap import elsewhere

        if told := elsewhere(self.keymap, key, self.context):
            self.say(told)

    def on_descendant_focus(self) -> None:
        """Close the search line when it has lost the focus."""
        if self._search.is_open and self.focused is not self._search.line:
            self._search.line.display = False
            self._hint_bar.remove_class("-covered")

    def refresh_bars(self) -> None:
        """Show what holds now."""
        if not self.is_attached:
            return
        mention = self.meant or self.reading.mention_at(self.article.cursor)
        right = (
            save_status(self.reading),
            self._activity or progress_status(self.reading),
            f"{self.article.fraction_read:.0%}",
            self._place_in_entity(mention),
            confidence_status(self.reading, mention),
            note_preview(self.reading, self.article.cursor),
        )
        message = self._message if self._kept else f"NOT SAVED: {self._message} ({self.reading.store.problem})"
        self._status.show(self._typed or message, right, alarm=self._alarm or not self._kept, kept=2)
        self._hint_bar.hint(self.hints())

    # What recognition tells

    def mentions_changed(self) -> None:
        """Show what was found; the entity at the place where reading goes on stands out."""
        if self._going_on and self._anchor is None:
            self._anchor = self.reading.mention_at(self.article.cursor)
        self._show_changes()
        if self._review is not None:
            self._review.reload()

    def _take_over(self) -> None:
        """Show what was decided in another window."""
        if not self.names_listed and self.reading.refresh():
            self.mentions_changed()
            self.say("another window changed the annotations", alarm=not self._kept)

    def recognition_says(self, activity: str) -> None:
        """Show what recognition is doing."""
        self._activity = activity
        self.refresh_bars()
        if not activity:
            self.set_timer(CALM, set_aside)

    def recognition_noticed(self, message: str) -> None:
        """Say what the user should know of the text."""
        self.say(message, lasting=True)

    def recognition_failed(self, message: str) -> None:
        """Say that there will be no more highlights; the text stays."""
        self._activity = ""
        self.say(message, alarm=True)

    # Within

    async def _note_opening(self) -> None:
        """Keep that the article was opened; so it is known before the first decision whether one can be kept."""
        store, self._noted = self.reading.store, self.article.cursor
        if store.persistent:
            await asyncio.to_thread(store.remember, self.reading.document, self._noted)
            if store.problem:
                self.say(f"nothing can be saved: {store.problem}", alarm=True)

    async def _note_place(self) -> None:
        """Keep where the reader is, where that has changed."""
        if self.article.cursor != self._noted:
            await self._note_opening()

    @on(Article.Shown)
    def _recognize(self) -> None:
        if self._recognizing:
            return
        self._recognizing = True
        work = self._recognition.run(self.reading, self.article.first_visible_block, self)
        self.run_worker(work, group="recognition")

    def _show_changes(self) -> None:
        """Show what the reading holds now; cursor, scroll and selected entity stay."""
        entity, mention = None, self._anchor
        if mention:
            here = self.reading.mention_with(*mention[:2]) or self.reading.mention_at(mention.start)
            candidates = [here, *(self.article.entity.mentions if self.article.entity else ())]
            owners = ((each, self.reading.entity_of(each)) for each in candidates if each)
            mention, entity = next(((each, owner) for each, owner in owners if owner), (None, None))
        self.article.resizing = None
        self.article.redraw()
        self.entity_list.reload()
        self.details.refill()
        if self.focused is self.entity_list and (entity is None or not self.entity_list.shows(entity)):
            entity, mention = self.entity_list.current, None
        self.select(entity, mention)
        self.catch_up()

    def _place_in_entity(self, mention: Mention | None) -> str:
        selected = self.article.entity
        if self.focused in (self.entity_list, self.details) and selected:
            return f"{self.details.cursor + 1} of {len(selected.mentions)}"
        return number_status(selected, mention)
