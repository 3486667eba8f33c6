"""Lists of documents: the library, the documents in a file of many, the files of a folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.display.cells import cells, fit, pad
from reader.display.search.unaccented import unaccented
from reader.resources import resource_folder
from reader.structures.lazy_dataclass import dataclass
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.common_actions import go_back
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.collection.open_collection import show_collection

_WIDE: Final = 160
"""Cells of the screen from which on a document takes one row."""
_TITLE_SHARE: Final = 0.45
"""The share of a wide row that the title takes."""
_STATUS_WIDTH: Final = 7


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A document in a list."""

    title: str
    source: str
    """What to load; not sanitized for the screen."""
    about: str
    """When it was read, what it is about, or its size."""
    size: int = 0
    """Bytes, 0 if unknown."""
    status: str = ""
    """One word at the right: whether it was read, is a sample, or its file is missing."""


class LibraryRows(RowList):
    """The title of each document, and below it what is known about it, or beside it on a wide screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"library--faint", "library--title"}

    def __init__(self, entries: Sequence[LibraryEntry], samples: Sequence[LibraryEntry]) -> None:
        super().__init__(id="documents")
        self.library_entries = [*entries, *samples]

    def item_count(self) -> int:
        """Return the number of documents."""
        return len(self.library_entries)

    @property
    def item_height(self) -> int:
        """One row on a wide screen; else two, and one below them."""
        return 1 if self.size.width >= _WIDE else 3

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line above the first document."""
        del width
        return [[]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a document."""
        entry = self.library_entries[index]
        faint = self.get_component_rich_style("library--faint", partial=True)
        strong = self.get_component_rich_style("library--title", partial=True)
        if self.item_height == 1:
            title_width = int(width * _TITLE_SHARE)
            about_width = width - title_width - _STATUS_WIDTH - 10
            return [
                [
                    Segment("   "),
                    Segment(pad(fit(entry.title, title_width), title_width), strong),
                    Segment(f"  {pad(fit(entry.about, about_width), about_width)}  ", faint),
                    Segment(entry.status.rjust(_STATUS_WIDTH), faint),
                ]
            ]
        room = max(width - 6 - cells(entry.status) - 2, 4)
        return [
            [Segment("   "), Segment(pad(fit(entry.title, room), room), strong), Segment(f" {entry.status} ", faint)],
            [Segment("   " + fit(entry.about, max(width - 6, 4)), faint)],
            [],
        ]


def natural_key(title: str) -> list[tuple[int, str]]:
    """Return a key that sorts titles as people do: without case, and numbers by their value."""
    return [
        (int(part), "") if part.isdecimal() and len(part) < 20 else (-1, part)
        for part in re.split(r"([0-9]+)", title.casefold())
        if part
    ]


_ORDERS: Final = ("as in the file", "by title", "by size, largest first")


class LibraryScreen(ListScreen[LibraryEntry | None]):
    """Offers documents; its result is the one chosen, None if the user leaves."""

    AUTO_FOCUS = "#documents"
    CSS_PATH = resource_folder("styles") / "library.tcss"
    CONTEXT = Context.LIBRARY

    def __init__(
        self,
        keymap: Keymap,
        entries: Sequence[LibraryEntry],
        samples: Sequence[LibraryEntry],
        *,
        title: str = "reader: the library",
        order: int = 0,
        source: str = "",
        problem: str = "",
        is_inner: bool = False,
    ) -> None:
        """Offer documents.

        Args:
            keymap: The keys.
            entries: The documents, in the order in which they are listed at first.
            samples: Documents listed after them, whatever the order.
            title: What the title bar says.
            order: The index of the order in which they are listed.
            source: The source of the document under the cursor, "" for the first one.
            problem: Why a document that was chosen before could not be opened, or "".
            is_inner: Whether Escape goes back, too: to the list from which this one was opened.
        """
        self._entries = entries
        self._samples = samples
        self._title_text = title
        self._first_source = source
        self._problem = problem
        self._is_inner = is_inner
        self.order = order
        self._filter = ""
        """Only documents whose title, source or description has this text are listed."""
        self._rows = LibraryRows((), ())
        super().__init__(keymap, self._rows)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Show the documents."""
        self._sort(self._first_source)
        self.show_message(message or self._problem, alarm=bool(self._problem and not message))

    def cancel(self) -> None:
        """Go back to the list from which this one was opened, if there is one."""
        if self._is_inner:
            self.leave(None)

    def sort(self) -> None:
        """List the documents in the next order; the cursor stays on its document."""
        current = self._rows.library_entries[self._rows.cursor].source if self._rows.library_entries else ""
        self.order = (self.order + 1) % len(_ORDERS)
        self._sort(current)
        self.show_message(f"sorted {_ORDERS[self.order]}")

    def _sort(self, source: str) -> None:
        entries = list(self._entries)
        if self.order == 1:
            entries.sort(key=lambda entry: natural_key(entry.title))
        elif self.order == 2:
            entries.sort(key=lambda entry: -entry.size)
        listed = [*entries, *self._samples]
        self._rows.library_entries = [entry for entry in listed if self._has_text(entry)]
        count = f"{len(self._rows.library_entries):,} of {len(listed):,}" if self._filter else ""
        filtered = self._filter and f"“{self._filter}”"
        self.title_bar.show(self._title_text, (count, filtered) if filtered else ("reader FILE opens a document",))
        sources = [entry.source for entry in self._rows.library_entries]
        self._rows.refill(cursor=sources.index(source) if source in sources else 0)
        self._rows.show_cursor()

    def _has_text(self, entry: LibraryEntry) -> bool:
        """Return whether an entry has what the filter asks for; case and accents make no difference."""
        text = f"{entry.title}\n{entry.source}\n{entry.about}"
        return unaccented(self._filter, lower=True) in unaccented(text, lower=True)

    async def filter_documents(self) -> None:
        """Ask for a text, and list only the documents that have it, while it is typed."""
        old_filter = self._filter

        def show_matching(text: str) -> None:
            if text.strip() != self._filter:
                current = self._rows.library_entries[self._rows.cursor].source if self._rows.library_entries else ""
                self._filter = text.strip()
                self._sort(current)

        text = await self.prompts.ask_line("Filter the documents", old_filter, changed=show_matching)
        show_matching(old_filter if text is None else text)
        if not self._rows.library_entries:
            self.show_message("no document matches")

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


_ACTIONS: Final = ActionTable[LibraryScreen](
    plain={
        "library-open": LibraryScreen.open_document,
        "library-sort": LibraryScreen.sort,
        "library-filter": LibraryScreen.filter_documents,
        "collection": show_collection,
        "cancel": LibraryScreen.cancel,
        "quit": go_back,
    }
)
