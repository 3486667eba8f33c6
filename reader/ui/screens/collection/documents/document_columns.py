"""The columns of the list of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from reader.collection.listing.document_order import DocumentOrder
from reader.collection.listing.listed_document import ListedDocument, local_time
from reader.display.cells import fit, pad

_GAP: Final = 2
_MARGIN: Final = 3
_NARROWEST_TITLE: Final = 24
_WIDEST_TITLE: Final = 100
_STATE_WIDTH: Final = 7


class _Column(NamedTuple):
    """One column besides the title."""

    heading: str
    width: int
    order: DocumentOrder | None
    text: Callable[[ListedDocument], str]
    is_right: bool = False


def decided_text(document: ListedDocument) -> str:
    """Return how many mentions are decided, of how many: "3/40"; "" if none are known."""
    return "" if document.mentions is None else f"{document.decided:,}/{document.mentions:,}"


def size_in_thousands(length: int) -> str:
    """Return a number of code points in thousands: "1.2k", "12k"; "" for 0, which stands for unknown."""
    thousands = length / 1000
    return "" if not length else f"{max(thousands, 0.1):.1f}k" if thousands < 9.95 else f"{thousands:,.0f}k"


def _read_text(document: ListedDocument) -> str:
    return f"{document.read_share:.0%}" if document.opened else ""


_DECIDED: Final = _Column("decided", 11, DocumentOrder.UNDECIDED, decided_text, is_right=True)
_OPENED: Final = _Column("opened", 10, DocumentOrder.OPENED, lambda document: local_time(document.opened)[:10])
_DATE: Final = _Column("date", 10, DocumentOrder.DATE, lambda document: document.date[:10])
_SIZE: Final = _Column(
    "size", 6, DocumentOrder.SIZE, lambda document: size_in_thousands(document.length), is_right=True
)
_READ: Final = _Column("read", 5, None, _read_text, is_right=True)
_SOURCE: Final = _Column("source", 60, None, lambda document: document.short_source)
_SETS: Final = (
    (150, (_DECIDED, _SIZE, _READ, _OPENED, _DATE, _SOURCE)),
    (100, (_DECIDED, _SIZE, _READ, _OPENED, _DATE)),
    (70, (_DECIDED, _OPENED, _DATE)),
    (50, (_DECIDED, _OPENED)),
    (0, (_DECIDED,)),
)
"""The columns by the least width of a row in cells."""


class ColumnText(NamedTuple):
    """The text of one column of a row, with the gap before it."""

    text: str
    role: str
    """"title", "faint", "sorted" for the heading of the column that the list is sorted by, or "state"."""


def heading_row(width: int, order: DocumentOrder) -> list[ColumnText]:
    """Return the headings of the columns.

    Args:
        width: The width of a row in cells.
        order: What the list is sorted by.
    """
    columns, title_width = _layout(width)
    parts = [ColumnText(" " * _MARGIN, "faint"), _heading("name", title_width, order is DocumentOrder.NAME)]
    for column in columns:
        text = column.heading.rjust(column.width) if column.is_right else column.heading.ljust(column.width)
        is_sorted = column.order is order or (column is _DECIDED and order is DocumentOrder.MENTIONS)
        parts += [ColumnText(" " * _GAP, "faint"), ColumnText(text, "sorted" if is_sorted else "faint")]
    return parts


def document_row(document: ListedDocument, state: str, width: int) -> list[ColumnText]:
    """Return the columns of a document.

    Args:
        document: The document.
        state: One word on its source, such as "missing"; "" if nothing is wrong with it.
        width: The width of the row in cells.
    """
    columns, title_width = _layout(width)
    parts = [ColumnText(" " * _MARGIN, "faint"), ColumnText(pad(fit(document.name, title_width), title_width), "title")]
    for column in columns:
        text = fit(column.text(document), column.width)
        text = text.rjust(column.width) if column.is_right else pad(text, column.width)
        parts += [ColumnText(" " * _GAP, "faint"), ColumnText(text, "faint")]
    word = state or ("sample" if document.sample else "" if document.opened else "new")
    role = "state" if state else "faint"
    return [*parts, ColumnText(" " * _GAP, "faint"), ColumnText(word.rjust(_STATE_WIDTH), role)]


def _heading(text: str, width: int, is_sorted: bool) -> ColumnText:
    return ColumnText(pad(text, width), "sorted" if is_sorted else "faint")


def _layout(width: int) -> tuple[list[_Column], int]:
    """Return the columns that fit, and the width of the title. What the title does not need, the last column gets."""
    columns = list(next(columns for least, columns in _SETS if width >= least))
    fixed_width = sum(column.width + _GAP for column in columns) + _GAP + _STATE_WIDTH + _MARGIN + 1
    title_width = max(width - fixed_width, _NARROWEST_TITLE)
    if columns[-1] is _SOURCE and title_width > _WIDEST_TITLE:
        columns[-1] = _SOURCE._replace(width=_SOURCE.width + title_width - _WIDEST_TITLE)
        title_width = _WIDEST_TITLE
    return columns, title_width
