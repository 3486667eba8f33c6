"""The columns of the list of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reader.collection.listing.document_order import DocumentOrder
from reader.collection.listing.listed_document import ListedDocument, local_time
from reader.collection.listing.source_state import SourceState
from reader.display.cells import cells, pad
from reader.display.short_messages import fit_middle
from reader.structures.named_tuple import NamedTuple

_GAP: Final = 2
_MARGIN: Final = 3
_NARROWEST_NAME: Final = 12
_STATE_WIDTH: Final = 7


class _Column(NamedTuple):
    """One column."""

    heading: str
    width: int
    """The most cells that it has; 0 if it takes what the others leave."""
    order: DocumentOrder | None
    text: Callable[[ListedDocument], str]
    is_right: bool = False

    def aligned(self, text: str) -> str:
        """Return a text in the width of the column. Of what does not fit, the middle is left out.

        Names of a series differ at the end, and paths have their most important part there.
        """
        fitted = fit_middle(text, self.width)
        return " " * (self.width - cells(fitted)) + fitted if self.is_right else pad(fitted, self.width)


def decided_text(document: ListedDocument) -> str:
    """Return how many mentions are decided, of how many: "3/40"; "" if none are known."""
    return "" if document.mentions is None else f"{document.decided:,}/{document.mentions:,}"


def size_in_thousands(length: int) -> str:
    """Return a number of code points in thousands: "1.2k", "12k"; "" for 0, which stands for unknown."""
    thousands = length / 1000
    return "" if not length else f"{max(thousands, 0.1):.1f}k" if thousands < 9.95 else f"{thousands:,.0f}k"


def _read_text(document: ListedDocument) -> str:
    return f"{document.read_share:.0%}" if document.opened else ""


_NAME: Final = _Column("name", 0, DocumentOrder.NAME, lambda document: document.name)
_DECIDED: Final = _Column("decided", 11, DocumentOrder.UNDECIDED, decided_text, is_right=True)
_OPENED: Final = _Column("opened", 10, DocumentOrder.OPENED, lambda document: local_time(document.opened)[:10])
_DATE: Final = _Column("date", 10, DocumentOrder.DATE, lambda document: document.date[:10])
_SIZE: Final = _Column(
    "size", 6, DocumentOrder.SIZE, lambda document: size_in_thousands(document.length), is_right=True
)
_READ: Final = _Column("read", 5, None, _read_text, is_right=True)
_SOURCE: Final = _Column("source", 0, None, lambda document: document.short_source)
_COLUMNS: Final = (_DECIDED, _SIZE, _READ, _OPENED, _DATE, _SOURCE)
_SETS: Final = (
    (150, _COLUMNS),
    (100, (_DECIDED, _SIZE, _READ, _OPENED, _DATE)),
    (70, (_DECIDED, _OPENED, _DATE)),
    (50, (_DECIDED, _OPENED)),
    (0, (_DECIDED,)),
)
"""The columns besides the name, by the least width of a row in cells."""


class ColumnText(NamedTuple):
    """The text of one column of a row, or a gap."""

    text: str
    role: str
    """"title", "faint", "sorted" for the heading of the column that the list is sorted by, or "state"."""


_GAP_TEXT: Final = ColumnText(" " * _GAP, "faint")


class DocumentColumns:
    """The columns of a collection. Columns in which no document has anything leave their room to the name.

    A filter does not change them: they would jump while it is typed.
    """

    def __init__(self, documents: Sequence[ListedDocument] = ()) -> None:
        """Measure what the columns need for all documents of the collection."""
        self._is_filled = {column: any(map(column.text, documents)) for column in _COLUMNS}
        self._needed = {
            _NAME: _widest(_NAME, documents, lambda document: document.title or document.source),
            _DECIDED: _most_decided(documents),
            _SOURCE: _widest(_SOURCE, documents, lambda document: "" if document.sample else document.source),
        }

    def heading_row(self, width: int, order: DocumentOrder) -> list[ColumnText]:
        """Return the headings of the columns.

        Args:
            width: The width of a row in cells.
            order: What the list is sorted by.
        """
        parts = [ColumnText(" " * _MARGIN, "faint")]
        for column in self._layout(width):
            is_sorted = column.order is order or (
                column.heading == _DECIDED.heading and order is DocumentOrder.MENTIONS
            )
            parts += [ColumnText(column.aligned(column.heading), "sorted" if is_sorted else "faint"), _GAP_TEXT]
        return parts

    def document_row(self, document: ListedDocument, state: str, width: int) -> list[ColumnText]:
        """Return the columns of a document.

        Args:
            document: The document.
            state: One word on its source, such as "missing"; "" if there is nothing to say.
            width: The width of the row in cells.
        """
        parts = [ColumnText(" " * _MARGIN, "faint")]
        for column in self._layout(width):
            role = "title" if column.heading == _NAME.heading else "faint"
            parts += [ColumnText(column.aligned(column.text(document)), role), _GAP_TEXT]
        word = state or ("sample" if document.sample else "" if document.opened else "new")
        is_wrong = state not in ("", SourceState.PIPED)
        return [*parts, ColumnText(word.rjust(_STATE_WIDTH), "state" if is_wrong else "faint")]

    def _layout(self, width: int) -> list[_Column]:
        """Return the columns that fit, in the widths that they have: name and source share what the others leave."""
        fitting = next(columns for least, columns in _SETS if width >= least)
        columns = [column for column in fitting if self._is_filled[column]]
        widths = {column: column.width for column in columns}
        if _DECIDED in widths:
            widths[_DECIDED] = min(max(self._needed[_DECIDED], len(_DECIDED.heading)), _DECIDED.width)
        others = [column for column in columns if column is not _SOURCE]
        room = width - _MARGIN - sum(widths[column] + _GAP for column in others) - _GAP - _STATE_WIDTH - 1
        if _SOURCE in widths:
            room -= _GAP
            widths[_NAME] = max(min(self._needed[_NAME], max(room - self._needed[_SOURCE], room // 2)), _NARROWEST_NAME)
            widths[_SOURCE] = max(room - widths[_NAME], 0)
        else:
            widths[_NAME] = max(room, _NARROWEST_NAME)
        return [column._replace(width=widths[column]) for column in (_NAME, *columns)]


def _widest(column: _Column, documents: Sequence[ListedDocument], raw: Callable[[ListedDocument], str]) -> int:
    """Return the width in cells of the widest text of a column, by a raw text that is made faster."""
    widest = max(documents, key=lambda document: cells(raw(document)), default=None)
    return cells(column.text(widest)) if widest is not None else 0


def _most_decided(documents: Sequence[ListedDocument]) -> int:
    """Return the width in cells of the largest numbers of decided and of all mentions."""
    mentions = max((document.mentions or 0 for document in documents), default=0)
    decided = max((document.decided for document in documents), default=0)
    return len(f"{decided:,}/{mentions:,}")
