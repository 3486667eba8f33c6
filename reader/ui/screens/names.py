"""What holds in every article: names that are the same, different, or no names."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment

from reader.annotate import EVERYWHERE, Decision, Store, describe
from reader.annotate.everywhere import Entry, entries, remove, take_in
from reader.document import one_line
from reader.resources import shared
from reader.ui.cells import fit
from reader.ui.commands import Context
from reader.ui.keymap import Keymap
from reader.ui.rows import RowList
from reader.ui.screens.listing import ListScreen
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


class NamesScreen(ListScreen[None], VisitingScreen[None]):
    """Shows the list, and takes decisions off it."""

    AUTO_FOCUS = "#names"
    CSS_PATH = shared("styles") / "review.tcss"
    PLACE = Context.NAMES

    def __init__(self, store: Store, keymap: Keymap) -> None:
        self._rows = NameRows()
        super().__init__(keymap, self._rows)
        self._store = store
        self._removed: list[Decision] = []

    def do_names_remove(self, count: int) -> None:
        """Take a decision off the list."""
        del count
        if not self._rows.entries:
            return
        entry = self._rows.entries[self._rows.cursor]
        remove(self._store, [entry])
        self._removed.append(entry.decision)
        self.fill(f"no longer everywhere: {describe(entry.decision, '')}; u puts it back")

    def do_undo(self, count: int) -> None:
        """Put back what was removed here last."""
        del count
        if not self._removed:
            self._status.show("nothing was removed here")
            return
        decision = self._removed.pop()
        take_in(self._store, [decision])
        self.fill(f"put back: {describe(decision, '')}")

    def fill(self, message: str = "") -> None:
        """Show the list."""
        self._rows.entries = entries(self._store.history(EVERYWHERE))
        self._rows.refill()
        count = len(self._rows.entries)
        self._title.show("What holds in every article", (f"{count:,} decision{'' if count == 1 else 's'}",))
        self._status.show(message, alarm=bool(message) and not self._store.saved)
