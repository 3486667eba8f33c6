"""The collection: its entities and documents, the passages that a search finds, and pairs of profiles to review."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Final

from textual import on

from reader.annotate import Store, describe_step
from reader.annotate.decisions import Decision, ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.queries.document_list import count_documents
from reader.collection.queries.profile_lookup import profile_named
from reader.collection.queries.profile_suggestions import SuggestedPair, SuggestedSide
from reader.collection.queries.search_advice import SYNTAX
from reader.collection.storage.collection_storage import CollectionError
from reader.resolve import Name
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import Hint
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.collection.background_indexing import BackgroundIndexing
from reader.ui.screens.collection.collection_access import CollectionAccess, read_source
from reader.ui.screens.collection.collection_views import CollectionView, ViewContent, ViewState, load_view, orders_of
from reader.ui.screens.collection.decided_profiles import DecidedProfiles
from reader.ui.screens.collection.line_list import DocumentTarget, LineList, ListLine, ProfileTarget
from reader.ui.screens.collection.profile_screen import ProfileScreen

_VIEWS: Final = tuple(CollectionView)
_ANSWERS: Final = ("collection-same", "collection-different")
"""The commands that answer a question of the review."""
_PROGRESS_SECONDS: Final = 1.0


class CollectionScreen(ListScreen[None]):
    """Lists what a collection contains. Enter opens an entity or a document over the list, and Escape leads back."""

    AUTO_FOCUS = "#lines"
    CSS_PATH = resource_folder("styles") / "collection.tcss"
    CONTEXT = Context.COLLECTION
    PASSES_KEYS_BELOW = True

    def __init__(
        self,
        keymap: Keymap,
        collection: CollectionAccess,
        store: Store,
        view: CollectionView = CollectionView.ENTITIES,
    ) -> None:
        """Show a collection.

        Args:
            keymap: The keys.
            collection: The collection.
            store: Where decisions are kept.
            view: What to list first.
        """
        self._rows = LineList(id="lines")
        super().__init__(keymap, self._rows)
        self._collection = collection
        self._store = store
        self._states = {each_view: ViewState(each_view) for each_view in _VIEWS}
        self._cursors = dict.fromkeys(_VIEWS, 0)
        self._view = view
        self._undoable: list[str | ListLine] = []
        """What undo takes back: the ids of steps, and the lines of forgotten documents."""
        self._forgotten: dict[str, ListLine] = {}
        """The documents to remove when the screen is left, by source, and their lines."""
        self._indexing = BackgroundIndexing(collection.name)
        self._profiles = DecidedProfiles(self, collection, store)
        self.actions.bind(_ACTIONS, self)

    def on_mount(self) -> None:
        """Bring the profiles up to date if a decision was not written before the program ended."""
        self._profiles.catch_up()

    async def on_unmount(self) -> None:
        """End indexing. What is in the index by then stays there."""
        await self._indexing.stop()

    @property
    def _state(self) -> ViewState:
        return self._states[self._view]

    def fill(self, message: str = "") -> None:
        """Read the lines of the view in another thread, and show them."""
        self._draw_title("…")
        if message:
            self.status_bar.show(message)
        self.run_worker(self._load(self._state, message), group="view", exclusive=True)

    async def _load(self, state: ViewState, message: str) -> None:
        try:
            content = await self._collection.ask(lambda storage: load_view(storage, state))
        except CollectionError as error:
            self._draw_title("")
            if self._collection.exists:
                self._rows.show_lines((), str(error))
                self.status_bar.show(str(error), alarm=True)
                return
            key = self.keymap.key_of("collection-add")
            self._rows.show_lines((), f"The collection is empty: {key} adds a file, a folder or an address.")
            self.status_bar.show(message)
            return
        if state is self._state:
            self._show(content, message)

    def _show(self, content: ViewContent, message: str) -> None:
        lines = [line for line in content.lines if not self._is_hidden(line)]
        self._rows.show_lines(lines, content.advice, cursor=self._cursors[self._view])
        self._rows.show_cursor()
        self._draw_title(content.total)
        self.status_bar.show(message)

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""
        self.status_bar.show(message, alarm=alarm)

    async def show_new_profiles(self) -> None:
        """Show the questions that remain now that the profiles follow the answers."""
        if self._view is CollectionView.REVIEW:
            self._cursors[self._view] = self._rows.cursor
            await self._load(self._state, self.status_bar.text)

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints for the footer; those of the review only in the review."""
        next_view = self.keymap.key_of("next-pane")
        answering = {key for answer in _ANSWERS for key in self.keymap.keys_with_id(answer)}
        opening, *own_hints = super().hints()
        hints = [opening, (next_view, "view"), *(hint for hint in own_hints if hint[0] != next_view)]
        if self._view is not CollectionView.REVIEW:
            return tuple(hint for hint in hints if hint[0] not in answering)
        return tuple(sorted(hints, key=lambda hint: hint[0] not in answering))

    def _draw_title(self, total: str) -> None:
        views = "  ".join(f"[{view}]" if view is self._view else view for view in _VIEWS)
        state = self._state
        orders = orders_of(state.view)
        parts = (total, state.text and f"“{state.text}”", state.label, f"by {orders[state.order]}" if orders else "")
        self.title_bar.show(f"{self._collection.name}:  {views}", tuple(filter(None, parts)))

    # Views

    def next_view(self, count: int) -> None:
        """Show the next view."""
        self._go_to(_VIEWS[(_VIEWS.index(self._view) + count) % len(_VIEWS)])

    def previous_view(self, count: int) -> None:
        """Show the previous view."""
        self.next_view(-count)

    def _go_to(self, view: CollectionView, message: str = "") -> None:
        self._cursors[self._view] = self._rows.cursor
        self._view = view
        self._hint_bar.hint(self.hints())
        self.fill(message)
        if view is CollectionView.REVIEW:
            self._profiles.prepare()

    def _change(self, state: ViewState, message: str = "") -> None:
        self._states[state.view] = state
        self._cursors[state.view] = 0
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

        text = await self.prompts.ask_line(f"Filter the {self._view.lower()}", state.text, changed=show_matching)
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
        label = await self.prompts.ask_label("Only this label; the same one again shows all", self._state.label)
        if label is not None:
            self._change(replace(self._state, label="" if label == self._state.label else label))

    def sort(self) -> None:
        """Sort by the next order."""
        orders = orders_of(self._view)
        if not orders:
            self.status_bar.show("the best come first")
            return
        order = (self._state.order + 1) % len(orders)
        self._change(replace(self._state, order=order), f"sorted by {orders[order]}")

    # Opening

    async def open_line(self) -> None:
        """Open the entity or the document under the cursor."""
        line = self._rows.current
        match line.target if line is not None else None:
            case DocumentTarget(source, offset):
                self.status_bar.show(await read_source(self, source, offset, self._collection))
            case ProfileTarget(key):
                await self._open_profile(key)

    async def _open_profile(self, key: str) -> None:
        try:
            profile = await self._collection.ask(lambda storage: profile_named(storage, key))
        except CollectionError as error:
            self.status_bar.show(str(error), alarm=True)
        else:
            await self.ask(ProfileScreen(self.keymap, self._collection, profile))

    async def open_path(self) -> None:
        """Ask for a path or address, and open it."""
        source = await self.prompts.ask_line("Open which file or address?")
        if source and source.strip():
            self.status_bar.show(await read_source(self, source.strip()))

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
            self.status_bar.show(f"there is no question under the cursor{advice}")
            return
        decision: Decision = decision_about(pair)
        self._undoable.append(self._profiles.decide(decision, (pair.a.key, pair.b.key)))
        first = next(index for index, line in enumerate(self._rows.lines) if line.item is pair)
        lines = [line for line in self._rows.lines if not self._is_hidden(line)]
        self._rows.show_lines(lines, "Nothing to review here.", cursor=min(first, max(len(lines) - 1, 0)))
        saved = "" if self._store.safe else f" NOT SAVED: {self._store.problem}"
        self.status_bar.show(decision.describe("") + saved, alarm=bool(saved))

    def undo(self) -> None:
        """Take back the last answer given here."""
        if not self._undoable:
            self.status_bar.show("nothing to undo here")
            return
        last = self._undoable.pop()
        if isinstance(last, ListLine):
            self._forgotten = {source: line for source, line in self._forgotten.items() if line is not last}
            self._go_to(CollectionView.DOCUMENTS, f"kept {last.text}")
            return
        step = self._profiles.take_back(last)
        if step is not None:
            self.status_bar.show(f"undone: {describe_step(step, '')}")

    def _is_hidden(self, line: ListLine) -> bool:
        """Return whether a line is about an answered question or a forgotten document."""
        if isinstance(line.target, DocumentTarget) and line.item is None and line.target.source in self._forgotten:
            return self._view is CollectionView.DOCUMENTS
        pair = line.item
        return isinstance(pair, SuggestedPair) and self._profiles.is_answered((pair.a.key, pair.b.key))

    # Documents

    async def add_source(self) -> None:
        """Ask for a file, folder, pattern or address, and add what is there to the collection."""
        if self._indexing.is_running:
            self.status_bar.show("still adding; wait until it is done")
            return
        source = await self.prompts.ask_line("Add which file, folder or address?")
        if source and source.strip():
            self.run_worker(self._index(source.strip()), group="indexing")

    async def _index(self, source: str) -> None:
        progress = asyncio.create_task(self._show_progress(source))
        try:
            message = await self._indexing.run(source)
        finally:
            progress.cancel()
        if self.is_attached:
            self.fill(message)

    async def _show_progress(self, source: str) -> None:
        """Show how many documents the collection has, again and again."""
        while True:
            with suppress(CollectionError):
                count = await self._collection.ask(count_documents)
                self.status_bar.show(f"adding {source} … {count:,} documents so far")
            await asyncio.sleep(_PROGRESS_SECONDS)

    def forget(self) -> None:
        """Remove the document under the cursor from the collection when the screen is left."""
        line = self._rows.current
        if self._view is not CollectionView.DOCUMENTS or line is None or not isinstance(line.target, DocumentTarget):
            self.status_bar.show("only documents can be forgotten")
            return
        self._forgotten[line.target.source] = line
        self._undoable.append(line)
        lines = [kept_line for kept_line in self._rows.lines if kept_line is not line]
        self._rows.show_lines(lines, "No document matches.", cursor=min(self._rows.cursor, max(len(lines) - 1, 0)))
        key = self.keymap.key_of("undo")
        self.status_bar.show(f"forgot {line.text}; its annotations stay; {key} brings it back")

    async def go_back(self) -> None:
        """Go back, after the forgotten documents are removed."""
        if self._forgotten:
            self.status_bar.show("removing the forgotten documents …")
            try:
                await self._profiles.remove_documents(tuple(self._forgotten))
            except CollectionError as error:
                self._forgotten.clear()
                self.fill()
                self.status_bar.show(f"nothing was removed: {error}", alarm=True)
                return
        self.leave(None)


def _appearance(side: SuggestedSide) -> Appearance:
    return Appearance(side.digest, side.title, Name(side.entity_name, side.entity_label))


_ACTIONS: Final = ActionTable[CollectionScreen](
    plain={
        "collection-open": CollectionScreen.open_line,
        "collection-filter": CollectionScreen.filter_lines,
        "collection-label": CollectionScreen.choose_label,
        "collection-sort": CollectionScreen.sort,
        "collection-path": CollectionScreen.open_path,
        "collection-same": CollectionScreen.answer_same,
        "collection-different": CollectionScreen.answer_different,
        "collection-add": CollectionScreen.add_source,
        "collection-forget": CollectionScreen.forget,
        "search": CollectionScreen.search,
        "cancel": CollectionScreen.go_back,
        "quit": CollectionScreen.go_back,
        "undo": CollectionScreen.undo,
    },
    counted={"next-pane": CollectionScreen.next_view, "previous-pane": CollectionScreen.previous_view},
)
