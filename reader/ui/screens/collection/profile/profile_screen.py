"""A profile: what the documents of a collection say about one entity."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from textual import on

from reader.annotate import GENERAL_DOCUMENT, History, Step, Store, describe_step
from reader.annotate.decisions import WatchlistAnswered
from reader.annotate.effects.watchlist_answers import watchlist_answers
from reader.collection.queries.profiles.profile_answers import count_others_named
from reader.collection.queries.profiles.profile_lookup import ProfileSummary, profile_named
from reader.collection.storage.collection_storage import CollectionError
from reader.collection.watchlists.profile_hits import ProfileHit, names_as_text, profile_hits
from reader.collection.watchlists.saved_lists import saved_names
from reader.document import Document
from reader.resources import resource_folder
from reader.ui.base.background_work import start_work
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import Hint
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.base.open_source import document_app
from reader.ui.screens.collection.collection_access import CollectionAccess
from reader.ui.screens.collection.indexed_source import open_indexed_source
from reader.ui.screens.collection.line_list import DocumentTarget, LineList, ListLine, ProfileTarget
from reader.ui.screens.collection.profile.profile_lines import (
    ListedEntries,
    LoadedProfile,
    lines_of,
    load_profile,
    summary_parts,
)
from reader.ui.watchlist_search import WatchlistAnswer, WatchlistSearch, search_request

_ANSWERING: Final = ("profile-listed", "profile-not-listed", "profile-unsure", "undo")
"""The commands about the answers to hits."""
_READING: Final = "reading the collection …"
_LOOKING: Final = "searching the watchlists …"
_NOT_LIKE: Final = "no listed name is like one of these"


StepMove: TypeAlias = Callable[[Document, str], tuple[Step | None, History]]
"""Undo or redo of the store."""


class ProfileScreen(ListScreen[None]):
    """Shows a profile. Enter follows a line to its document or to another profile, and Escape leads back."""

    AUTO_FOCUS = "#profile"
    CSS_PATH = resource_folder("styles") / "collection.tcss"
    CONTEXT = Context.PROFILE
    PASSES_KEYS_BELOW = True

    def __init__(self, keymap: Keymap, collection: CollectionAccess, profile: ProfileSummary) -> None:
        self._rows = LineList(id="profile")
        super().__init__(keymap, self._rows)
        self._collection = collection
        self._profile = profile
        self._loaded: LoadedProfile | None = None
        self._search = WatchlistSearch()
        self._answer: WatchlistAnswer | None = None
        """What the search of the watchlists said, None before its end."""
        self._steps: list[str] = []
        """The ids of the steps that were made here, for undo."""
        self._undone: list[str] = []
        """The ids of those that were undone, for redo."""
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(_ACTIONS, self)

    async def on_unmount(self) -> None:
        """End the search."""
        await self._search.stop()

    @property
    def _store(self) -> Store:
        return document_app(self).store

    def fill(self, message: str = "") -> None:
        """Read the profile in another thread, and show it."""
        self.title_bar.show(self._profile.name, summary_parts(self._profile))
        self.status_bar.show(message or _READING)
        start_work(self, partial(self._load, message), group="profile", exclusive=True)

    async def _load(self, message: str) -> None:
        try:
            loaded = await self._collection.ask(lambda storage: load_profile(storage, self._profile))
        except CollectionError as error:
            self.status_bar.show(str(error), alarm=True)
            return
        self._loaded = loaded
        self.title_bar.show(self._profile.name, summary_parts(loaded.report.profile))
        self._show(message, cursor=1)
        if loaded.names and saved_names():
            text, blocks, compared = names_as_text(self._profile.label, loaded.names)
            self._answer = await self._search.run(search_request(text, blocks, compared))
            self._show(self._answer.problem)

    def _show(self, message: str = "", *, cursor: int | None = None) -> None:
        """Show the lines as they are now. Without a cursor, it stays on its line."""
        if self._loaded is None:
            return
        current = self._rows.current
        listed = self._listed()
        lines = lines_of(self._loaded, listed)
        if cursor is None and current is not None:
            cursor = next((index for index, line in enumerate(lines) if _is_same_line(line, current)), None)
        self._rows.show_lines(lines, "This profile is no longer in the collection.", cursor=cursor)
        self._rows.show_cursor()
        if message:
            self.status_bar.show(message)
        elif self.status_bar.text == _READING:
            self.status_bar.show("")
        self._hint_bar.hint(self.hints())

    def _listed(self) -> ListedEntries:
        """Return what the watchlists have of the profile, under the answers as they are now."""
        if self._loaded is None or not saved_names():
            return ListedEntries()
        if self._answer is None or self._answer.matches is None:
            return ListedEntries(advice=_LOOKING if self._answer is None else self._answer.problem)
        answers = watchlist_answers(self._store.history(GENERAL_DOCUMENT).decisions)
        hits = profile_hits(
            self._profile.label, self._loaded.names, self._answer.matches, answers, self._loaded.answers
        )
        return ListedEntries(tuple(hits), _NOT_LIKE)

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints for the footer; those for hits only if there are some, and then first."""
        answering = {key for answer in _ANSWERING for key in self.keymap.keys_with_id(answer)}
        opening, *hints = super().hints()
        if not any(isinstance(line.item, ProfileHit) for line in self._rows.lines):
            return (opening, *(hint for hint in hints if hint[0] not in answering))
        return (opening, *sorted(hints, key=lambda hint: hint[0] not in answering))

    # Watchlists

    async def answer_yes(self) -> None:
        """Note that the profile is the listed one."""
        await self._give_answer("yes")

    async def answer_no(self) -> None:
        """Note that the profile is not the listed one."""
        await self._give_answer("no")

    async def answer_unsure(self) -> None:
        """Note that the profile may be the listed one."""
        await self._give_answer("unsure")

    async def _give_answer(self, answer: str) -> None:
        """Record an answer about the hit under the cursor for all documents, and go to the next open hit."""
        line = self._rows.current
        hit = line.item if line is not None else None
        if not isinstance(hit, ProfileHit):
            self.status_bar.show("no hit of a watchlist is under the cursor")
            return
        decision = WatchlistAnswered(hit.names, *hit.key, hit.listed_name, answer)
        history = self._store.append(GENERAL_DOCUMENT, [decision])
        self._steps.append(history.steps[-1].id)
        self._undone.clear()
        self._show()
        self._go_to_open_hit()
        self._say_saved(decision.describe("") + await self._others_named(hit))

    def _go_to_open_hit(self) -> None:
        lines = self._rows.lines
        for index, line in enumerate(lines):
            if isinstance(line.item, ProfileHit) and not line.item.answer:
                self._rows.move_to(index)
                return

    async def _others_named(self, hit: ProfileHit) -> str:
        """Return a warning if an answer about a hit is about other profiles, too."""
        try:
            count = await self._collection.ask(lambda storage: count_others_named(storage, self._profile.id, hit.names))
        except CollectionError:
            return ""
        if not count:
            return ""
        profiles = "another profile has" if count == 1 else f"{count:,} other profiles have"
        return f"; {profiles} this name, and the answer holds there, too"

    def _say_saved(self, message: str) -> None:
        problem = "" if self._store.safe else f"NOT SAVED: {self._store.problem}: "
        self.status_bar.show(problem + message, alarm=bool(problem))

    def undo(self) -> None:
        """Take back the last answer given here."""
        self._move_step(self._steps, self._undone, self._store.undo, "undid")

    def redo(self) -> None:
        """Give the answer again that was taken back last."""
        self._move_step(self._undone, self._steps, self._store.redo, "redid")

    def _move_step(self, origin: list[str], target: list[str], move: StepMove, verb: str) -> None:
        if not origin:
            self.status_bar.show(f"nothing to {'undo' if verb == 'undid' else 'redo'} here")
            return
        step, _ = move(GENERAL_DOCUMENT, origin[-1])
        target.append(origin.pop())
        self._show()
        if step is not None:
            self._say_saved(f"{verb}: {describe_step(step, '')}")

    # Lines

    async def open_line(self) -> None:
        """Follow the line under the cursor."""
        line = self._rows.current
        match line.target if line is not None else None:
            case DocumentTarget(source, offset):
                self.status_bar.show(await open_indexed_source(self, self._collection, source, offset))
            case ProfileTarget(key):
                await open_profile(self, self._collection, key)
            case None if line is not None and not line.is_heading:
                self.status_bar.show("this line leads nowhere")

    def next_section(self, count: int) -> None:
        """Go to the next section."""
        self._rows.move_to_heading(count)

    def previous_section(self, count: int) -> None:
        """Go to the previous section."""
        self._rows.move_to_heading(-count)

    @on(RowList.Chosen)
    async def _open_clicked(self) -> None:
        await self.start_command(COMMANDS_BY_ID["profile-open"])


async def open_profile(screen: ListScreen[None], collection: CollectionAccess, key: str) -> None:
    """Show the profile with a key over a screen until it is left, or say there why it cannot be shown."""
    try:
        profile = await collection.ask(lambda storage: profile_named(storage, key))
    except CollectionError as error:
        screen.status_bar.show(str(error), alarm=True)
    else:
        await screen.ask(ProfileScreen(screen.keymap, collection, profile))


def _is_same_line(line: ListLine, earlier: ListLine) -> bool:
    """Return whether a line is about the same thing as one of the lines before."""
    if isinstance(line.item, ProfileHit) and isinstance(earlier.item, ProfileHit):
        return line.item.key == earlier.item.key
    return line == earlier


_ACTIONS: Final = ActionTable[ProfileScreen](
    plain={
        "profile-open": ProfileScreen.open_line,
        "profile-listed": ProfileScreen.answer_yes,
        "profile-not-listed": ProfileScreen.answer_no,
        "profile-unsure": ProfileScreen.answer_unsure,
        "undo": ProfileScreen.undo,
        "redo": ProfileScreen.redo,
    },
    counted={
        "profile-next-section": ProfileScreen.next_section,
        "profile-previous-section": ProfileScreen.previous_section,
    },
)
