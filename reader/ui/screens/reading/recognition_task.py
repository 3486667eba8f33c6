"""Recognition beside the reading screen: its start, its progress, and what follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from reader.ui.base.garbage import QUIET_SECONDS, collect, freeze

if TYPE_CHECKING:
    from textual.worker import Worker

    from reader.reading import Reading
    from reader.ui.article.pane import Article
    from reader.ui.keys.keymap import Keymap
    from reader.ui.panels.details import Details
    from reader.ui.panels.entity_list import EntityList
    from reader.ui.recognition import Recognition
    from reader.ui.watchlist_hits import WatchlistHits


class RecognitionScreen(Protocol):
    """The screen that shows what recognition finds."""

    reading: Reading
    keymap: Keymap
    article: Article
    entity_list: EntityList
    details: Details
    watchlist_hits: WatchlistHits

    def load_actions(self) -> None:
        """Load what the commands do."""

    def mentions_changed(self) -> None:
        """Show the mentions found so far."""

    def show_changes(self) -> None:
        """Show the reading as it is now."""

    def show_message(self, message: str, *, alarm: bool = False, lasting: bool = False) -> None:
        """Show one line."""

    def refresh_bars(self) -> None:
        """Show the current state in the bars."""

    def run_worker(
        self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str, exclusive: bool = False
    ) -> Worker[None]:
        """Start work in the background."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        """Call a function after some seconds."""

    def call_after_refresh(self, callback: Callable[[], object]) -> bool:
        """Call a function after the next paint."""


class RecognitionTask:
    """Finds the names of the document, and then searches the watchlists. It is the listener of the recognition."""

    def __init__(self, screen: RecognitionScreen, recognition: Recognition) -> None:
        self._screen = screen
        self._recognition = recognition
        self._has_started = False
        self._has_failed = False
        self.activity = "looking for names …"
        """What recognition is doing, "" if it has finished or failed."""

    @property
    def is_complete(self) -> bool:
        """Whether every name was looked for."""
        return not self.activity and not self._has_failed

    @property
    def no_names(self) -> str:
        """Why there are no names: recognition is running, found none, or failed."""
        if self.activity:
            return "looking for names …"
        add_key = self._screen.keymap.key_of("add-mention")
        reason = "recognition failed" if self._has_failed else "no names found"
        return f"{reason}; {add_key} in the text adds one"

    def show_why_empty(self) -> None:
        """Show in the empty sides why they are empty."""
        entity_list, details, message = self._screen.entity_list, self._screen.details, self.no_names
        if message != entity_list.no_entities:
            entity_list.no_entities = details.no_entities = message
            if not self._screen.reading.entities:
                entity_list.refill()
                details.refill()

    def start(self) -> None:
        """Start recognition, unless it has started before."""
        if not self._has_started:
            self._has_started = True
            self._screen.run_worker(self._run, group="recognition")

    async def stop(self) -> None:
        """Stop recognition."""
        await self._recognition.stop()

    def another(self) -> Recognition:
        """Return a recognition for another document."""
        return self._recognition.another()

    async def _run(self) -> None:
        """Lay out the rest of the text, which recognition needs too, and find the names."""
        article = self._screen.article
        await article.lay_out_rest_beside()
        freeze()
        await self._recognition.run(self._screen.reading, article.first_visible_block, self)

    def collect_garbage(self) -> None:
        """Run a full garbage collection, unless there are many new objects, which will be frozen."""
        if not self.activity:
            collect()

    # What the recognition reports

    async def show_unmerged(self) -> None:
        """Highlight the mentions, whose names are not merged yet."""
        self._screen.article.redraw()
        await self._until_painted()

    def mentions_changed(self) -> None:
        """Show the mentions found so far."""
        self._screen.mentions_changed()

    def show_activity(self, activity: str) -> None:
        """Show what recognition is doing, "" if it has finished; then search the watchlists.

        At the first sign of activity, what is not needed to show text and cached mentions is loaded, too.
        """
        self.activity = activity
        self.show_why_empty()
        self._screen.refresh_bars()
        self._after_paint(self._screen.load_actions)
        if not activity:
            self._screen.set_timer(QUIET_SECONDS, freeze)
            self._screen.run_worker(self._search_watchlists, group="watchlists", exclusive=True)

    def show_notice(self, message: str) -> None:
        """Show what the user should know about the text."""
        self._screen.show_message(message, lasting=True)

    def show_failure(self, message: str) -> None:
        """Say why there will be no more highlights; the text stays."""
        self.activity = ""
        self._has_failed = True
        self.show_why_empty()
        self._screen.show_message(message, alarm=True)
        self._after_paint(self._screen.load_actions)

    def _after_paint(self, callback: Callable[[], object]) -> None:
        """Call a function after the text was painted, by way of the article, which asks for its paint first."""
        self._screen.article.call_later(self._screen.call_after_refresh, callback)

    async def _until_painted(self) -> None:
        """Wait until the text was painted."""
        painted = asyncio.Event()
        self._after_paint(painted.set)
        await painted.wait()

    async def _search_watchlists(self) -> None:
        """Look for names that are like those of watchlists, and show where they are."""
        await self._until_painted()
        hits = self._screen.watchlist_hits
        problem = await hits.search()
        if problem:
            self._screen.show_message(problem)
        if hits.hits:
            self._screen.show_changes()
