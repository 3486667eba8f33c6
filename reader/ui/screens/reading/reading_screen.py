"""The reading screen: text, entities and details, and the bars around them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.app import ComposeResult

from reader.annotate import Decision
from reader.display.cells import fit
from reader.document import Document, one_line
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.structures.intervals import find_item
from reader.ui.actions.copy_actions import COPY_ACTIONS, SELECTION_COPY_ACTIONS
from reader.ui.actions.details_actions import DETAILS_ACTIONS
from reader.ui.actions.entity_actions import ENTITY_ACTIONS
from reader.ui.actions.export_actions import EXPORT_ACTIONS
from reader.ui.actions.find_entity import FIND_ENTITY_ACTIONS
from reader.ui.actions.last_annotation import Annotation
from reader.ui.actions.note_actions import DETAILS_NOTE_ACTIONS, DOCUMENT_NOTE_ACTIONS, ENTITY_NOTE_ACTIONS
from reader.ui.actions.row_motions import DETAILS_MOTIONS, ENTITY_MOTIONS
from reader.ui.actions.text.motions import extending
from reader.ui.actions.text.resize_actions import RESIZE_ACTIONS
from reader.ui.actions.text.selection_actions import SELECTION_ACTIONS
from reader.ui.actions.text.text_actions import TEXT_TABLES
from reader.ui.article.pane import Article
from reader.ui.article.resizing import Resizing
from reader.ui.article.search_line import Search
from reader.ui.base.bars import Bar, HintBar, StatusBar
from reader.ui.base.garbage import QUIET_SECONDS, collect, freeze, unfreeze
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.line_use import LineUse
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID, Command, Context
from reader.ui.keys.key_reader import KeyReader
from reader.ui.keys.keymap import Keymap, hint_for_key
from reader.ui.panels.details import Details
from reader.ui.panels.entity_list import EntityList
from reader.ui.panels.note_rows import note_preview
from reader.ui.panels.status import (
    confidence_status,
    number_status,
    page_status,
    progress_status,
    save_status,
    short_source,
)
from reader.ui.recognition import Recognition
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.base.common_actions import COMMON_ACTIONS
from reader.ui.screens.reading.collection_actions import COLLECTION_ACTIONS
from reader.ui.screens.reading.encoding_choice import ENCODING_ACTIONS
from reader.ui.screens.reading.footer_line import FooterLine
from reader.ui.screens.reading.history_actions import HISTORY_ACTIONS, describe_carry_over
from reader.ui.screens.reading.messages import StatusMessage
from reader.ui.screens.reading.panes import Pane, Panes
from reader.ui.watchlist_hits import WatchlistHits

if TYPE_CHECKING:
    from pathlib import Path

    from reader.review.session import Review
    from reader.ui.background_export import BackgroundExport
    from reader.ui.dialogs.input_line import InputLine
    from reader.ui.screens.review_screen import ReviewScreen

_CHECK_SECONDS: Final = 0.5
"""Seconds between checks for decisions made in another window."""
_REMEMBER_DELAY: Final = 0.5
"""Seconds after opening at which the document is remembered, so that this delays neither first paint nor highlights."""
_REMEMBER_SECONDS: Final = 15.0
"""Seconds between which the position is remembered, in case the program is killed."""
_NAME_CELLS: Final = 20
"""Cells of an entity's name in the status line."""
_COLLECT_SECONDS: Final = 15.0
"""Seconds between garbage collections."""


class ReadingScreen(CommandScreen[None]):
    """One document being read. It is the `Workspace` of the actions."""

    AUTO_FOCUS = "#article"

    def __init__(self, reading: Reading, keymap: Keymap, recognition: Recognition, *, offset: int = 0) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.article = Article(reading, offset=offset, id="article")
        self.entity_list = EntityList(reading, id="entities")
        self.details = Details(reading, keymap, id="details")
        self.panes = Panes(self, self.article, self.entity_list, self.details)
        self.last_annotation: Annotation | None = None
        """What the command `repeat` does again."""
        self.pinned = False
        """Whether the selected entity stays selected when the cursor moves to a mention of another one."""
        self.names_shown = False
        """Whether the list of names is open. Its changes are not those of another window."""
        self.watchlist_hits = WatchlistHits(reading)
        self.last_export = ("", False)
        """The format chosen last, and whether only decided mentions were written."""
        self._export: BackgroundExport | None = None
        self.details.hits_of = self.watchlist_hits.of
        self.replacement: ReadingScreen | None = None
        """The screen with the document as it was read anew, from where this screen is left, too."""
        self._recognition = recognition
        self._title_bar, self._status, self._hint_bar = Bar(id="title"), StatusBar(id="status"), HintBar(id="hints")
        self._footer_line = FooterLine(self, self._status, self._hint_bar)
        self._message = StatusMessage()
        self._bars_outdated = False
        self._search = Search(self.article, keymap, self.show_message, self._search_in_background)
        self._activity, self._typed = "looking for names …", ""
        self._reading_prompt = ""
        """The message of the command that takes the next keys."""
        self._recognizing = False
        self._has_failed = False
        """Whether recognition has failed."""
        self._review_screen: ReviewScreen | None = None
        self._review: Review | None = None
        """The progress of the review, which continues where it was left."""
        self._remembered = offset
        """The position that was remembered last."""
        self._resumes = offset > 0
        """Whether the entity at the position where reading continues is still to be selected."""
        self._anchor: Mention | None = None
        """A mention of the selected entity, by which the entity is found again after a change."""
        self._last_selected: tuple[Mention | None, int] = (None, 0)
        """The mention that was selected last, and the offset of the cursor then."""
        for table in TEXT_TABLES:
            self.actions.bind(table, self)
        self.actions.bind(SELECTION_ACTIONS, self)
        self.actions.bind(SELECTION_COPY_ACTIONS, self)
        self.actions.bind(RESIZE_ACTIONS, self)
        self.actions.bind(COPY_ACTIONS, self)
        self.actions.bind(FIND_ENTITY_ACTIONS, self)
        self.actions.bind(ENTITY_ACTIONS, self)
        self.actions.bind(ENTITY_NOTE_ACTIONS, self)
        self.actions.bind(ENTITY_MOTIONS, self.entity_list)
        self.actions.bind(DETAILS_ACTIONS, self)
        self.actions.bind(DETAILS_NOTE_ACTIONS, self)
        self.actions.bind(DETAILS_MOTIONS, self.details)
        self.actions.bind(DOCUMENT_NOTE_ACTIONS, self)
        self.actions.bind(HISTORY_ACTIONS, self)
        self.actions.bind(ENCODING_ACTIONS, self)
        self.actions.bind(EXPORT_ACTIONS, self)
        self.actions.bind(COLLECTION_ACTIONS, self)
        self.actions.bind(COMMON_ACTIONS, self)
        self.actions.bind(_SCREEN_ACTIONS, self)

    def compose(self) -> ComposeResult:
        """Lay out bars and panes."""
        yield self._title_bar
        yield from self.panes.compose()
        yield self._status
        yield self._hint_bar

    def on_mount(self) -> None:
        """Show the text at once; entities follow after the first paint."""
        document = self.reading.document
        byline = " · ".join(filter(None, (document.author, document.date)))
        self._title_bar.show(document.title, (short_source(document.source), byline))
        self._show_notices()
        self._show_why_empty()
        self._draw_bars()
        self.set_interval(_CHECK_SECONDS, self._check_other_windows)
        self.set_timer(_REMEMBER_DELAY, self._remember_document)
        self.set_interval(_REMEMBER_SECONDS, self._remember_position)
        self.set_interval(_COLLECT_SECONDS, collect)

    async def on_unmount(self) -> None:
        """Remember the position, and stop recognition."""
        if self.replacement is None:
            self.reading.store.remember(self.reading.document, self.article.cursor)
        await self.watchlist_hits.stop()
        if self._export is not None:
            await self._export.stop()
        await self._recognition.stop()
        unfreeze()

    # State

    @property
    def context(self) -> Context:
        """The pane that has the focus, or what the user does in the text."""
        pane = self.panes.context
        if pane is not Context.TEXT:
            return pane
        if self.article.resizing:
            return Context.RESIZING
        return Context.SELECTING if self.article.selection else pane

    @property
    def is_in_text(self) -> bool:
        """Whether the text has the focus."""
        return self.focused is self.article

    @property
    def current_mention(self) -> Mention | None:
        """The mention that the user went to last, while the cursor is still on it."""
        mention, cursor = self._last_selected
        if mention is None or cursor != self.article.cursor:
            return None
        return mention if mention == self.reading.mention_with(mention.start, mention.end) else None

    @property
    def labels_in_use(self) -> Iterable[str]:
        """The labels of the entities."""
        return {entity.label for entity in self.reading.entities}

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""
        return self.reading.store.safe

    # Messages

    @property
    def message(self) -> str:
        """The message that is shown."""
        return self._message.text

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line about the command.

        Args:
            message: The line.
            alarm: Whether it must not be missed.
            lasting: Whether it stays until another message is shown, rather than until the next command.
        """
        self._message.show(message, alarm=alarm, lasting=lasting)
        self.refresh_bars()

    def show_typed(self, keys: str) -> None:
        """Show the start of a key sequence."""
        if keys != self._typed:
            self._typed = keys
            self.refresh_bars()

    def on_unknown_key(self, key: str) -> None:
        """Say where a key works that does nothing here."""
        if message := hint_for_key(self.keymap, key, self.context):
            self.show_message(message)

    def refresh_bars(self) -> None:
        """Show the current state in the bars, once for everything that the current command changes."""
        if not self._bars_outdated:
            self._bars_outdated = self.call_later(self._draw_bars)

    def _draw_bars(self) -> None:
        self._bars_outdated = False
        if not self.is_attached:
            return
        mention = self.current_mention or self.reading.mention_at(self.article.cursor)
        right = (
            save_status(self.reading),
            self._activity or progress_status(self.reading),
            f"{self.article.fraction_read:.0%}",
            page_status(self.reading.document, self.article.cursor),
            self._position_in_entity(mention),
            confidence_status(self.reading, mention),
            note_preview(self.reading, self.article.cursor),
        )
        self._status.show_mode(self.mode, f"{self.keymap.key_of('messages')} shows all of it")
        message = self.message if self.saved else f"NOT SAVED: {self.message} ({self.reading.store.problem})"
        self._status.show(self._typed or message, right, alarm=self._message.alarm or not self.saved, protected=2)
        self._status.fit_rows()
        self._hint_bar.hint(self.hints())

    @property
    def mode(self) -> str:
        """The mode in which keys mean something else than usual, "" for none."""
        if self._footer_line.use is not None:
            return self._footer_line.use.mode
        if self.reading_mode:
            return self.reading_mode
        if self.article.resizing:
            return "RESIZE"
        if selection := self.article.selection:
            return "SELECT characters" if selection.by_characters else "SELECT"
        return ""

    def read_keys(self, reader: KeyReader) -> None:
        """Give the next keys to a command, and show its mode."""
        super().read_keys(reader)
        self._reading_prompt = self.message
        self.refresh_bars()

    def stop_reading_keys(self) -> None:
        """Give no more keys to a command; what it asked for is no longer shown."""
        was_reading = bool(self.reading_mode)
        super().stop_reading_keys()
        if was_reading:
            if self.message == self._reading_prompt:
                self.show_message("")
            self.refresh_bars()

    def _position_in_entity(self, mention: Mention | None) -> str:
        """Return the number of the mention under the cursor, or where the key for the entity's mentions leads."""
        selected = self.article.entity
        if selected is None:
            return ""
        pin = "pinned: " if self.pinned else ""
        if self.focused in (self.entity_list, self.details):
            return f"{pin}{self.details.cursor + 1} of {len(selected.mentions)}"
        if number := number_status(selected, mention):
            return pin + number
        name = fit(selected.name, _NAME_CELLS)
        return f"{pin}{name}" if self.pinned else f"{self.keymap.key_of('next-of-entity')} {name}"

    def _show_notices(self) -> None:
        """Show what the user should know from the start: the first as a message, the others as notifications."""
        store = self.reading.store
        problem = store.problem if store.persistent else ""
        alarms = tuple(filter(None, (problem, *store.notices, *self.keymap.problems)))
        carried_over = describe_carry_over(self.reading, self.keymap)
        notices = tuple(filter(None, (*alarms, carried_over, *self.reading.document.notices)))
        if notices:
            self.show_message(notices[0], alarm=bool(alarms), lasting=True)
        for notice in notices[1:]:
            self.notify(one_line(notice), markup=False)

    # Changes

    async def start_command(self, command: Command, count: int = 0) -> None:
        """Run a command; the message of the one before goes."""
        if self._message.expire():
            self.refresh_bars()
        await super().start_command(command, count)

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Select an entity, and one of its mentions, in every pane."""
        self._anchor = mention or (entity.mentions[0] if entity else None)
        self._resumes = self._resumes and entity is None and bool(self._activity)
        under_cursor = mention is not None and mention.start <= self.article.cursor < mention.end
        self._last_selected = (mention if under_cursor else None), self.article.cursor
        self.article.show_entity(entity)
        if entity is None:
            self.set_pinned(pinned=False)
        self.panes.follow(entity, _index_in(entity, mention))
        self.refresh_bars()

    def set_pinned(self, *, pinned: bool) -> None:
        """Pin the selected entity, or let the selection follow the cursor again."""
        if pinned != self.pinned:
            self.pinned = self.details.pinned = pinned
            self.details.refill()
            self.refresh_bars()

    def _follow_cursor(self) -> None:
        """Select the entity under the cursor of the text, unless another one is pinned."""
        article = self.article
        if self.pinned or article.only_entity or article.selection or article.resizing or not self.is_in_text:
            return
        mention = None if self.current_mention else self.reading.mention_at(article.cursor)
        entity = self.reading.entity_of(mention) if mention else None
        if mention is not None and entity is not None and (entity is not article.entity or mention != self._anchor):
            self._anchor = mention
            article.show_entity(entity)
            self.panes.follow(entity, _index_in(entity, mention))

    def decide(self, *decisions: Decision, at: tuple[int, int] | None = None) -> str:
        """Record decisions as one step, show the result and a message about it, and return that message.

        Args:
            decisions: What to record.
            at: The span of a mention to select afterwards, if there is one; else the selection stays.
        """
        message = self.reading.decide(*decisions)
        self.show_changes(at)
        self.show_message(message, alarm=not self.saved)
        return message

    def show_changes(self, at: tuple[int, int] | None = None) -> None:
        """Show the reading as it is now. Cursor and scroll position stay; so does the selected entity.

        Args:
            at: The span of a mention to select instead.
        """
        entity, mention = self._find_selection(at)
        self._update_watchlist_hits()
        self.article.resizing = None
        self.article.redraw()
        self.entity_list.reload()
        self.details.refill()
        if self.focused is self.entity_list and (entity is None or not self.entity_list.shows(entity)):
            entity, mention = self.entity_list.current, None
        self.select(entity, mention)
        self.panes.catch_up()

    def _update_watchlist_hits(self) -> None:
        """Give the panes the hits of the entities as they are now."""
        self.watchlist_hits.update()
        self.article.listed_spans = self.watchlist_hits.spans
        self.entity_list.listed_ids = self.watchlist_hits.entity_ids

    def _find_selection(self, at: tuple[int, int] | None) -> tuple[Entity | None, Mention | None]:
        """Return the entity and mention to select after a change."""
        if at and (mention := self.reading.mention_with(*at)):
            return self.reading.entity_of(mention), mention
        anchor = self._anchor
        if anchor is None:
            return None, None
        at_anchor = self.reading.mention_with(*anchor[:2]) or self.reading.mention_at(anchor.start)
        selected = self.article.entity
        for mention in (at_anchor, *(selected.mentions if selected else ())):
            if mention and (entity := self.reading.entity_of(mention)):
                return entity, mention
        return None, None

    def resize(self, state: Resizing | None) -> None:
        """Show the new size of the mention that is being resized; None ends resizing."""
        begins = state is not None and self.article.resizing is None
        self.article.resizing = state
        self.article.redraw()
        if begins:
            right_out, right_in, left_out, left_in = map(
                self.keymap.key_of, ("right-out", "right-in", "left-out", "left-in")
            )
            self.show_message(f"resize: {right_out} {right_in} move the right edge, {left_out} {left_in} the left edge")
        self.refresh_bars()

    def _check_other_windows(self) -> None:
        """Show decisions made in another window."""
        if not self.names_shown and self.reading.refresh():
            self.mentions_changed()
            self.show_message("another window changed the annotations", alarm=not self.saved)

    # Panes

    def focus_pane(self, pane: Pane) -> None:
        """Show a pane and give it the focus."""
        self.panes.catch_up()
        self.panes.raise_side(pane)
        self.remove_class("-zen")
        selected = self.article.entity
        if pane is not self.article and selected is None:
            self._select_nearest()
        elif pane is self.entity_list and selected is not None and not self.entity_list.shows(selected):
            self.select(self.entity_list.current)
        self.set_focus(pane)

    def can_enter(self, context: Context) -> bool:
        """Return whether a context belongs to a pane."""
        return context in (Context.TEXT, Context.ENTITIES, Context.DETAILS)

    def enter(self, context: Context) -> None:
        """Go to the pane of a context."""
        self.focus_pane(self.panes.of(context))

    def toggle_zen(self) -> None:
        """Hide everything but the text, or show it again."""
        zen = self.has_class("-zen")
        self.focus_pane(self.article)
        self.set_class(not zen, "-zen")

    def next_pane(self, count: int) -> None:
        """Go to the next pane."""
        self.focus_pane(self.panes.neighbor(count))

    def previous_pane(self, count: int) -> None:
        """Go to the previous pane."""
        self.focus_pane(self.panes.neighbor(-count))

    def go_to_text(self) -> None:
        """Go to the text."""
        self.focus_pane(self.article)

    def go_to_entities(self) -> None:
        """Go to the entities."""
        self.focus_pane(self.entity_list)

    def go_to_details(self) -> None:
        """Go to the details."""
        self.focus_pane(self.details)

    def _select_nearest(self) -> None:
        """Select the entity under the cursor of the text, or else of the list, so that the panes are not empty."""
        mention = self.reading.mention_at(self.article.cursor)
        self.select(self.reading.entity_of(mention) if mention else self.entity_list.current, mention)

    # Search and the line at the foot

    async def search(self) -> None:
        """Start a search."""
        await self.open_line(self._search, self.article)

    async def open_line(self, use: LineUse, return_to: Pane) -> None:
        """Open the line at the foot of the screen; afterwards a pane has the focus."""
        await self._footer_line.open(use, return_to)
        self.refresh_bars()

    def search_next(self, count: int) -> None:
        """Go to the next match."""
        extending(lambda _, steps: self._search.step(steps))(self, count)

    def search_previous(self, count: int) -> None:
        """Go to the previous match."""
        extending(lambda _, steps: self._search.step(-steps))(self, count)

    def search_for_span(self, start: int, end: int, count: int) -> None:
        """Search for the words of a span, and go to the match `count` matches after it, or before it if negative."""
        self._search.search_for_span(start, end, count)

    def _search_in_background(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="search", exclusive=True)

    @property
    def line(self) -> InputLine | None:
        """The line at the foot of the screen, while it has the focus."""
        return self._footer_line.line

    @property
    def line_context(self) -> Context | None:
        """The context of the keys that do more in the line than edit."""
        return self._footer_line.use.context if self._footer_line.use is not None else None

    def change_search_kind(self) -> None:
        """Search for what is typed in the next way."""
        self._search.change_kind(self._footer_line.text)
        self._footer_line.set_text(self._footer_line.text)
        self.refresh_bars()

    def bring_earlier_search(self, count: int) -> None:
        """Show an earlier search in the line."""
        self._footer_line.set_text(self._search.earlier(count, self._footer_line.text))

    def bring_later_search(self, count: int) -> None:
        """Show a later search in the line."""
        self._footer_line.set_text(self._search.earlier(-count, self._footer_line.text))

    def leave_line(self, *, accepted: bool) -> None:
        """Close the line; without `accepted` what it did is taken back."""
        self._footer_line.close(accepted=accepted)
        if selection := self.article.selection:
            self.article.set_selection(selection.extended_to(self.article.cursor))
        self.refresh_bars()

    def on_input_changed(self) -> None:
        """React to what is typed so far."""
        self._footer_line.update()

    # Other commands

    async def show_messages(self) -> None:
        """Show the last messages in full."""
        from reader.ui.dialogs.message_log import MessageLog

        await self.ask(MessageLog(tuple(self._message.logged)))

    def cancel(self) -> None:
        """Leave the nearest mode, filter or pane; clear the search; deselect the entity."""
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
        elif not self._search.query.is_empty:
            self._search.clear()
        elif self.has_class("-zen"):
            self.remove_class("-zen")
        elif self.article.entity:
            self.select(None)
        self.show_message("")

    def save(self) -> None:
        """Say whether every decision is saved, after another try if not."""
        store = self.reading.store
        if not store.persistent:
            self.show_message("annotations are off: nothing is saved")
        elif store.retry():
            self.reading.refresh()  # what was just written is not another window's
            self.show_message("every decision is on disk")
        else:
            self.show_message(f"NOT SAVED: {store.problem}", alarm=True)

    async def review(self) -> None:
        """Open the review; then go to the mention from which it was left."""
        from reader.ui.screens.review_screen import ReviewScreen

        self._review_screen = ReviewScreen(self.reading, self.keymap, self._review)
        mention = await self.ask(self._review_screen)
        self._review, self._review_screen = self._review_screen.review, None
        self.show_changes()
        if mention:
            self.article.jump(mention.start)
            self.select(self.reading.entity_of(mention), mention)
            self.focus_pane(self.article)

    async def replace_by(self, document: Document) -> None:
        """Show the document as it was read anew, and leave this screen with the new one."""
        await self._recognition.stop()
        self.reading.store.remember(self.reading.document, self.article.cursor)  # decisions are carried over from it
        length = max(len(self.reading.document.text), 1)
        offset = round(self.article.cursor / length * len(document.text))
        screen = ReadingScreen(
            Reading(document, self.reading.store), self.keymap, self._recognition.another(), offset=offset
        )
        screen.article.measure = self.article.measure
        self.replacement = screen
        await self.ask(screen)
        self.replacement = screen.replacement or screen
        self.leave(None)

    async def quit(self) -> None:
        """Leave; ask first if decisions could not be saved."""
        if not self.saved:
            choices = [Choice("stay", key="s"), Choice("leave and lose what is not saved", key="l")]
            if await self.prompts.ask_choice("Some decisions could not be saved.", choices) != 1:
                return
        self.leave(None)

    # Export

    @property
    def is_exporting(self) -> bool:
        """Whether an export is still being written."""
        return self._export is not None and self._export.is_running

    def start_export(self, format_name: str, path: Path, *, decided: bool, replaces: bool) -> None:
        """Write the export in the background, and say when it is done."""
        self.show_message(f"exporting as {format_name} …", lasting=True)
        self.run_worker(self._write_export(format_name, path, decided=decided, replaces=replaces), group="export")

    async def _write_export(self, format_name: str, path: Path, *, decided: bool, replaces: bool) -> None:
        from reader.ui.background_export import BackgroundExport

        self._export = BackgroundExport()
        problem = await self._export.run(self.reading, format_name, path, decided=decided, replaces=replaces)
        if problem:
            self.show_message(f"not exported: {problem}", alarm=True, lasting=True)
        else:
            self.show_message(f"exported as {format_name} to {one_line(str(path))}", lasting=True)

    # Events

    def on_resize(self, event: events.Resize) -> None:
        """Lay out the panes for the new size."""
        del event
        self.panes.arrange()
        self.refresh_bars()

    def on_descendant_focus(self) -> None:
        """Close the line at the foot and lower the sides over the text when they lose the focus; update the hints."""
        if self._footer_line.use is not None and self._footer_line.line is None:
            self._footer_line.hide()
        if self.focused is self.article:
            self.panes.lower_sides()
        self.refresh_bars()

    @on(Article.CursorMoved)
    def _update_position(self) -> None:
        self._follow_cursor()
        self.refresh_bars()

    @on(Article.Clicked, "#article")
    async def _select_clicked(self, event: Article.Clicked) -> None:
        """Select the mention under the pointer; if several overlap there, the next outer one with every click."""
        self.stop_reading_keys()
        if self.article.resizing:
            self.resize(None)
        if not self._message.lasting:
            self.show_message("")
        mentions = self.reading.mentions_at(self.article.cursor)
        if mentions and not event.menu:
            current = self.current_mention
            index = mentions.index(current) + 1 if event.again and current in mentions else 0
            mention = mentions[index % len(mentions)]
            self.select(self.reading.entity_of(mention), mention)
        if event.menu:
            await self.start_command(COMMANDS_BY_ID["menu"])

    @on(RowList.Moved, "#entities")
    def _select_listed_entity(self) -> None:
        entity = self.entity_list.current
        if self.focused is self.entity_list and entity is not self.article.entity:
            self.select(entity)

    @on(RowList.Moved, "#details")
    def _show_listed_mention(self) -> None:
        mention = self.details.current
        if self.focused is self.details and mention:
            self._anchor = mention
            self.article.jump(mention.start)

    # Recognition

    @on(Article.Shown)
    def _start_recognition(self) -> None:
        if self._recognizing:
            return
        self._recognizing = True
        self.run_worker(self._recognize(), group="recognition")

    async def _recognize(self) -> None:
        """Lay out the rest of the text, which recognition needs too, and find the names."""
        await self.article.lay_out_rest_beside()
        await self._recognition.run(self.reading, self.article.first_visible_block, self)

    def mentions_changed(self) -> None:
        """Show the mentions found so far, and select the entity where reading continues."""
        if self._resumes and self._anchor is None:
            self._anchor = self.reading.mention_at(self.article.cursor)
        self.show_changes()
        if self._review_screen is not None:
            self._review_screen.reload()

    def show_activity(self, activity: str) -> None:
        """Show what recognition is doing, "" if it has finished."""
        self._activity = activity
        self._show_why_empty()
        self.refresh_bars()
        if not activity:
            self.set_timer(QUIET_SECONDS, freeze)
            self.run_worker(self._search_watchlists(), group="watchlists", exclusive=True)

    async def _search_watchlists(self) -> None:
        """Look for names that are like those of watchlists, and show where they are."""
        problem = await self.watchlist_hits.search()
        if problem:
            self.show_message(problem)
        if self.watchlist_hits.hits:
            self.show_changes()

    def show_notice(self, message: str) -> None:
        """Show what the user should know about the text."""
        self.show_message(message, lasting=True)

    def show_failure(self, message: str) -> None:
        """Say why there will be no more highlights; the text stays."""
        self._activity = ""
        self._has_failed = True
        self._show_why_empty()
        self.show_message(message, alarm=True)

    @property
    def no_names(self) -> str:
        """Why there are no names: they are being looked for, there are none, or they could not be looked for."""
        if self._activity:
            return "looking for names …"
        add_key = self.keymap.key_of("add-mention")
        reason = "names could not be looked for" if self._has_failed else "no names found"
        return f"{reason}; {add_key} in the text adds one"

    def _show_why_empty(self) -> None:
        """Show in the empty sides why they are empty."""
        message = self.no_names
        if message != self.entity_list.no_entities:
            self.entity_list.no_entities = self.details.no_entities = message
            if not self.reading.entities:
                self.entity_list.refill()
                self.details.refill()

    # Position

    async def _remember_document(self) -> None:
        """Remember that the document was opened; this also shows early whether decisions can be saved."""
        store, self._remembered = self.reading.store, self.article.cursor
        if store.persistent:
            await asyncio.to_thread(store.remember, self.reading.document, self._remembered)
            if store.problem:
                self.show_message(f"nothing can be saved: {store.problem}", alarm=True)

    async def _remember_position(self) -> None:
        if self.article.cursor != self._remembered:
            await self._remember_document()


def _index_in(entity: Entity | None, mention: Mention | None) -> int:
    """Return the index of a mention among those of an entity, 0 if it is not one of them."""
    index = find_item(entity.mentions, mention) if entity is not None and mention is not None else None
    return index or 0


_SCREEN_ACTIONS: Final = ActionTable[ReadingScreen](
    plain={
        "go-text": ReadingScreen.go_to_text,
        "go-entities": ReadingScreen.go_to_entities,
        "go-details": ReadingScreen.go_to_details,
        "search": ReadingScreen.search,
        "search-kind": ReadingScreen.change_search_kind,
        "review": ReadingScreen.review,
        "messages": ReadingScreen.show_messages,
        "save": ReadingScreen.save,
        "cancel": ReadingScreen.cancel,
        "quit": ReadingScreen.quit,
    },
    counted={
        "next-pane": ReadingScreen.next_pane,
        "previous-pane": ReadingScreen.previous_pane,
        "search-earlier": ReadingScreen.bring_earlier_search,
        "search-later": ReadingScreen.bring_later_search,
        "search-next": ReadingScreen.search_next,
        "search-previous": ReadingScreen.search_previous,
    },
)
