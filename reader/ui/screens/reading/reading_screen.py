"""The reading screen: text, entities and details, and the bars around them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult

from reader.annotate import Decision
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.article.pane import Article
from reader.ui.article.search_line import Search
from reader.ui.background_export import BackgroundExport
from reader.ui.base.background_work import start_work
from reader.ui.base.garbage import unfreeze
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.line_use import LineUse
from reader.ui.keys.action_table import Outcome
from reader.ui.keys.commands import COMMANDS_BY_ID, Command
from reader.ui.keys.contexts import Context
from reader.ui.keys.key_reader import KeyReader
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details import Details
from reader.ui.panels.entity_list import EntityList
from reader.ui.recognition import Recognition
from reader.ui.screens.base.command_screen import CommandScreen
from reader.ui.screens.reading.document_review import DOCUMENT_REVIEW_ACTIONS, DocumentReview
from reader.ui.screens.reading.footer_line import FooterLine
from reader.ui.screens.reading.opening_notices import show_notices
from reader.ui.screens.reading.panes import Pane, Panes
from reader.ui.screens.reading.position_memory import PositionMemory
from reader.ui.screens.reading.reading_bars import ReadingBars
from reader.ui.screens.reading.recognition_task import RecognitionTask
from reader.ui.screens.reading.replacement import Replacement
from reader.ui.screens.reading.selected_entity import SelectedEntity
from reader.ui.watchlist_hits import WatchlistHits

if TYPE_CHECKING:
    from reader.ui.actions.last_annotation import Annotation
    from reader.ui.dialogs.base.input_line import InputLine

_CONTEXTS: Final = frozenset(
    {
        *(Context.ANYWHERE, Context.TEXT, Context.SELECTING, Context.RESIZING, Context.ENTITIES, Context.DETAILS),
        *(Context.SEARCHING, Context.FILTERING),
    }
)
"""The contexts of the panes and of the line at the foot."""
_CHECK_SECONDS: Final = 0.5
"""Seconds between checks for decisions made in another window."""
_COLLECT_SECONDS: Final = 15.0
"""Seconds between garbage collections."""


class ReadingScreen(CommandScreen["ReadingScreen | None"]):
    """One document being read. It is the `Workspace` of the actions.

    A document that was loaded again gets another screen, see `Replacement`.
    """

    AUTO_FOCUS = "#article"

    def __init__(self, reading: Reading, keymap: Keymap, recognition: Recognition, *, offset: int = 0) -> None:
        super().__init__(keymap)
        self.reading = reading
        self.article = Article(reading, offset=offset, id="article")
        self.entity_list = EntityList(reading, id="entities")
        self.details = Details(reading, keymap, id="details")
        self.panes = Panes(self, self.article, self.entity_list, self.details)
        self.bars = ReadingBars(self)
        self.footer_line = FooterLine(self, self.bars.status, self.bars.hint_bar)
        self.text_search = Search(
            self.article, keymap, self.show_message, partial(start_work, self, group="search", exclusive=True)
        )
        self.watchlist_hits = WatchlistHits(reading)
        self.details.hits_of = self.watchlist_hits.of
        self.recognition = RecognitionTask(self, recognition)
        self.background_export = BackgroundExport(self)
        self.position_memory = PositionMemory(self)
        self.last_annotation: Annotation | None = None
        """What the command `repeat` does again."""
        self.names_shown = False
        """Whether the list of names is open. Its changes are not those of another window."""
        self.shows_first_hint = False
        """Whether this is the first document ever opened, and the keys to begin with are shown."""
        self.first_message = ""
        """What to say first, about the command that opened the screen."""
        self.replacement = Replacement(self, self._another)
        self._selected = SelectedEntity(self, resumes=offset > 0)
        self._review = DocumentReview(self)
        self.actions.bind_later(self._bind_actions)

    def _bind_actions(self) -> None:
        # Not needed for the first paint.
        from reader.ui.screens.base.common_actions import COMMON_ACTIONS
        from reader.ui.screens.reading.actions.reading_actions import bind_actions

        bind_actions(self.actions, self)
        self.actions.bind(DOCUMENT_REVIEW_ACTIONS, self._review)
        self.actions.bind(COMMON_ACTIONS, self)

    def load_actions(self) -> None:
        """Load what the commands do, unless a key has needed it before."""
        self.actions.bind_now()

    def can_run(self, command: Command) -> bool:
        """Return whether a command belongs to this screen: it has an action for all of its contexts."""
        return command.context in _CONTEXTS

    def compose(self) -> ComposeResult:
        """Lay out bars and panes."""
        yield self.bars.title
        yield from self.panes.compose()
        yield self.bars.status
        yield self.bars.hint_bar

    def on_mount(self) -> None:
        """Show the text at once; entities follow after the first paint."""
        self.bars.show_title()
        show_notices(self)
        self.recognition.show_why_empty()
        self.bars.draw()
        self.set_interval(_CHECK_SECONDS, self._check_other_windows)
        self.position_memory.start()
        self.set_interval(_COLLECT_SECONDS, self.recognition.collect_garbage)

    async def on_unmount(self) -> None:
        """Remember the position, and stop recognition."""
        if self.replacement.latest is self:
            self.position_memory.remember_at_once()
        await self.watchlist_hits.stop()
        await self.background_export.stop()
        await self.recognition.stop()
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
    def labels_in_use(self) -> Iterable[str]:
        """The labels of the entities."""
        return {entity.label for entity in self.reading.entities}

    @property
    def no_names(self) -> str:
        """Why there are no names, as long as there are none."""
        return self.recognition.no_names

    @property
    def saved(self) -> bool:
        """Whether every decision is saved, or annotations are off."""
        return self.reading.store.safe

    # Messages and keys

    @property
    def message(self) -> str:
        """The message that is shown."""
        return self.bars.message.text

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line about the command.

        Args:
            message: The line.
            alarm: Whether it must not be missed.
            lasting: Whether it stays until another message is shown, rather than until the next command.
        """
        self.bars.show_message(message, alarm=alarm, lasting=lasting)

    def refresh_bars(self) -> None:
        """Show the current state in the bars, once for everything that the current command changes."""
        self.bars.refresh()

    def show_typed(self, keys: str) -> None:
        """Show the start of a key sequence."""
        self.bars.show_typed(keys)

    def show_key_hint(self, message: str) -> None:
        """Show a hint about a key that does nothing here."""
        self.show_message(message)

    def read_keys(self, reader: KeyReader) -> None:
        """Give the next keys to a command, and show its mode."""
        super().read_keys(reader)
        self.bars.begin_prompt()

    def stop_reading_keys(self) -> None:
        """Give no more keys to a command; what it asked for is no longer shown."""
        was_reading = bool(self.reading_mode)
        super().stop_reading_keys()
        if was_reading:
            self.bars.end_prompt()

    def follow_up(self) -> Outcome:
        """Return what loads the document again if an undone or redone step says so."""
        if self.reading.load_as is None:
            return None
        from reader.ui.screens.reading.actions.loading_actions import load_again

        return load_again(self)

    async def start_command(self, command: Command, count: int = 0) -> None:
        """Run a command; the message of the one before goes."""
        self.bars.expire_message()
        await super().start_command(command, count)

    # The selected entity

    @property
    def current_mention(self) -> Mention | None:
        """The mention that the user went to last, while the cursor is still on it."""
        return self._selected.mention

    @property
    def pinned(self) -> bool:
        """Whether the selected entity stays selected when the cursor moves to a mention of another one."""
        return self.details.pinned

    def select(self, entity: Entity | None, mention: Mention | None = None) -> None:
        """Select an entity, and one of its mentions, in every pane."""
        self._selected.select(entity, mention)

    def set_pinned(self, *, pinned: bool) -> None:
        """Pin the selected entity, or let the selection follow the cursor again."""
        self._selected.set_pinned(pinned=pinned)

    # Changes

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
        self.watchlist_hits.update()
        self.article.listed_spans = self.watchlist_hits.spans
        self.entity_list.listed_ids = self.watchlist_hits.entity_ids
        self.article.resizing = None
        self.article.redraw()
        self.entity_list.reload()
        self.details.refill()
        self._selected.select_again(at)
        self.panes.catch_up()

    def mentions_changed(self) -> None:
        """Show the mentions found so far, and select the entity where reading continues."""
        self._selected.anchor_at_cursor()
        self.show_changes()
        self._review.reload()

    def _check_other_windows(self) -> None:
        """Show decisions made in another window."""
        if not self.names_shown and self.reading.refresh():
            self.mentions_changed()
            self.show_message("another window changed the annotations", alarm=not self.saved)

    def _another(self, reading: Reading, offset: int) -> ReadingScreen:
        return ReadingScreen(reading, self.keymap, self.recognition.another(), offset=offset)

    # Panes and the line at the foot

    def focus_pane(self, pane: Pane) -> None:
        """Show a pane and give it the focus."""
        self.panes.catch_up()
        self.panes.raise_side(pane)
        self.panes.zen = False
        self._selected.select_for(pane)
        self.set_focus(pane)

    def can_enter(self, context: Context) -> bool:
        """Return whether a context belongs to a pane."""
        return context in (Context.TEXT, Context.ENTITIES, Context.DETAILS)

    def enter(self, context: Context) -> None:
        """Go to the pane of a context."""
        self.focus_pane(self.panes.of(context))

    async def open_line(self, use: LineUse, return_to: Pane) -> None:
        """Open the line at the foot of the screen; afterwards a pane has the focus."""
        await self.footer_line.open(use, return_to)
        self.refresh_bars()

    @property
    def line(self) -> InputLine | None:
        """The line at the foot of the screen, while it has the focus."""
        return self.footer_line.line

    @property
    def line_context(self) -> Context | None:
        """The context of the keys that do more in the line than edit."""
        return self.footer_line.use.context if self.footer_line.use is not None else None

    def leave_line(self, *, accepted: bool) -> None:
        """Close the line; without `accepted` what it did is taken back."""
        self.footer_line.close(accepted=accepted)
        if selection := self.article.selection:
            self.article.set_selection(selection.extended_to(self.article.cursor))
        self.refresh_bars()

    # Events

    def on_input_changed(self) -> None:
        """React to what is typed so far."""
        self.footer_line.update()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out the panes for the new size."""
        del event
        self.panes.arrange()
        self.refresh_bars()

    def on_descendant_focus(self) -> None:
        """Close the line at the foot and lower the sides over the text when they lose the focus; update the hints."""
        if self.footer_line.use is not None and self.footer_line.line is None:
            self.footer_line.hide()
        if self.focused is self.article:
            self.panes.lower_sides()
        self.refresh_bars()

    @on(Article.Shown)
    def _start_recognition(self) -> None:
        self.recognition.start()

    @on(Article.CursorMoved)
    def _update_position(self) -> None:
        self._selected.follow_cursor()
        self.details.show_position(self.article.cursor)
        self.refresh_bars()

    @on(Article.Clicked, "#article")
    async def _select_clicked(self, event: Article.Clicked) -> None:
        """Select the mention under the pointer, or open the menu."""
        self.stop_reading_keys()
        if self.article.resizing:
            self.actions.run("drop-size")
        if not self.bars.message.lasting:
            self.show_message("")
        if event.menu:
            await self.start_command(COMMANDS_BY_ID["menu"])
        else:
            self._selected.select_clicked(again=event.again)

    @on(RowList.Moved, "#entities")
    def _select_listed_entity(self) -> None:
        self._selected.follow_list()

    @on(Details.ViewChanged)
    def _make_room_for_view(self) -> None:
        self.panes.arrange()

    @on(Details.PartClicked)
    def _go_to_part(self, event: Details.PartClicked) -> None:
        """Go to the first mention in a part of the text, or to the start of the part."""
        if event.mention is None:
            self.article.jump(event.start)
        else:
            self.article.jump(event.mention.start)
            self._selected.select(self.article.entity, event.mention)

    @on(RowList.Moved, "#details")
    def _show_listed_mention(self) -> None:
        self._selected.follow_details()
