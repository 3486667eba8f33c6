from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output.table import align_columns, share_width
from reader.display.cells import cells


def test_columns_are_aligned_by_cells() -> None:
    rows = align_columns([("東京", "1"), ("Paris", "12"), ("Kyïv\u0301", "3")], right=(1,))
    assert rows == [["東京 ", " 1"], ["Paris", "12"], ["Kyïv\u0301 ", " 3"]]


def test_a_column_is_cut_to_its_maximum_width() -> None:
    assert align_columns([("Abdallah Makki Muslih", "x")], widest=(8,)) == [["Abdalla…", "x"]]


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12), st.text(max_size=5)), max_size=8))
def test_all_entries_of_a_column_have_the_same_width(rows: list[tuple[str, str, str]]) -> None:
    for column in list(zip(*align_columns(rows, right=(2,)), strict=True))[:2]:
        assert len({cells(text) for text in column}) == 1


@pytest.mark.parametrize("rows", [[], [("", "")]])
def test_an_empty_table_stays_as_it_is(rows: list[tuple[str, str]]) -> None:
    assert align_columns(rows) == [list(row) for row in rows]


def test_width_is_divided_among_columns() -> None:
    assert share_width((30, 5, 0), 60) == [30, 5, 0]
    assert share_width((30, 5, 40), 45) == [20, 5, 20]
    assert share_width((), 10) == []
