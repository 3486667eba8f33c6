"""The collection: its documents, its entities, the passages that a search finds, and pairs of profiles to review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult

from reader.annotate import Store, describe_step
from reader.annotate.decisions import Decision, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.listing.document_order import STATUSES
from reader.collection.listing.forgetting import WHAT_STAYS
from reader.collection.queries.profile_lookup import profile_named
from reader.collection.queries.profile_suggestions import SuggestedPair, SuggestedSide
from reader.collection.queries.search_advice import SYNTAX
from reader.collection.storage.collection_storage import CollectionError
from reader.display.cells import fit
from reader.resolve import Name
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.collection_session import CollectionSession
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import Hint
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.base.open_source import open_source, show_source
from reader.ui.screens.collection.collection_access import CollectionAccess
from reader.ui.screens.collection.collection_choice import choose_collection
from reader.ui.screens.collection.collection_upkeep import CollectionUpkeep
from reader.ui.screens.collection.collection_views import CollectionView, ViewContent, ViewState, load_view, orders_of
from reader.ui.screens.collection.decided_profiles import DecidedProfiles
from reader.ui.screens.collection.documents.about_document import AboutLines
from reader.ui.screens.collection.documents.document_lines import DocumentLines
from reader.ui.screens.collection.documents.document_view import DocumentView, document_of
from reader.ui.screens.collection.line_list import DocumentTarget, LineList, ListLine, ProfileTarget
from reader.ui.screens.collection.profile_screen import ProfileScreen

_VIEWS: Final = tuple(CollectionView)
_ANSWERS: Final = ("collection-same", "collection-different")
"""The commands that answer a question of the review."""
_OF_DOCUMENTS: Final = ("collection-path", "collection-forget")
"""Commands of which the footer speaks only where documents are listed."""
_OF_PROFILES: Final = (CollectionView.ENTITIES, CollectionView.REVIEW)
"""The views that show profiles."""
_LOW: Final = 12
"""Rows of the terminal below which there is no room for lines about a document."""
DOCUMENT_FILTERS: Final = (
    "words of the name, author, path or date; each must occur",
    f"status:{', status:'.join(STATUSES[:4])} …",
)
_NAME_WIDTH: Final = 30
"""Cells of the name of a document in a message."""
_FORGOTTEN: Final = ""
"""Stands for a forgotten document among the ids of steps."""


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
        self._undoable: list[str] = []
        """What undo takes back: the ids of steps, and "" for each forgotten document."""
        self._use(CollectionAccess(session.collection))
        self.actions.bind(_ACTIONS, self)

    def _use(self, collection: CollectionAccess) -> None:
        """Show another collection from now on."""
        self._collection = collection
        self._states = {each_view: ViewState(each_view) for each_view in _VIEWS}
        self._cursors = dict.fromkeys(_VIEWS, 0)
        self._view = CollectionView.DOCUMENTS
        self._documents = DocumentView(self, collection, self._store, self._session, self.keymap)
        self._upkeep = CollectionUpkeep(self, collection)
        self._profiles = DecidedProfiles(self, collection, self._store, self._session)

    def compose(self) -> ComposeResult:
        """Lay out the list, the lines about its document, and the bars."""
        yield self.title_bar
        yield self._rows
        yield self._about
        yield self.status_bar
        yield self._hint_bar

    async def on_unmount(self) -> None:
        """End indexing. What is in the index by then stays there."""
        self._profiles.leave()
        await self._upkeep.stop()

    @property
    def _state(self) -> ViewState:
        return self._states[self._view]

    @property
    def _lists_documents(self) -> bool:
        return self._view is CollectionView.DOCUMENTS

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
        if self._lists_documents:
            self._rows.refresh()
            self._show_about()

    def show_indexed(self, message: str) -> None:
        """Show what is in the index now."""
        if self.is_attached:
            self._catch_up()
            self.fill(message)

    async def show_new_profiles(self) -> None:
        """Show the entities or questions now that the profiles follow the answers."""
        if not self._lists_documents:
            self._cursors[self._view] = self._rows.cursor
            await self._load(self._state, self.status_bar.text)

    def _show_view(self, message: str = "") -> None:
        """Show the lines of the view, which another thread reads."""
        self._draw_title("…")
        if message:
            self.show_message(message)
        self.start_work(partial(self._load, self._state, message), group="view", exclusive=True)

    async def _load(self, state: ViewState, message: str) -> None:
        if state.view is CollectionView.DOCUMENTS:
            await self._load_documents(state, message)
            return
        try:
            content = await self._collection.ask(lambda storage: load_view(storage, state))
        except CollectionError as error:
            self._show_without_index(str(error), message)
            return
        if state is self._state:
            self._show(content, message)

    async def _load_documents(self, state: ViewState, message: str) -> None:
        try:
            content = await self._documents.content(state)
        except ValueError as error:
            self.show_message(str(error))
            return
        if state is not self._state:
            return
        source, self._first_source = self._first_source, ""
        self._show(content, message, source=source)
        if self._documents.problem:
            self.show_message(self._documents.problem, alarm=True)
        elif not message and not self._documents.has_documents() and content.lines and not state.text:
            opens, adds = self.keymap.key_of("collection-path"), self.keymap.key_of("collection-add")
            self.show_message(f"these are samples: {opens} opens a file of yours, {adds} adds a folder")

    def _show_without_index(self, problem: str, message: str) -> None:
        """Say why there is nothing to show where the index is needed."""
        self._draw_title("")
        if self._collection.exists:
            self._rows.show_lines((), problem)
            self.show_message(problem, alarm=True)
            return
        adds, updates = self.keymap.key_of("collection-add"), self.keymap.key_of("collection-update")
        opened = f"{updates} indexes what was opened, " if self._documents.listing.to_index else ""
        self._rows.show_lines((), f"Nothing is indexed yet: {opened}{adds} adds a file, a folder or an address.")
        self.show_message(message)

    def _show(self, content: ViewContent, message: str, *, source: str = "") -> None:
        """Show lines.

        Args:
            content: The lines.
            message: What to say.
            source: The source of the document under the cursor; "" for where the cursor was.
        """
        lines = content.lines if self._lists_documents else self._visible(content.lines)
        table = self._documents if self._lists_documents else None
        cursor = self._cursors[self._view]
        if source and isinstance(lines, DocumentLines):
            cursor = lines.index_of(source, cursor)
        self._rows.show_lines(lines, content.advice, cursor=cursor, table=table)
        self._rows.show_cursor()
        self._draw_title(content.total)
        self._show_about()
        self.show_message(message)

    def _visible(self, lines: Sequence[ListLine]) -> list[ListLine]:
        return [line for line in lines if not self._is_hidden(line)]

    def _is_hidden(self, line: ListLine) -> bool:
        """Return whether a line is about an answered question, or a passage of a forgotten document."""
        pair = line.item
        if isinstance(pair, SuggestedPair):
            return self._profiles.is_answered((pair.a.key, pair.b.key))
        sources = {source for _, source in self._session.forgotten}
        return isinstance(line.target, DocumentTarget) and line.target.source in sources

    @on(RowList.Moved)
    def _show_about(self) -> None:
        self._about.display = self._lists_documents and self.size.height >= _LOW
        if self._lists_documents:
            self._about.show(self._documents.about(self._rows.current))

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints for the footer: of those for one view, only where they do something."""
        next_view = self.keymap.key_of("next-pane")
        answering, listing = (
            {key for command in commands for key in self.keymap.keys_with_id(command)}
            for commands in (_ANSWERS, _OF_DOCUMENTS)
        )
        opening, *own_hints = super().hints()
        hints = [opening, (next_view, "view"), *(hint for hint in own_hints if hint[0] != next_view)]
        if self._view is CollectionView.REVIEW:
            own = [hint for hint in hints if hint[0] not in listing]
            return tuple(sorted(own, key=lambda hint: hint[0] not in answering))
        hidden = answering if self._lists_documents else answering | listing
        return tuple(hint for hint in hints if hint[0] not in hidden)

    def _draw_title(self, total: str) -> None:
        views = "  ".join(f"[{view}]" if view is self._view else view for view in _VIEWS)
        state, orders = self._state, orders_of(self._view)
        order = f"by {orders[state.order]}{', reversed' if state.is_reversed else ''}" if orders else ""
        parts = (total, state.text and f"“{state.text}”", state.label, order)
        self.title_bar.show(f"{self._collection.name}:  {views}", tuple(filter(None, parts)))

    # Views

    def next_view(self, count: int) -> None:
        """Show the next view."""
        self._go_to(_VIEWS[(_VIEWS.index(self._view) + count) % len(_VIEWS)])

    def previous_view(self, count: int) -> None:
        """Show the previous view."""
        self.next_view(-count)

    def _go_to(self, view: CollectionView, message: str = "") -> None:
        if view is not self._view:
            self._cursors[self._view] = self._rows.cursor
            if self._collection.is_default and view is not CollectionView.DOCUMENTS:
                self.start_work(partial(self._upkeep.index_opened, self._documents.listing.to_index), group="opened")
        self._view = view
        self._hint_bar.hint(self.hints())
        self._show_view(message)
        self._catch_up()
        if view is CollectionView.REVIEW:
            self._profiles.prepare()

    def _catch_up(self) -> None:
        """Bring the profiles up to date where they are shown: for many documents, that takes long."""
        if self._view in _OF_PROFILES:
            self._profiles.catch_up()

    def _change(self, state: ViewState, message: str = "") -> None:
        """Show a view in another state; the cursor stays on its document, and else goes to the start."""
        self._states[state.view] = state
        document = document_of(self._rows.current) if state.view is self._view else None
        self._cursors[state.view] = 0
        if document is not None:
            self._first_source = document.source
        elif state.view is self._view:
            self._rows.put_cursor(0)
        self._go_to(state.view, message)

    async def filter_lines(self) -> None:
        """Ask for a part of a name, title, source or rule, and show only what has it."""
        if self._view is CollectionView.PASSAGES:
            await self.search()
            return
        state = self._state

        def show_matching(text: str) -> None:
            if text.strip() != self._state.text:
                self._change(replace(state, text=text.strip()))

        advice = DOCUMENT_FILTERS if self._lists_documents else ()
        title = f"Filter the {self._view.lower()}"
        text = await self.prompts.ask_line(title, state.text, changed=show_matching, advice=advice)
        show_matching(state.text if text is None else text)

    async def search(self) -> None:
        """Ask what to search for in the texts, and show the passages."""
        text = await self.prompts.ask_line(
            "Search the texts", self._states[CollectionView.PASSAGES].text, advice=SYNTAX
        )
        if text is not None:
            self._change(replace(self._states[CollectionView.PASSAGES], text=text.strip()))

    async def choose_label(self) -> None:
        """Ask for a label, and show only what has it."""
        if self._lists_documents:
            self.show_message(f"documents have no label; {self.keymap.key_of('collection-filter')} filters them")
            return
        label = await self.prompts.ask_label("Only this label; the same one again shows all", self._state.label)
        if label is not None:
            self._change(replace(self._state, label="" if label == self._state.label else label))

    def sort(self) -> None:
        """Sort by the next order."""
        orders = orders_of(self._view)
        if not orders:
            self.show_message("the best come first")
            return
        order = (self._state.order + 1) % len(orders)
        self._change(replace(self._state, order=order, is_reversed=False), f"sorted by {orders[order]}")

    def reverse(self) -> None:
        """Sort the documents from the other end, or as before."""
        if not self._lists_documents:
            self.show_message("only documents can be sorted from the other end")
            return
        self._change(replace(self._state, is_reversed=not self._state.is_reversed))

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
                digest = await self._collection.digest_of(source)
                self._show_after(await open_source(self, source, offset, indexed_digest=digest))
            case ProfileTarget(key):
                await self._open_profile(key)

    def _show_after(self, problem: str) -> None:
        """Show the list after a document was left, or could not be opened."""
        if problem:
            self.show_message(problem, alarm=True)
            self.show_states()
        else:
            self._cursors[self._view] = self._rows.cursor
            self.fill()

    async def _open_profile(self, key: str) -> None:
        try:
            profile = await self._collection.ask(lambda storage: profile_named(storage, key))
        except CollectionError as error:
            self.show_message(str(error), alarm=True)
        else:
            await self.ask(ProfileScreen(self.keymap, self._collection, profile))

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
        self._answer(lambda pair: ProfilesSame((_appearance(pair.a), _appearance(pair.b))))

    def answer_different(self) -> None:
        """Answer that the two are not one."""
        self._answer(lambda pair: ProfilesDifferent((_appearance(pair.a),), (_appearance(pair.b),)))

    def _answer(self, decision_about: object) -> None:
        line = self._rows.current
        pair = line.item if line is not None else None
        if not isinstance(pair, SuggestedPair) or not callable(decision_about):
            next_view = self.keymap.key_of("next-pane")
            advice = "" if self._view is CollectionView.REVIEW else f"; {next_view} leads to the review"
            self.show_message(f"there is no question under the cursor{advice}")
            return
        decision: Decision = decision_about(pair)
        self._undoable.append(self._profiles.decide(decision, (pair.a.key, pair.b.key)))
        first = next(index for index, line in enumerate(self._rows.lines) if line.item is pair)
        lines = [line for line in self._rows.lines if not self._is_hidden(line)]
        self._rows.show_lines(lines, "Nothing to review here.", cursor=min(first, max(len(lines) - 1, 0)))
        saved = "" if self._store.safe else f" NOT SAVED: {self._store.problem}"
        self.show_message(decision.describe("") + saved, alarm=bool(saved))

    def undo(self) -> None:
        """Take back the last answer, or bring back the document that was forgotten last."""
        step = self._undoable.pop() if self._undoable else _FORGOTTEN
        if step != _FORGOTTEN:
            undone = self._profiles.take_back(step)
            if undone is not None:
                self.show_message(f"undone: {describe_step(undone, '')}")
            return
        document = self._session.take_back()
        if document is None:
            self.show_message("nothing to undo here")
            return
        if self._session.collection != self._collection.name:
            self._use(CollectionAccess(self._session.collection))
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
        self._session.forget(document)
        self._undoable.append(_FORGOTTEN)
        self._cursors[self._view] = self._rows.cursor
        key = self.keymap.key_of("undo")
        self._show_view(f"forgot “{fit(document.name, _NAME_WIDTH)}”; {key} brings it back; {WHAT_STAYS}")

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
        if self._state.text and self._view is not CollectionView.PASSAGES:
            self._change(replace(self._state, text=""))
        elif self.app.screen_stack[0] is not self:
            self.leave(None)
        else:
            self.show_message(f"{self.keymap.key_of('quit')} quits")

    def go_back(self) -> None:
        """Go back, or quit."""
        self.leave(None)


def _appearance(side: SuggestedSide) -> Appearance:
    return Appearance(side.digest, side.title, Name(side.entity_name, side.entity_label))


_ACTIONS: Final = ActionTable[CollectionScreen](
    plain={
        "collection-open": CollectionScreen.open_line,
        "collection-filter": CollectionScreen.filter_lines,
        "collection-label": CollectionScreen.choose_label,
        "collection-sort": CollectionScreen.sort,
        "collection-reverse": CollectionScreen.reverse,
        "collection-path": CollectionScreen.open_path,
        "collection-same": CollectionScreen.answer_same,
        "collection-different": CollectionScreen.answer_different,
        "collection-add": CollectionScreen.add_source,
        "collection-update": CollectionScreen.update,
        "collection-forget": CollectionScreen.forget,
        "collection-switch": CollectionScreen.switch,
        "open-source": CollectionScreen.open_path,
        "search": CollectionScreen.search,
        "cancel": CollectionScreen.cancel,
        "quit": CollectionScreen.go_back,
        "undo": CollectionScreen.undo,
    },
    counted={"next-pane": CollectionScreen.next_view, "previous-pane": CollectionScreen.previous_view},
)
