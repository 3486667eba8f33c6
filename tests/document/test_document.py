from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, Document, Hyperlink

gaps = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), min_size=1, max_size=8)


def spans_of(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return disjoint spans, each given by the gap before it and its length."""
    borders = list(accumulate(number for part in parts for number in part))
    return list(zip(borders[::2], borders[1::2], strict=True))


def document_of(parts: list[tuple[int, int]]) -> Document:
    spans = spans_of(parts)
    links = tuple(Hyperlink(start, end, "https://example.org") for start, end in spans)
    return Document("x" * spans[-1][1], tuple(Block(start, end) for start, end in spans), "t", "-", links=links)


@given(gaps, st.integers(0, 80))
def test_the_block_at_an_offset_covers_it_or_is_the_last_before_it(parts: list[tuple[int, int]], offset: int) -> None:
    document = document_of(parts)
    earlier = [block for block in document.blocks if block.start <= offset]
    assert document.block_at(offset) == (earlier or document.blocks[:1])[-1]
    assert document.blocks[document.block_index_at(offset)] == document.block_at(offset)


@given(gaps, st.integers(0, 60), st.integers(0, 8))
def test_a_document_knows_whether_one_block_contains_a_span(
    parts: list[tuple[int, int]], start: int, length: int
) -> None:
    document, end = document_of(parts), start + length
    expected = any(block.start <= start and end <= block.end for block in document.blocks)
    if start != document.block_at(start).end:  # an empty span on the border of two blocks is in either
        assert document.has_block_around(start, end) == expected


@given(gaps, st.integers(0, 60), st.integers(1, 8))
def test_links_that_overlap_a_span_are_found(parts: list[tuple[int, int]], start: int, length: int) -> None:
    document, end = document_of(parts), start + length
    expected = [link for link in document.links if link.start < end and start < link.end]
    assert list(document.links_between(start, end)) == expected


def test_a_document_without_blocks_contains_no_span() -> None:
    assert not Document("", (), "t", "-").has_block_around(0, 0)
    assert Document("", (), "t", "-").block_index_at(3) == 0
