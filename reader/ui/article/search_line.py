"""Searching the article: the line in which the search is typed, and the steps from match to match."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.display.search import Matches, find_all
from reader.ui.article.pane import Article
from reader.ui.keys.keymap import Keymap

if TYPE_CHECKING:
    from reader.ui.dialogs.input_line import InputLine


class Search:
    """The search of one document. Its matches stay until they are cleared."""

    def __init__(self, article: Article, keymap: Keymap, show_message: Callable[[str], None]) -> None:
        self._line: InputLine | None = None
        self._article = article
        self._keymap = keymap
        self._show_message = show_message
        self._cursor_before = 0
        """Where the cursor was when the search began."""

    @property
    def line(self) -> InputLine:
        """The line in which the search is typed, created when it is first needed."""
        if self._line is None:
            from reader.ui.dialogs.input_line import InputLine

            self._line = InputLine(id="search", placeholder="search")
            self._line.display = False
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return self._line is not None and self._line.display

    @property
    def query(self) -> str:
        """The string that was searched for; "" for none."""
        return self._article.matches.query

    def open(self) -> None:
        """Show the empty line."""
        self._cursor_before = self._article.cursor
        self.line.display = True
        self.line.begin()

    def update(self) -> None:
        """Search for what the line contains so far."""
        if self.is_open:
            self._search_for(self.line.value)

    def close(self, *, accepted: bool) -> None:
        """Hide the line; unless the search is accepted, clear it and return to where it began."""
        self.line.display = False
        if accepted:
            self._search_for(self.line.value)
        else:
            self.clear()
            self._article.move_cursor(self._cursor_before)
            self._show_message("")

    def clear(self) -> None:
        """Forget the matches."""
        self._article.matches = Matches()
        self._article.redraw()

    def step(self, count: int) -> None:
        """Go to the next match `count` times, or to the previous one if negative."""
        for _ in range(abs(count)):
            matches, cursor = self._article.matches, self._article.cursor
            self._go_to(matches.after(cursor) if count > 0 else matches.before(cursor))

    def _search_for(self, query: str) -> None:
        if query == self.query:
            return
        matches = self._article.matches = find_all(self._article.reading.normal, query)
        self._article.redraw()
        if len(matches):
            self._go_to(matches.after(max(self._cursor_before - 1, -1)))
        elif query.strip():
            self._show_message(f"“{query}” is not in the text")

    def _go_to(self, index: int | None) -> None:
        matches = self._article.matches
        if index is None:
            query = matches.query.strip()
            key = self._keymap.key_of("search")
            self._show_message(f"“{query}” is not in the text" if query else f"no search yet: {key} starts one")
            return
        self._article.jump(matches.starts[index])
        self._show_message(f"“{matches.query}” {index + 1:,}/{len(matches):,}")
