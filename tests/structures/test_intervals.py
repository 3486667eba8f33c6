from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.recognize import Mention
from reader.recognize.rules.values import apart_from
from reader.structures.intervals import covering, longest_of, overlapping

spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda span: Mention(span[0], span[0] + span[1], "ORG"))
mentions = st.lists(spans, max_size=12, unique=True).map(sorted)


@given(mentions, st.integers(0, 60), st.integers(1, 20))
def test_those_that_overlap_a_stretch_are_found_however_they_nest(
    found: list[Mention], start: int, length: int
) -> None:
    end = start + length
    expected = [each for each in found if each.start < end and start < each.end]
    assert overlapping(found, start, end, longest_of(found)) == expected


@given(mentions, st.integers(0, 60))
def test_the_innermost_comes_first(found: list[Mention], offset: int) -> None:
    around = covering(found, offset, longest_of(found))
    assert sorted(around) == [each for each in found if each.start <= offset < each.end]
    sizes = [each.end - each.start for each in around]
    assert sizes == sorted(sizes)


def test_a_value_within_a_long_name_is_none() -> None:
    value = Mention(17, 20, "DATE")
    assert apart_from([value], [Mention(0, 30, "LAW"), Mention(2, 6, "GPE")]) == []
    assert apart_from([value], [Mention(2, 6, "GPE"), Mention(25, 30, "GPE")]) == [value]
