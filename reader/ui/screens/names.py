"""What holds in every article: names that are the same, different, or no names."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult

from reader.annotate import EVERYWHERE, Decision, Store, describe
from reader.annotate.everywhere import Entry, entries, remove, take_in
from reader.document import one_line
from reader.resources import shared
from reader.ui.bars import Bar, HintBar
from reader.ui.cells import fit
from reader.ui.commands import Context
from reader.ui.keymap import Keymap
from reader.ui.rows import RowList
from reader.ui.screens.visiting import VisitingScreen


class NameRows(RowList):
    """A row for each decision."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint"}

    def __init__(self) -> None:
        super().__init__(id="names")
        self.entries: list[Entry] = []

    def item_count(self) -> int:
        """Return the number of decisions."""
        return len(self.entries)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return what is to be said of an empty list."""
        if self.entries:
            return [[]]
        nothing = " Nothing yet: decide, then g a (in the review g) lets it hold in every article."
        return [[], [Segment(fit(nothing, width), self.get_component_rich_style("sides--faint", partial=True))]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a decision."""
        return [[Segment(fit(f"  {one_line(describe(self.entries[index].decision, ''))}", width))]]


class NamesScreen(VisitingScreen[None]):
    """Shows the list, and takes decisions off it."""

    AUTO_FOCUS = "#names"
    CSS_PATH = shared("styles") / "review.tcss"

    def __init__(self, store: Store, keymap: Keymap) -> None:
        super().__init__(keymap)
        self._store = store
        self._rows = NameRows()
        self._removed: list[Decision] = []
        self._title, self._status, self._hints = Bar(id="title"), Bar(id="status"), HintBar(id="hints")
        self.handlers[Context.NAMES] = self

    @property
    def context(self) -> Context:
        """Always the list."""
        return Context.NAMES

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield self._title
        yield self._rows
        yield self._status
        yield self._hints

    def on_mount(self) -> None:
        """Fill the list."""
        self._hints.hint(self.hints())
        self._fill()

    def do_names_down(self, count: int) -> None:
        """Move down."""
        self._rows.move(count)

    def do_names_up(self, count: int) -> None:
        """Move up."""
        self._rows.move(-count)

    def do_names_page_down(self, count: int) -> None:
        """Move down a page."""
        self._rows.move(count * self._rows.page_size())

    def do_names_page_up(self, count: int) -> None:
        """Move up a page."""
        self._rows.move(-count * self._rows.page_size())

    def do_names_first(self, count: int) -> None:
        """Go to the first."""
        del count
        self._rows.move_to(0)

    def do_names_last(self, count: int) -> None:
        """Go to the last."""
        del count
        self._rows.move_to(self._rows.item_count() - 1)

    def do_names_remove(self, count: int) -> None:
        """Take a decision off the list."""
        del count
        if not self._rows.entries:
            return
        entry = self._rows.entries[self._rows.cursor]
        remove(self._store, [entry])
        self._removed.append(entry.decision)
        self._fill(f"no longer everywhere: {describe(entry.decision, '')}; u puts it back")

    def do_undo(self, count: int) -> None:
        """Put back what was removed here last."""
        del count
        if not self._removed:
            self._status.show("nothing was removed here")
            return
        decision = self._removed.pop()
        take_in(self._store, [decision])
        self._fill(f"put back: {describe(decision, '')}")

    def _fill(self, message: str = "") -> None:
        self._rows.entries = entries(self._store.history(EVERYWHERE))
        self._rows.refill()
        count = len(self._rows.entries)
        self._title.show("What holds in every article", (f"{count:,} decision{'' if count == 1 else 's'}",))
        self._status.show(message, alarm=bool(message) and not self._store.saved)
