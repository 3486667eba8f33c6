"""Searching the article: the line in which it is typed, and going from match to match."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.display.search import Matches, find_all
from reader.ui.article.pane import Article

if TYPE_CHECKING:
    from reader.ui.dialogs.input_line import Line


class Search:
    """The search of one article; its matches stay until they are cleared."""

    def __init__(self, article: Article, text: str, say: Callable[[str], None]) -> None:
        self._line: Line | None = None
        self._article = article
        self._text = text
        self._say = say
        self._before = 0
        """Where the cursor was when the search began."""

    @property
    def line(self) -> Line:
        """The line itself, shown while something is typed; made when it is first needed."""
        if self._line is None:
            from reader.ui.dialogs.input_line import Line

            self._line = Line(id="search", placeholder="search")
            self._line.display = False
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._line is not None and self._line.display

    @property
    def wanted(self) -> str:
        """What is searched for; "" for nothing."""
        return self._article.matches.query

    def begin(self) -> None:
        """Take what is typed from now on."""
        self._before = self._article.cursor
        self.line.display = True
        self.line.begin()

    def typed(self) -> None:
        """Search for what is in the line so far."""
        if self.is_open:
            self._look_for(self.line.value)

    def end(self, *, accepted: bool) -> None:
        """Be done with the line; go back to where the search began unless it is accepted."""
        self.line.display = False
        if accepted:
            self._look_for(self.line.value)
        else:
            self.clear()
            self._article.move_cursor(self._before)
            self._say("")

    def clear(self) -> None:
        """Forget the matches."""
        self._article.matches = Matches()
        self._article.redraw()

    def go_on(self, count: int) -> None:
        """Go to the next match, `count` times; backwards where it is negative."""
        for _ in range(abs(count)):
            matches, cursor = self._article.matches, self._article.cursor
            self._go_to(matches.after(cursor) if count > 0 else matches.before(cursor))

    def _look_for(self, wanted: str) -> None:
        if wanted == self.wanted:
            return
        matches = self._article.matches = find_all(self._text, wanted)
        self._article.redraw()
        if len(matches):
            self._go_to(matches.after(max(self._before - 1, -1)))
        elif wanted.strip():
            self._say(f"“{wanted}” is not in the text")

    def _go_to(self, index: int | None) -> None:
        matches = self._article.matches
        if index is None:
            wanted = matches.query.strip()
            self._say(f"“{wanted}” is not in the text" if wanted else "no search yet: / begins one")
            return
        self._article.jump(matches.starts[index])
        self._say(f"“{matches.query}” {index + 1:,}/{len(matches):,}")
