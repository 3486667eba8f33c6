from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.intervals import DisjointSpans


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 9_000)), max_size=20))
def test_answers_as_a_plain_list_would(pairs: list[tuple[int, int]]) -> None:
    plain: list[tuple[int, int]] = []
    stretches = DisjointSpans()
    for start, length in pairs:
        end = start + length
        free = all(end <= first or last <= start for first, last in plain)
        assert stretches.free(start, end) == free
        if free:
            plain.append((start, end))
            stretches.add(start, end)
    for place in range(0, 29_000, 997):
        assert stretches.covers(place) == any(first <= place < last for first, last in plain)
