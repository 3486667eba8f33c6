from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.display.cells import cells
from reader.display.entity_context.density import density_counts, density_row, part_of, start_of_part

_spans = st.lists(st.integers(0, 999).map(lambda start: (start, start + 1)), unique=True).map(sorted)


@given(_spans, st.integers(1, 120))
def test_each_mention_counts_in_the_part_that_holds_it(spans: list[tuple[int, int]], width: int) -> None:
    parts = [part_of(start, 1000, width) for start, _ in spans]
    assert density_counts(spans, 1000, width) == [parts.count(part) for part in range(width)]


@given(_spans, st.integers(1, 120), st.integers(0, 999))
def test_a_row_has_the_width_asked_for(spans: list[tuple[int, int]], width: int, offset: int) -> None:
    row = density_row(density_counts(spans, 1000, width), part_of(offset, 1000, width))
    assert len(row) == cells(row) == width


def test_more_mentions_have_higher_bars_and_one_of_many_is_still_seen() -> None:
    assert density_row([0, 1, 50, 100], None) == "·▁▄█"
    assert density_row([1, 0, 1], None) == "█·█"


def test_the_position_is_seen_without_color_on_a_bar_and_beside_one() -> None:
    assert density_row([0, 3, 0], 0) == "│█·"
    assert density_row([0, 3, 0], 1) == "·┿·"


def test_the_last_offset_is_in_the_last_part_and_an_empty_text_has_parts() -> None:
    assert part_of(999, 1000, 40) == 39
    assert part_of(1000, 1000, 40) == 39
    assert part_of(0, 0, 40) == 0
    assert density_counts([], 0, 3) == [0, 0, 0]


@pytest.mark.parametrize(("length", "width"), [(1000, 40), (7, 40), (41, 40), (997, 13)])
def test_a_part_starts_at_its_first_offset(length: int, width: int) -> None:
    for offset in range(length):
        part = part_of(offset, length, width)
        assert start_of_part(part, length, width) <= offset < start_of_part(part + 1, length, width)
