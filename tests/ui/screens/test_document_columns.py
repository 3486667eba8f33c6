"""The columns of the list of documents: which there are, and who gets the room."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.collection.listing.document_order import DocumentOrder
from reader.collection.listing.listed_document import ListedDocument
from reader.display.cells import cells
from reader.ui.screens.collection.documents.document_columns import ColumnText, DocumentColumns

LONG_NAME = "The statement of the harbor master on the night of the collision"
WIDTHS = (39, 79, 119, 159, 199)
"""Cells of a row beside the scroll bar."""


def listed(
    name: str, source: str = "/reports/one.txt", *, date: str = "", opened: str = "", mentions: int = 40
) -> ListedDocument:
    return ListedDocument(source, name, name, opened=opened, length=1_200, date=date, mentions=mentions, decided=3)


def words(row: Sequence[ColumnText]) -> list[str]:
    return "".join(part.text for part in row).split()


def title(row: Sequence[ColumnText]) -> str:
    return next(part.text for part in row if part.role == "title")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_fits_its_width(width: int) -> None:
    documents = [
        listed(LONG_NAME, "/a/long/path" * 20, date="2021-05-04", opened="2026-01-02T10:00:00+00:00"),
        listed("短い名前" * 30, mentions=1_234_567),
    ]
    columns = DocumentColumns(documents)
    heading = "".join(part.text for part in columns.heading_row(width, DocumentOrder.OPENED))
    assert cells(heading) <= width
    for document in documents:
        row = columns.document_row(document, "missing", width)
        assert cells("".join(part.text for part in row)) in (width - 1, width)
        assert row[-1].text == "missing"


def test_columns_without_any_text_leave_their_room_to_the_name() -> None:
    bare = [listed(LONG_NAME), listed("Budget")]
    dated = [listed(LONG_NAME), listed("Budget", date="2021-05-04")]
    assert words(DocumentColumns(bare).heading_row(79, DocumentOrder.OPENED)) == ["name", "decided"]
    assert words(DocumentColumns(dated).heading_row(79, DocumentOrder.OPENED)) == ["name", "decided", "date"]
    names = [cells(title(DocumentColumns(documents).document_row(documents[0], "", 79))) for documents in (bare, dated)]
    assert names[0] == names[1] + len("2021-05-04") + 2


def test_name_and_source_have_what_they_need_before_the_other_gets_more() -> None:
    source = "/reports/2021/harbor/statements/collision.txt"
    documents = [listed(LONG_NAME, source), listed("Budget", "/b.txt")]
    row = DocumentColumns(documents).document_row(documents[0], "", 159)
    assert title(row).rstrip() == LONG_NAME
    assert any(part.text.rstrip() == source for part in row)
    long_paths = [listed(LONG_NAME, "/reports" * 40), listed("Budget", "/b.txt")]
    row = DocumentColumns(long_paths).document_row(long_paths[0], "", 159)
    source_text = next(part.text for part in row if part.text.startswith("/reports"))
    assert abs(cells(title(row)) - cells(source_text)) <= 1
    short_names = [listed("Budget", "/reports" * 40)]
    assert cells(title(DocumentColumns(short_names).document_row(short_names[0], "", 159))) < 15


def test_the_heading_of_the_column_that_sorts_is_marked() -> None:
    documents = [listed(LONG_NAME, date="2021-05-04")]
    for order, heading in (
        (DocumentOrder.NAME, "name"),
        (DocumentOrder.DATE, "date"),
        (DocumentOrder.MENTIONS, "decided"),
        (DocumentOrder.UNDECIDED, "decided"),
    ):
        row = DocumentColumns(documents).heading_row(119, order)
        assert [part.text.strip() for part in row if part.role == "sorted"] == [heading]


def test_a_list_without_documents_has_a_heading() -> None:
    assert words(DocumentColumns().heading_row(79, DocumentOrder.OPENED)) == ["name"]
