"""Lists of documents: those in a file of many, or the files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.collection.listing.document_order import natural_key
from reader.display.cells import cells, fit, pad
from reader.display.search.unaccented import unaccented
from reader.resources import resource_folder
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.base.row_list import RowList
from reader.ui.document_lists import DocumentEntry, DocumentList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.common_actions import go_back
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.base.open_source import open_loaded, show_source
from reader.ui.screens.collection.open_collection import show_collection

_WIDE: Final = 160
"""Cells of the screen from which on a document takes one row."""
_TITLE_SHARE: Final = 0.45
"""The share of a wide row that the title takes."""
_STATUS_WIDTH: Final = 7


class DocumentRows(RowList):
    """The title of each document, and below it what is known about it, or beside it on a wide screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"documents--faint", "documents--title"}

    def __init__(self) -> None:
        super().__init__(id="documents")
        self.entries: Sequence[DocumentEntry] = ()

    def item_count(self) -> int:
        """Return the number of documents."""
        return len(self.entries)

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
        entry = self.entries[index]
        faint = self.get_component_rich_style("documents--faint", partial=True)
        strong = self.get_component_rich_style("documents--title", partial=True)
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


_ORDERS: Final = ("as in the file", "by title", "by size, largest first")


class DocumentListScreen(ListScreen[None]):
    """Lists the documents in a file of many, or the files of a folder. They open over the list."""

    AUTO_FOCUS = "#documents"
    CSS_PATH = resource_folder("styles") / "documents.tcss"
    CONTEXT = Context.DOCUMENTS

    def __init__(self, keymap: Keymap, documents: Callable[[], DocumentList]) -> None:
        """List documents.

        Args:
            keymap: The keys.
            documents: Returns the list, as it is each time that it is shown: with what was read since.
        """
        self._make_list = documents
        self._documents = documents()
        self._order = 0
        self._filter = ""
        """Only documents whose title, source or description has this text are listed."""
        self._rows = DocumentRows()
        super().__init__(keymap, self._rows)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Show the documents."""
        self._sort("")
        self.show_message(message)

    def cancel(self) -> None:
        """Clear the filter, or go back to the screen below. The first screen stays."""
        if self._filter:
            self._filter = ""
            self._sort(self._current_source)
        elif self.app.screen_stack[0] is not self:
            self.leave(None)

    @property
    def _current_source(self) -> str:
        return self._rows.entries[self._rows.cursor].source if self._rows.entries else ""

    def sort(self) -> None:
        """List the documents in the next order; the cursor stays on its document."""
        self._order = (self._order + 1) % len(_ORDERS)
        self._sort(self._current_source)
        self.show_message(f"sorted {_ORDERS[self._order]}")

    def _sort(self, source: str) -> None:
        entries = list(self._documents.entries)
        if self._order == 1:
            entries.sort(key=lambda entry: natural_key(entry.title))
        elif self._order == 2:
            entries.sort(key=lambda entry: -entry.size)
        self._rows.entries = [entry for entry in entries if self._has_text(entry)]
        count = f"{len(self._rows.entries):,} of {len(entries):,}" if self._filter else ""
        self.title_bar.show(self._documents.title, (count, self._filter and f"“{self._filter}”"))
        sources = [entry.source for entry in self._rows.entries]
        self._rows.refill(cursor=sources.index(source) if source in sources else 0)
        self._rows.show_cursor()

    def _has_text(self, entry: DocumentEntry) -> bool:
        """Return whether an entry has what the filter asks for; case and accents make no difference."""
        text = f"{entry.title}\n{entry.source}\n{entry.about}"
        return unaccented(self._filter, lower=True) in unaccented(text, lower=True)

    async def filter_documents(self) -> None:
        """Ask for a text, and list only the documents that have it, while it is typed."""
        old_filter = self._filter

        def show_matching(text: str) -> None:
            if text.strip() != self._filter:
                current = self._current_source
                self._filter = text.strip()
                self._sort(current)

        text = await self.prompts.ask_line("Filter the documents", old_filter, changed=show_matching)
        show_matching(old_filter if text is None else text)
        if not self._rows.entries:
            self.show_message("no document matches")

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""
        self.status_bar.show(message, alarm=alarm)

    async def open_document(self) -> None:
        """Open the document under the cursor, and show what was read when it is left."""
        if not self._rows.entries:
            return
        entry = self._rows.entries[self._rows.cursor]
        problem = await open_loaded(self, partial(self._documents.open, entry))
        self.show_message(problem, alarm=bool(problem))
        if not problem:
            self._documents = await run_in_thread(self._make_list)
            self._sort(entry.source)

    @on(RowList.Chosen)
    async def _open_clicked(self) -> None:
        await self.start_command(COMMANDS_BY_ID["documents-open"])


_ACTIONS: Final = ActionTable[DocumentListScreen](
    plain={
        "documents-open": DocumentListScreen.open_document,
        "documents-sort": DocumentListScreen.sort,
        "documents-filter": DocumentListScreen.filter_documents,
        "collection": show_collection,
        "open-source": show_source,
        "cancel": DocumentListScreen.cancel,
        "quit": go_back,
    }
)
