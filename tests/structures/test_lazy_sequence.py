from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Iterator
from operator import neg
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.lazy_sequence import LazySequence

NUMBERS = st.lists(st.integers(0, 50), max_size=600)


@given(NUMBERS, st.integers(-5, 700), st.integers(-5, 700) | st.none())
def test_it_equals_a_list_of_the_same_items(numbers: list[int], start: int, stop: int | None) -> None:
    assert LazySequence(numbers)[start:stop] == numbers[start:stop]
    assert LazySequence(numbers) == numbers
    assert list(LazySequence(numbers)) == numbers
    assert list(reversed(LazySequence(numbers))) == numbers[::-1]
    assert len(LazySequence(numbers)) == len(numbers)
    assert bool(LazySequence(numbers)) is bool(numbers)
    assert hash(LazySequence(numbers)) == hash(tuple(numbers))


@given(NUMBERS, st.integers(-1, 51))
def test_the_insertion_index_is_that_of_the_sorted_list(numbers: list[int], value: int) -> None:
    ordered = sorted(numbers)
    assert LazySequence(ordered).insertion_index(value, int) == bisect_right(ordered, value)
    ordered.reverse()
    assert LazySequence(ordered).insertion_index(-value, neg) == bisect_right(ordered, -value, key=neg)


def test_items_are_taken_when_they_are_needed() -> None:
    sequence = LazySequence(range(10_000))
    assert sequence[3] == 3
    assert sequence[:2] == [0, 1]
    assert sequence.insertion_index(900, int) == 901
    assert sequence.take(1_000)
    assert not sequence.is_complete
    assert sequence[-1] == 9_999
    assert not sequence.take(10_001)


def test_it_is_complete_when_there_are_no_more_items() -> None:
    sequence = LazySequence(range(10_000))
    sequence[-1]
    assert sequence.is_complete


def test_several_threads_take_each_item_once() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(20_000):
            taken.append(number)
            yield number

    sequence = LazySequence(items())
    results: list[list[int]] = []
    threads = [Thread(target=lambda: results.append(list(sequence))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [list(range(20_000))] * 4
    assert taken == list(range(20_000))


def test_it_is_pickled_as_a_tuple_of_all_items() -> None:
    sequence = LazySequence(iter(range(1000)))
    assert pickle.loads(pickle.dumps(sequence)) == tuple(range(1000))
