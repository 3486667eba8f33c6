from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.intervals import DisjointSpans


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 9_000)), max_size=20))
def test_disjoint_spans_agree_with_a_plain_list(pairs: list[tuple[int, int]]) -> None:
    expected: list[tuple[int, int]] = []
    spans = DisjointSpans()
    for start, length in pairs:
        end = start + length
        is_free = all(end <= first or last <= start for first, last in expected)
        assert spans.free(start, end) == is_free
        if is_free:
            expected.append((start, end))
            spans.add(start, end)
    for offset in range(0, 29_000, 997):
        assert spans.covers(offset) == any(first <= offset < last for first, last in expected)
