"""The reading screen: article, entities and details side by side, and the lines around them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from reader.annotate import Decision, MemoryStore
from reader.document import one_line
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.article import Article
from reader.ui.bars import Bar, HintBar
from reader.ui.commands import COMMANDS, Command, Context
from reader.ui.details import Details
from reader.ui.dialogs import Choice
from reader.ui.entity_list import EntityList
from reader.ui.find import Matches, find_all
from reader.ui.handlers.details import DetailsCommands
from reader.ui.handlers.entities import EntityCommands
from reader.ui.handlers.resizing import ResizingCommands
from reader.ui.handlers.selecting import SelectingCommands
from reader.ui.handlers.text import TextCommands
from reader.ui.keymap import Keymap
from reader.ui.lines import Line
from reader.ui.recognition import Recognition
from reader.ui.remark_rows import note_here
from reader.ui.resizing import Resizing
from reader.ui.rows import RowList
from reader.ui.screens.overviews import Overviews
from reader.ui.sources import short_source

if TYPE_CHECKING:
    from reader.ui.review_queue import Review
    from reader.ui.screens.review import ReviewScreen

_WIDE: Final = 120
_MEDIUM: Final = 80
_LOOK_AROUND: Final = 0.5
"""Seconds between looks at what other windows decided."""
_SETTLED: Final = 0.5
"""Seconds after which the first paint and what is in the cache are not held up any more."""
_SHORT: Final = 12
"""Rows below which only the text is shown."""


class ReadingScreen(Overviews):
    """One article being read."""

    AUTO_FOCUS = "#article"

    def __init__(self, reading: Reading, keymap: Keymap, recognition: Recognition, *, offset: int = 0) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.article = Article(reading, offset=offset, id="article")
        self.entity_list = EntityList(reading, id="entities")
        self.details = Details(reading, id="details")
        self._recognition = recognition
        self._title_bar, self._status, self._hint_bar = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self._search = Line(id="search", placeholder="search")
        self._search.display = False
        self._message, self._alarm, self._activity, self._typed = "", False, "looking for names …", ""
        self._before_search = 0
        self._review: ReviewScreen | None = None
        self._course: Review | None = None
        """How far the review has come; it goes on where it was left."""
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
        self._classify()
        yield self._title_bar
        with Container(id="panes"):
            yield from self._panes()
        yield self._status
        yield self._hint_bar

    def on_mount(self) -> None:
        """Show the text at once; entities follow after the first paint."""
        document = self.reading.document
        byline = " · ".join(filter(None, (document.author, document.date)))
        self._title_bar.show(document.title, (short_source(document.source), byline))
        store = self.reading.store
        problem = store.problem if not isinstance(store, MemoryStore) else ""
        alarming = tuple(filter(None, (problem, *store.notices, *self.keymap.problems)))
        notices = tuple(filter(None, (*alarming, self.arrival(), *document.notices)))
        if notices:
            self.say(notices[0], alarm=bool(alarming))
        for notice in notices[1:]:
            self.notify(one_line(notice), markup=False)
        self._refresh_bars()
        self.set_interval(_LOOK_AROUND, self._take_over)
        self.set_timer(_SETTLED, self._note_opening)
        self.call_after_refresh(self._recognize)

    async def on_unmount(self) -> None:
        """Let go of the recognition process; remember where the reader was."""
        self.reading.store.remember(self.reading.document, self.article.cursor)
        await self._recognition.stop()

    # Desk

    @property
    def context(self) -> Context:
        """The pane that has the focus, or the selection."""
        if self.focused is self.entity_list:
            return Context.ENTITIES
        if self.focused is self.details:
            return Context.DETAILS
        if self.article.resizing:
            return Context.RESIZING
        return Context.SELECTING if self.article.selection else Context.TEXT

    @property
    def meant(self) -> Mention | None:
        """The mention that was gone to last, as long as the cursor has not moved since."""
        mention, cursor = self._meant
        stays = mention is not None and cursor == self.article.cursor
        return mention if stays and mention == self.reading.mention_with(*mention[:2]) else None

    @property
    def message(self) -> str:
        """What was said last."""
        return self._message

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
        self._refresh_bars()

    async def carry_out(self, command: Command) -> None:
        """Carry a command out as part of another."""
        outcome = self.call(command, 1)
        if outcome is not None:
            await outcome

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Let an entity stand out in every pane."""
        self._anchor = mention or (entity.mentions[0] if entity else None)
        around = mention is not None and mention.start <= self.article.cursor < mention.end
        self._meant = (mention if around else None), self.article.cursor
        self.article.show_entity(entity)
        self.entity_list.show_entity(entity)
        index = entity.mentions.index(mention) if entity and mention in entity.mentions else 0
        self.details.show_entity(entity, self.article.page, index)
        self._refresh_bars()

    def focus_pane(self, pane: Article | RowList) -> None:
        """Bring a pane up and give it the focus."""
        for side in (self.entity_list, self.details):
            side.set_class(side is pane, "-up")
        self.remove_class("-zen")
        if pane is not self.article and self.article.entity is None:
            self._select_nearest()
        self.set_focus(pane)

    def can_enter(self, context: Context) -> bool:
        """Tell whether a context belongs to a pane."""
        return context in (Context.TEXT, Context.ENTITIES, Context.DETAILS)

    def enter(self, context: Context) -> None:
        """Go to the pane of a context."""
        panes: dict[Context, Article | RowList] = {Context.ENTITIES: self.entity_list, Context.DETAILS: self.details}
        self.focus_pane(panes.get(context, self.article))

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show one line as the last action."""
        self._message, self._alarm = message, alarm
        self._refresh_bars()

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision, then show what follows from it."""
        done = self.reading.decide(*decisions)
        self._show_changes()
        self.say(done, alarm=not self._kept)

    # Commands of every pane

    async def do_search(self, count: int) -> None:
        """Begin a search."""
        del count
        if not self._search.is_attached:
            await self.mount(self._search, before=self._status)
        self._before_search = self.article.cursor
        self._search.display = True
        self._hint_bar.display = False
        self._search.begin()
        self.set_focus(self._search)

    def do_search_next(self, count: int) -> None:
        """Go to the next match."""
        for _ in range(count):
            self._go_to_match(self.article.matches.after(self.article.cursor))

    def do_search_previous(self, count: int) -> None:
        """Go to the previous match."""
        for _ in range(count):
            self._go_to_match(self.article.matches.before(self.article.cursor))

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

    def do_save(self, count: int) -> None:
        """Say whether all is saved, after another try where it is not."""
        del count
        store = self.reading.store
        if isinstance(store, MemoryStore):
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
            self.article.begin_selection(None)
        elif self.article.matches.wanted:
            self.article.matches = Matches()
            self.article.redraw()
        elif self.focused is not self.article:
            self.focus_pane(self.article)
        elif self.has_class("-zen"):
            self.remove_class("-zen")
        elif self.article.entity:
            self.select(None)
        self.say("")

    def do_hold_everywhere(self, count: int) -> None:
        """Let the last decision hold in every article, or here alone again."""
        del count
        done = self.reading.hold_everywhere()
        if done:
            self._show_changes()
        self.say(done or "the last decision is about this article alone", alarm=not self._kept)

    async def do_names(self, count: int) -> None:
        """Show what holds in every article."""
        from reader.ui.screens.names import NamesScreen

        del count
        await self.ask(NamesScreen(self.reading.store, self.keymap))
        if self.reading.refresh():
            self._show_changes()

    async def do_review(self, count: int) -> None:
        """Go through the merges; go on reading at the mention from which the review was left."""
        from reader.ui.screens.review import ReviewScreen

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
        self._refresh_bars()

    @on(Article.Pointed, "#article")
    async def _pointed_at(self, event: Article.Pointed) -> None:
        """Select the mention under the pointer; where several lie there, the next one out with every click."""
        if self.article.resizing:
            self.resize(None)
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

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        if self._search.display:
            self._look_for(self._search.value)

    def leave_line(self, *, accepted: bool) -> None:
        """Be done with the search line; Escape gives the search up and goes back."""
        self._close_search()
        self.set_focus(self.article)
        if accepted:
            self._look_for(self._search.value)
        else:
            self.article.matches = Matches()
            self.article.redraw()
            self.article.move_cursor(self._before_search)
            self.say("")

    def typing(self, keys: str) -> None:
        """Show the keys typed so far."""
        if keys != self._typed:
            self._typed = keys
            self._refresh_bars()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the panes out by width."""
        del event
        self._arrange()

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane."""
        if self.focused is self.article:
            for side in (self.entity_list, self.details):
                side.remove_class("-up")
        if self._search.display and self.focused is not self._search:
            self._close_search()
        self._refresh_bars()

    def toggle_zen(self) -> None:
        """Show nothing but the article, or everything again."""
        zen = self.has_class("-zen")
        self.focus_pane(self.article)
        self.set_class(not zen, "-zen")

    # What recognition tells

    def mentions_changed(self) -> None:
        """Show what was found."""
        self._show_changes()
        if self._review is not None:
            self._review.reload()

    def _take_over(self) -> None:
        """Show what was decided in another window."""
        if self.reading.refresh():
            self.mentions_changed()
            self.say("another window changed the annotations", alarm=not self._kept)

    def recognition_says(self, activity: str) -> None:
        """Show what recognition is doing."""
        self._activity = activity
        self._refresh_bars()

    def recognition_noticed(self, message: str) -> None:
        """Say what the user should know of the text."""
        self.say(message)

    def recognition_failed(self, message: str) -> None:
        """Say that there will be no more highlights; the text stays."""
        self._activity = ""
        self.say(message, alarm=True)

    # Within

    async def _note_opening(self) -> None:
        """Keep that the article was opened; so it is known before the first decision whether one can be kept."""
        store = self.reading.store
        if not isinstance(store, MemoryStore):
            await asyncio.to_thread(store.remember, self.reading.document, self.article.cursor)
            if store.problem:
                self.say(f"nothing can be saved: {store.problem}", alarm=True)

    def _recognize(self) -> None:
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
        if entity is None and self.focused is self.entity_list:
            entity = self.entity_list.current
        self.select(entity, mention)

    def _select_nearest(self) -> None:
        """Select the entity under the cursor of the text, or else of the list: a pane to work in is not empty."""
        mention = self.reading.mention_at(self.article.cursor)
        self.select(self.reading.entity_of(mention) if mention else self.entity_list.current, mention)

    def _close_search(self) -> None:
        self._search.display = False
        self._hint_bar.display = True

    def _look_for(self, wanted: str) -> None:
        if wanted == self.article.matches.wanted:
            return
        matches = self.article.matches = find_all(self.reading.document.text, wanted)
        self.article.redraw()
        if len(matches):
            self._go_to_match(matches.after(max(self._before_search - 1, -1)))
        elif wanted.strip():
            self.say(f"“{wanted}” is not in the text")

    def _go_to_match(self, index: int | None) -> None:
        matches = self.article.matches
        if index is None:
            wanted = matches.wanted.strip()
            self.say(f"“{wanted}” is not in the text" if wanted else "no search yet: / begins one")
            return
        self.article.jump(matches.starts[index])
        self.say(f"“{matches.wanted}” {index + 1:,}/{len(matches):,}")

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

    def _arrange(self) -> None:
        self._classify()
        panes = self.query_one("#panes")
        if panes.children[0] is not self._panes()[0]:
            if self.has_class("-wide"):
                panes.move_child(self.entity_list, before=self.article)
            else:
                panes.move_child(self.article, before=self.entity_list)
        self._refresh_bars()

    def _refresh_bars(self) -> None:
        if not self.is_mounted:
            return
        store = self.reading.store
        saved = (
            "not kept" if isinstance(store, MemoryStore) else "saved" if self._kept else f"{store.unsaved} NOT SAVED"
        )
        right = (
            saved,
            self._activity or self._progress(),
            f"{self.article.share_read:.0%}",
            self._place_in_entity(),
            self._doubt(),
            note_here(self.reading, self.article.cursor),
        )
        message = self._message if self._kept else f"NOT SAVED: {self._message} ({store.problem})"
        self._status.show(self._typed or message, right, alarm=self._alarm or not self._kept)
        self._hint_bar.hint(self.hints())

    def _progress(self) -> str:
        decided = self.reading.decided
        if decided.count:
            return f"{decided.count:,} of {decided.total:,} decided"
        return f"{len(self.reading.entities):,} entities"

    def _doubt(self) -> str:
        mention = self.meant or self.reading.mention_at(self.article.cursor)
        return f"{mention.score:.0%} sure" if mention and mention.doubtful else ""

    def _place_in_entity(self) -> str:
        if self.focused in (self.entity_list, self.details) and (selected := self.article.entity):
            return f"{self.details.cursor + 1} of {len(selected.mentions)}"
        mention = self.meant or self.reading.mention_at(self.article.cursor)
        entity = self.reading.entity_of(mention) if mention else None
        if mention is None or entity is None:
            return ""
        return f"{entity.mentions.index(mention) + 1} of {len(entity.mentions)}"
