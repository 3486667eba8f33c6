"""Searching the article: what the search line does, and the steps from match to match."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final

from reader.display.search import Matches, Query, QueryError, QueryKind, Scan, parse_query
from reader.ui.article.pane import Article
from reader.ui.article.search_history import SearchHistory
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap

_SECONDS_AT_ONCE: Final = 0.006
"""Seconds of searching between which keys are handled."""
_LONG_TEXT: Final = 100_000
"""Code points from which on the normal form of a text is computed in a thread."""
_MODES: Final = {
    QueryKind.WORDS: "SEARCH",
    QueryKind.WHOLE: "SEARCH whole words",
    QueryKind.REGEX: "SEARCH regular expression",
}


class Search:
    """The search of one document. Its matches stay until they are cleared.

    The scan of a long text goes on in the background, from the cursor down and then from the start.
    """

    def __init__(
        self,
        article: Article,
        keymap: Keymap,
        show_message: Callable[[str], None],
        start_work: Callable[[Callable[[], Coroutine[Any, Any, None]]], object],
    ) -> None:
        self._article = article
        self._keymap = keymap
        self._show_message = show_message
        self._start_work = start_work
        self._history = SearchHistory(persistent=article.reading.store.persistent)
        self._kind = QueryKind.WORDS
        self._query = Query()
        self._scan: Scan | None = None
        self._cursor_before = 0
        """Where the cursor was when the search began."""
        self._is_typing = False
        self._begins = False
        """Whether nothing has been searched for since the line was opened."""
        self._pending_steps = 0
        """The steps to take once more of the text is searched."""

    @property
    def query(self) -> Query:
        """What was searched for."""
        return self._query

    # The line

    context = Context.SEARCHING

    @property
    def mode(self) -> str:
        """The word in the status line: how the query is read."""
        return _MODES[self._kind]

    @property
    def placeholder(self) -> str:
        """How to change the kind of search, and to get earlier searches."""
        kind_key, earlier_key = self._keymap.key_of("search-kind"), self._keymap.key_of("search-earlier")
        return f"{self._kind} · {kind_key} changes that · {earlier_key} brings back earlier searches"

    def begin(self) -> str:
        """Remember where the cursor is."""
        self._cursor_before = self._article.cursor
        self._is_typing = self._begins = True
        self._history.begin()
        return ""

    def change(self, text: str) -> None:
        """Search for what is typed so far."""
        if self._is_typing:
            self._search_for(parse_query(text, self._kind), self._cursor_before)

    def change_kind(self, text: str) -> None:
        """Search for the text in the next way: as typed, as whole words, as a regular expression."""
        kinds = list(QueryKind)
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self.change(text)

    def earlier(self, steps: int, text: str) -> str:
        """Return an earlier search that begins like the text, or a later one if `steps` is negative."""
        return self._history.step(-steps, text)

    def end(self, text: str, *, accepted: bool) -> None:
        """Keep the search, or clear it and return to where it began. Without text, repeat the last search."""
        self._is_typing = False
        if not accepted:
            self.clear()
            self._article.return_to(self._cursor_before)
            self._show_message("")
            return
        query = parse_query(text, self._kind) if text.strip() else parse_query(self._history.last)
        self._history.add(query.typed)
        self._search_for(query, self._cursor_before)
        if self._article.cursor != self._cursor_before:
            self._article.jumps.record(self._cursor_before)

    # Searching

    def clear(self) -> None:
        """Forget the matches."""
        self._scan, self._query, self._pending_steps = None, Query(), 0
        self._article.matches = Matches()
        self._article.redraw()

    def search_for_span(self, start: int, end: int, count: int) -> None:
        """Search for the words of a span, whole, and go on to the match `count` matches away from it."""
        query = Query(" ".join(self._article.reading.document.text[start:end].split()), QueryKind.WHOLE)
        self._history.add(query.typed)
        self._article.move_cursor(start)
        self._cursor_before = start
        self._search_for(query, start)
        self.step(count)

    def step(self, count: int) -> None:
        """Go to the next match `count` times, or to the previous one if negative."""
        if self._scan is not None and not self._scan.complete:
            self._pending_steps += count
            self._take_pending_steps()
            return
        for _ in range(abs(count)):
            matches, cursor = self._article.matches, self._article.cursor
            self._go_to(matches.after(cursor) if count > 0 else matches.before(cursor))
            if not len(matches):
                return

    def _search_for(self, query: Query, origin: int) -> None:
        if query == self._query and self._scan is not None and not self._begins:
            return
        self._begins = False
        self.clear()
        self._query = query
        reading = self._article.reading
        if query.is_empty:
            self._article.return_to(origin)
            self._show_message("")
        elif reading.has_normal or len(reading.document.text) < _LONG_TEXT:
            self._begin_scan(query, origin)
        else:
            self._start_work(partial(self._prepare_and_scan, query, origin))

    async def _prepare_and_scan(self, query: Query, origin: int) -> None:
        self._show_message(f"searching for {query.shown} …")
        await run_in_thread(lambda: self._article.reading.normal)
        if query == self._query and self._scan is None:
            self._begin_scan(query, origin)

    def _begin_scan(self, query: Query, origin: int) -> None:
        try:
            scan = self._scan = Scan(self._article.reading.normal, query, origin)
            scan.run(_SECONDS_AT_ONCE)
        except QueryError as error:
            self._scan = None
            self._show_message(f"{query.shown}: {error}")
            return
        self._show_first(scan)
        if not scan.complete:
            self._start_work(partial(self._go_on, scan))

    async def _go_on(self, scan: Scan) -> None:
        """Search the rest of the text, in small portions between which keys are handled."""
        had_match = scan.has_match
        while scan is self._scan and not scan.complete:
            await asyncio.sleep(0)
            try:
                scan.run(_SECONDS_AT_ONCE)
            except QueryError as error:
                self._scan = None
                self._show_message(f"{self._query.shown}: {error}")
                return
            if scan.has_match and not had_match:
                had_match = True
                self._show_first(scan)
            self._take_pending_steps()
        if scan is self._scan:
            self._article.matches = scan.matches
            self._article.redraw()
            if not had_match:
                self._show_first(scan)
            self._take_pending_steps()
            index = self._article.matches.at(self._article.cursor)
            if index is not None:
                self._show_message(self._counter(index))

    def _show_first(self, scan: Scan) -> None:
        """Show the matches so far, and go to the first one from where the search began."""
        matches = self._article.matches = scan.matches
        self._article.redraw()
        if len(matches):
            self._go_to(matches.after(self._cursor_before - 1), record=not self._is_typing)
        elif scan.complete:
            self._article.return_to(self._cursor_before)
            self._show_message(f"{self._query.shown} is not in the text")
        else:
            self._show_message(f"searching for {self._query.shown} …")

    def _take_pending_steps(self) -> None:
        """Take the steps that the matches so far allow: down to the last one, the others once all are known."""
        matches, steps = self._article.matches, self._pending_steps
        if not steps or self._scan is None:
            return
        if self._scan.complete:
            self._pending_steps = 0
            self.step(steps)
            return
        while self._pending_steps > 0 and (index := matches.after(self._article.cursor)):
            self._pending_steps -= 1
            self._go_to(index)

    def _go_to(self, index: int | None, *, record: bool = True) -> None:
        if index is None:
            key = self._keymap.key_of("search")
            no_match = f"{self._query.shown} is not in the text"
            self._show_message(f"no search yet: {key} starts one" if self._query.is_empty else no_match)
            return
        start = self._article.matches.span(index)[0]
        if record:
            self._article.jump(start)
        else:
            self._article.return_to(start)
        self._show_message(self._counter(index))

    def _counter(self, index: int) -> str:
        """Return the query and the number of a match, as in "“ferry” 4/14"."""
        matches = self._article.matches
        total = f"{index + 1:,}/{len(matches):,}" if matches.complete else "…"
        return f"{matches.query.shown} {total}"
