"""The collection: its documents, its entities, the passages that a search finds, and pairs of profiles to review."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult

from reader.annotate import Store, describe_step
from reader.collection.listing.forgetting import WHAT_STAYS
from reader.collection.storage.collection_storage import CollectionError
from reader.resources import resource_folder
from reader.ui.base.background_work import start_work
from reader.ui.base.row_list import RowList
from reader.ui.collection_session import CollectionSession, ForgottenDocument, RecordedAnswer
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import Hint
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.base.open_source import document_app, show_source
from reader.ui.screens.collection.collection_access import CollectionAccess
from reader.ui.screens.collection.collection_answers import CollectionAnswers
from reader.ui.screens.collection.collection_choice import choose_collection
from reader.ui.screens.collection.collection_hints import hints_of_view
from reader.ui.screens.collection.collection_upkeep import CollectionUpkeep
from reader.ui.screens.collection.collection_views import CollectionView, ViewContent, ViewState, load_view
from reader.ui.screens.collection.decided_profiles import CATCHING_UP, WAITING, DecidedProfiles
from reader.ui.screens.collection.documents.about_document import AboutLines
from reader.ui.screens.collection.documents.document_lines import DocumentLines
from reader.ui.screens.collection.documents.document_view import DocumentView, document_of
from reader.ui.screens.collection.indexed_source import open_indexed_source
from reader.ui.screens.collection.line_list import DocumentTarget, LineList, ProfileTarget
from reader.ui.screens.collection.profile.profile_screen import open_profile
from reader.ui.screens.collection.view_choices import CHOICE_ACTIONS, ViewChoices
from reader.ui.screens.collection.view_states import ViewStates

_OF_PROFILES: Final = (CollectionView.ENTITIES, CollectionView.REVIEW)
"""The views that show profiles."""
_LOW: Final = 12
"""Rows of the terminal below which there is no room for lines about a document."""


class CollectionScreen(ListScreen[None]):
    """Lists what a collection contains. Enter opens a document or an entity over the list, and Escape leads back.

    It is the first screen if the program starts without a document.
    """

    AUTO_FOCUS = "#lines"
    CSS_PATH = resource_folder("styles") / "collection.tcss"
    CONTEXT = Context.COLLECTION
    PASSES_KEYS_BELOW = True

    def __init__(self, keymap: Keymap, store: Store, session: CollectionSession, *, source: str = "") -> None:
        """Show the collection of the session.

        Args:
            keymap: The keys.
            store: Where decisions are kept.
            session: What the user does with collections while the app runs.
            source: The source of the document under the cursor, "" for the first one.
        """
        self._rows = LineList(id="lines")
        self._about = AboutLines(id="about")
        super().__init__(keymap, self._rows)
        self._store = store
        self._session = session
        self._first_source = source
        self._use(CollectionAccess(session.collection))
        self.actions.bind(_ACTIONS, self)
        self.actions.bind(CHOICE_ACTIONS, ViewChoices(self))

    def _use(self, collection: CollectionAccess) -> None:
        """Show another collection from now on."""
        self._collection = collection
        self.views = ViewStates()
        self._documents = DocumentView(self, collection, self._store, self._session, self.keymap)
        self._upkeep = CollectionUpkeep(self, collection)
        self._profiles = DecidedProfiles(self, collection, self._store, self._session)
        self._answers = CollectionAnswers(self._rows, self._profiles, self._store, self._session)

    def compose(self) -> ComposeResult:
        """Lay out the list, the lines about its document, and the bars."""
        yield self.title_bar
        yield self._rows
        yield self._about
        yield self.status_bar
        yield self._hint_bar

    def on_resize(self) -> None:
        """Show lines about the document only if there is room for them."""
        self._show_about()

    async def on_unmount(self) -> None:
        """End indexing. What is in the index by then stays there."""
        await self._upkeep.stop()

    # What is shown

    def fill(self, message: str = "") -> None:
        """Read the documents and the lines of the view again, and show them."""
        self._documents.read_again()
        self._show_view(message)

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""
        self.status_bar.show(message, alarm=alarm)

    def show_states(self) -> None:
        """Show what was found out about the files of the documents in view."""
        if self.views.lists_documents:
            self._rows.refresh()
            self._show_about()

    def show_indexed(self, message: str) -> None:
        """Show what is in the index now."""
        if self.is_attached:
            self._catch_up()
            self.fill(message)

    async def show_new_profiles(self) -> None:
        """Show the entities or questions now that the profiles follow the answers."""
        if not self.views.lists_documents:
            self.views.cursors[self.views.view] = self._rows.cursor
            if self.status_bar.text in (CATCHING_UP, WAITING):
                self.show_message("")
            await self._load(self.views.state, self.status_bar.text)

    def _show_view(self, message: str = "") -> None:
        """Show the lines of the view, which another thread reads."""
        self._draw_title("…")
        self.show_message(message)  # at once: what is said while the thread reads stays
        start_work(self, partial(self._load, self.views.state, message), group="view", exclusive=True)

    async def _load(self, state: ViewState, message: str) -> None:
        if state.view is CollectionView.DOCUMENTS:
            await self._load_documents(state, message)
            return
        try:
            forgotten = self._session.forgotten_digests
            content = await self._collection.ask(lambda storage: load_view(storage, state, forgotten))
        except CollectionError as error:
            self._show_without_index(str(error))
            return
        if state.view is CollectionView.PASSAGES and not state.text.strip():
            key = self.keymap.key_of("search")
            content = replace(content, advice=f"Nothing was searched for yet: {key} searches the texts.")
        if state is self.views.state:
            self._show(content)

    async def _load_documents(self, state: ViewState, message: str) -> None:
        try:
            content = await self._documents.content(state)
        except ValueError as error:
            self._draw_title("")
            self._rows.show_lines((), f"{error}.", table=self._documents)
            self._show_about()
            self.show_message(str(error))
            return
        if state is not self.views.state:
            return
        source, self._first_source = self._first_source, ""
        self._show(content, source=source)
        if self._documents.problem:
            self.show_message(self._documents.problem, alarm=True)
        elif not message and not self._documents.has_documents() and content.lines and not state.text:
            opens, adds = self.keymap.key_of("collection-path"), self.keymap.key_of("collection-add")
            self.show_message(f"these are samples: {opens} opens a file of yours, {adds} adds a folder")

    def _show_without_index(self, problem: str) -> None:
        """Say why there is nothing to show where the index is needed."""
        self._draw_title("")
        self._show_about()
        if self._collection.exists:
            self._rows.show_lines((), problem)
            self.show_message(problem, alarm=True)
            return
        adds, updates = self.keymap.key_of("collection-add"), self.keymap.key_of("collection-update")
        opened = f"{updates} indexes what was opened, " if self._documents.listing.to_index else ""
        self._rows.show_lines((), f"Nothing is indexed yet: {opened}{adds} adds a file, a folder or an address.")

    def _show(self, content: ViewContent, *, source: str = "") -> None:
        """Show lines.

        Args:
            content: The lines.
            source: The source of the document under the cursor; "" for where the cursor was.
        """
        is_of_documents = self.views.lists_documents
        lines = content.lines if is_of_documents else self._answers.open_lines(content.lines)
        cursor = self.views.cursors[self.views.view]
        if source and isinstance(lines, DocumentLines):
            cursor = lines.index_of(source, cursor)
        table = self._documents if is_of_documents else content.table
        self._rows.show_lines(lines, content.advice, cursor=cursor, table=table)
        self._rows.show_cursor()
        self._draw_title(content.total)
        self._follow_cursor()

    @on(RowList.Moved)
    def _follow_cursor(self) -> None:
        self._show_about()
        self._answers.prepare()

    def _show_about(self) -> None:
        self._about.display = self.views.lists_documents and self.size.height >= _LOW
        if self.views.lists_documents:
            self._about.show(self._documents.about(self._rows.current))

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints for the footer."""
        return hints_of_view(super().hints(), self.views.view, self.keymap)

    def _draw_title(self, total: str) -> None:
        self.title_bar.show(*self.views.title(self._collection.name, total))

    # Views

    def next_view(self, count: int) -> None:
        """Show the next view."""
        self._go_to(self.views.view_after(count))

    def previous_view(self, count: int) -> None:
        """Show the previous view."""
        self.next_view(-count)

    def _go_to(self, view: CollectionView, message: str = "") -> None:
        if view is not self.views.view:
            self.views.cursors[self.views.view] = self._rows.cursor
            if self._collection.is_default and view is not CollectionView.DOCUMENTS:
                start_work(self, partial(self._upkeep.index_opened, self._documents.listing.to_index), group="opened")
        self.views.view = view
        self._hint_bar.hint(self.hints())
        self._show_view(message)
        self._catch_up()

    def _catch_up(self) -> None:
        """Bring the profiles up to date where they are shown: for many documents, that takes long."""
        if self.views.view in _OF_PROFILES:
            self._profiles.catch_up()

    def change_view(self, state: ViewState, message: str = "") -> None:
        """Show a view in another state; the cursor stays on its document, and else goes to the start."""
        is_current = state.view is self.views.view
        document = document_of(self._rows.current) if is_current else None
        self.views.put(state)
        if document is not None:
            self._first_source = document.source
        elif is_current:
            self._rows.put_cursor(0)
        self._go_to(state.view, message)

    # Opening

    async def open_line(self) -> None:
        """Open the document or the entity under the cursor."""
        line = self._rows.current
        if (document := document_of(line)) is not None:
            problem = await self._documents.open(self, document)
            self._first_source = document.source
            self._show_after(problem)
            return
        match line.target if line is not None else None:
            case DocumentTarget(source, offset):
                self._show_after(await open_indexed_source(self, self._collection, source, offset))
            case ProfileTarget(key):
                await open_profile(self, self._collection, key)

    def _show_after(self, problem: str) -> None:
        """Show the list after a document was left, or could not be opened."""
        if problem:
            self.show_message(problem, alarm=True)
            self.show_states()
        else:
            self.views.cursors[self.views.view] = self._rows.cursor
            self.fill()

    async def open_path(self) -> None:
        """Ask for a path or address, and open what is there."""
        await show_source(self)
        if not self.status_bar.text:
            self.fill()

    @on(RowList.Chosen)
    async def _open_clicked(self) -> None:
        await self.start_command(COMMANDS_BY_ID["collection-open"])

    # Review

    def answer_same(self) -> None:
        """Answer that the two are one."""
        self._show_answer(self._answers.answer_same())

    def answer_different(self) -> None:
        """Answer that the two are not one."""
        self._show_answer(self._answers.answer_different())

    def _show_answer(self, answer: str) -> None:
        if answer:
            self.show_message(answer, alarm=not self._store.safe)
            return
        next_view = self.keymap.key_of("next-pane")
        advice = "" if self.views.view is CollectionView.REVIEW else f"; {next_view} leads to the review"
        self.show_message(f"there is no question under the cursor{advice}")

    def undo(self) -> None:
        """Take back what was done last: an answer, or that a document was forgotten."""
        match self._session.take_back():
            case None:
                self.show_message("nothing to undo here")
            case RecordedAnswer(step):
                undone = self._profiles.take_back(step)
                another = "another window has undone the last answer already"
                self.show_message(f"undid: {describe_step(undone, '')}" if undone is not None else another)
            case ForgottenDocument(collection, document):
                if collection != self._collection.name:
                    self._use(CollectionAccess(collection))
                self._first_source = document.source
                self._go_to(CollectionView.DOCUMENTS, f"kept “{document.name}”")

    # Documents

    async def add_source(self) -> None:
        """Ask for a file, folder, pattern or address, and add what is there to the collection."""
        await self._upkeep.add_source()

    async def update(self) -> None:
        """Index what was opened or has changed."""
        opened = self._documents.listing.to_index if self._collection.is_default else ()
        await self._upkeep.update(opened)

    def forget(self) -> None:
        """Take the document under the cursor out of the collection when the app ends, and out of the list at once."""
        document = document_of(self._rows.current)
        if document is None or document.sample:
            reason = "a sample stays" if document is not None else "only documents can be forgotten"
            self.show_message(reason)
            return
        self._session.forget(document, is_open=document_app(self).shows(document.digest))
        self.views.cursors[self.views.view] = self._rows.cursor
        key = self.keymap.key_of("undo")
        self._show_view(f"forgot “{document.name}”; {key} brings it back; {WHAT_STAYS}")

    async def switch(self) -> None:
        """Ask for another collection, and show it."""
        if self._upkeep.is_running:
            self.show_message("still adding; wait until it is done")
            return
        name = await choose_collection(self.prompts, self._collection.name)
        if name and name != self._collection.name:
            self._session.collection = name
            self._use(CollectionAccess(name))
            self._hint_bar.hint(self.hints())
            self.fill()

    def cancel(self) -> None:
        """Clear the filter, or go back to the screen below. The first screen stays."""
        if self.views.state.text and self.views.view is not CollectionView.PASSAGES:
            self.change_view(replace(self.views.state, text=""))
        elif self.app.screen_stack[0] is not self:
            self.leave(None)
        else:
            self.show_message(f"{self.keymap.key_of('quit')} quits")

    def go_back(self) -> None:
        """Go back, or quit."""
        self.leave(None)


_ACTIONS: Final = ActionTable[CollectionScreen](
    plain={
        "collection-open": CollectionScreen.open_line,
        "collection-path": CollectionScreen.open_path,
        "collection-same": CollectionScreen.answer_same,
        "collection-different": CollectionScreen.answer_different,
        "collection-add": CollectionScreen.add_source,
        "collection-update": CollectionScreen.update,
        "collection-forget": CollectionScreen.forget,
        "collection-switch": CollectionScreen.switch,
        "open-source": CollectionScreen.open_path,
        "cancel": CollectionScreen.cancel,
        "quit": CollectionScreen.go_back,
        "undo": CollectionScreen.undo,
    },
    counted={"next-pane": CollectionScreen.next_view, "previous-pane": CollectionScreen.previous_view},
)
