"""The library: documents read before, and the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.display.cells import cells, fit, pad
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.common_actions import go_back
from reader.ui.screens.base.list_screen import ListScreen


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A document in the library."""

    title: str
    source: str
    """What to load; not sanitized for the screen."""
    about: str
    """When it was read, or what it is about."""
    position: int = 0
    """Where reading continues, in code points."""
    missing: bool = False
    """Whether its file no longer exists."""


class LibraryRows(RowList):
    """Two rows for each document: its title, and what is known about it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"library--faint", "library--title"}
    ITEM_HEIGHT: ClassVar[int] = 3

    def __init__(self, recent: Sequence[LibraryEntry], samples: Sequence[LibraryEntry]) -> None:
        super().__init__(id="documents")
        self.library_entries = [*recent, *samples]
        self._recent_count = len(recent)

    def item_count(self) -> int:
        """Return the number of documents."""
        return len(self.library_entries)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line above the first document."""
        del width
        return [[]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a document."""
        entry = self.library_entries[index]
        faint = self.get_component_rich_style("library--faint", partial=True)
        status = "sample" if index >= self._recent_count else "missing" if entry.missing else "read"
        room = max(width - 6 - cells(status) - 2, 4)
        title = fit(entry.title, room)
        return [
            [
                Segment("   "),
                Segment(pad(title, room), self.get_component_rich_style("library--title", partial=True)),
                Segment(f" {status} ", faint),
            ],
            [Segment("   " + fit(entry.about, max(width - 6, 4)), faint)],
            [],
        ]


class LibraryScreen(ListScreen[LibraryEntry | None]):
    """Offers documents; its result is the one chosen, None if the user quits."""

    AUTO_FOCUS = "#documents"
    CSS_PATH = resource_folder("styles") / "library.tcss"
    CONTEXT = Context.LIBRARY

    def __init__(self, keymap: Keymap, recent: Sequence[LibraryEntry], samples: Sequence[LibraryEntry]) -> None:
        self._rows = LibraryRows(recent, samples)
        super().__init__(keymap, self._rows)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Show the documents."""
        self.title_bar.show("reader: the library", ("reader FILE opens a document",))
        self._rows.refill()
        self.show_message(message)

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""
        self.status_bar.show(message, alarm=alarm)

    def open_document(self) -> None:
        """Open the document under the cursor."""
        if self._rows.library_entries:
            self.leave(self._rows.library_entries[self._rows.cursor])

    @on(RowList.Chosen)
    def _open_clicked(self, event: RowList.Chosen) -> None:
        self.leave(self._rows.library_entries[event.index])


_ACTIONS: Final = ActionTable[LibraryScreen](plain={"library-open": LibraryScreen.open_document, "quit": go_back})
