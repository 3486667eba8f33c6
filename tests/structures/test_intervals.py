from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.intervals import (
    count_before,
    count_up_to,
    covering,
    find_item,
    find_span,
    indexes_at,
    longest_of,
    overlapping,
    overlapping_indexes,
    overlapping_range,
    starting_within,
)

LABELED = tuple[int, int, str]

labeled_spans = st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from("ab")).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
)
sorted_spans = st.lists(labeled_spans, max_size=12, unique=True).map(sorted)


@given(sorted_spans, st.integers(0, 60), st.integers(1, 20))
def test_nested_and_crossing_spans_overlap_a_range(spans: list[LABELED], start: int, length: int) -> None:
    end = start + length
    expected = [span for span in spans if span[0] < end and start < span[1]]
    indexes = overlapping_indexes(spans, start, end, longest_of(spans))
    assert overlapping(spans, start, end, longest_of(spans)) == expected
    assert [spans[index] for index in indexes] == expected


@given(sorted_spans, st.integers(0, 60), st.integers(1, 20))
def test_disjoint_spans_overlap_a_range(spans: list[LABELED], start: int, length: int) -> None:
    disjoint: list[LABELED] = []
    for span in spans:
        if not disjoint or disjoint[-1][1] <= span[0]:
            disjoint.append(span)
    expected = [index for index, span in enumerate(disjoint) if span[0] < start + length and start < span[1]]
    assert list(overlapping_range(disjoint, start, start + length)) == expected


@given(sorted_spans, st.integers(0, 60))
def test_the_innermost_span_comes_first(spans: list[LABELED], offset: int) -> None:
    around = covering(spans, offset, longest_of(spans))
    assert sorted(around) == [span for span in spans if span[0] <= offset < span[1]]
    lengths = [end - start for start, end, _ in around]
    assert lengths == sorted(lengths)


@given(sorted_spans, st.integers(0, 60), st.integers(0, 20))
def test_spans_that_start_in_a_range(spans: list[LABELED], start: int, length: int) -> None:
    expected = [span for span in spans if start <= span[0] < start + length]
    assert list(starting_within(spans, start, start + length)) == expected


@given(sorted_spans, labeled_spans)
def test_spans_are_found_by_offsets_and_by_all_their_fields(spans: list[LABELED], wanted: LABELED) -> None:
    start, end, _ = wanted
    indexes = [index for index, span in enumerate(spans) if span[:2] == (start, end)]
    assert list(indexes_at(spans, start, end)) == indexes
    assert find_span(spans, start, end) == (indexes[0] if indexes else None)
    assert find_item(spans, wanted) == (spans.index(wanted) if wanted in spans else None)


@given(sorted_spans, st.integers(0, 60))
def test_spans_are_counted_before_and_up_to_an_offset(spans: list[LABELED], offset: int) -> None:
    assert count_before(spans, (offset,)) == sum(span[0] < offset for span in spans)
    assert count_up_to(spans, (offset,)) == sum(span[0] <= offset for span in spans)
