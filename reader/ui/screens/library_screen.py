"""The library: articles read before, and the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on

from reader.display.cells import cells, fit, pad
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.list_screen import ListScreen


@dataclass(frozen=True, slots=True)
class Shelf:
    """An article on offer."""

    title: str
    source: str
    """What opens it; not fit for a screen as it is."""
    note: str
    """When it was read, or what it is about."""
    position: int = 0
    """Where reading goes on, in code points."""
    gone: bool = False
    """Whether its file is no longer there."""


class ShelfRows(RowList):
    """Two rows an article: title, and what is known of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"library--faint", "library--title"}
    ITEM_HEIGHT: ClassVar[int] = 3

    def __init__(self, recent: Sequence[Shelf], samples: Sequence[Shelf]) -> None:
        super().__init__(id="shelves")
        self.shelves = [*recent, *samples]
        self._recent = len(recent)

    def item_count(self) -> int:
        """Return the number of articles."""
        return len(self.shelves)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return a word of welcome."""
        del width
        return [[]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of an article."""
        shelf = self.shelves[index]
        faint = self.get_component_rich_style("library--faint", partial=True)
        kind = "sample" if index >= self._recent else "gone" if shelf.gone else "read"
        room = max(width - 6 - cells(kind) - 2, 4)
        title = fit(shelf.title, room)
        return [
            [
                Segment("   "),
                Segment(pad(title, room), self.get_component_rich_style("library--title", partial=True)),
                Segment(f" {kind} ", faint),
            ],
            [Segment("   " + fit(shelf.note, max(width - 6, 4)), faint)],
            [],
        ]


class LibraryScreen(ListScreen[Shelf | None]):
    """Offers articles; answers with the one chosen, or None."""

    AUTO_FOCUS = "#shelves"
    CSS_PATH = resource_folder("styles") / "library.tcss"
    PLACE = Context.LIBRARY

    def __init__(self, keymap: Keymap, recent: Sequence[Shelf], samples: Sequence[Shelf]) -> None:
        self._rows = ShelfRows(recent, samples)
        super().__init__(keymap, self._rows)

    def fill(self, message: str = "") -> None:
        """Show the articles."""
        self._title.show("reader: the library", ("reader FILE opens an article",))
        self._rows.refill()
        self.say(message)

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""
        self._status.show(message, alarm=alarm)

    def do_library_open(self, count: int) -> None:
        """Open the article."""
        del count
        if self._rows.shelves:
            self.leave(self._rows.shelves[self._rows.cursor])

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self.leave(self._rows.shelves[event.index])

    def do_quit(self, count: int) -> None:
        """Leave."""
        del count
        self.leave(None)
