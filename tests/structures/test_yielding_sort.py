from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.yielding_sort import sorted_by_bucket


@given(st.lists(st.tuples(st.integers(0, 9), st.integers())), st.integers(1, 5))
def test_it_sorts_like_sorted(pairs: list[tuple[int, int]], size: int) -> None:
    assert sorted_by_bucket(pairs, lambda pair: pair[0] // size) == sorted(pairs)


@given(st.lists(st.text()))
def test_the_key_orders_the_items_of_a_bucket(words: list[str]) -> None:
    assert sorted_by_bucket(words, len, str.casefold) == sorted(words, key=lambda word: (len(word), word.casefold()))
