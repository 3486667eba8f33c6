from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.names.matcher import Matcher, on_borders


def found(text: str, *surfaces: str) -> list[str]:
    return [hit.surface for hit in Matcher(surfaces).hits(text)]


@pytest.mark.parametrize(
    "text", ["US", "US-led", "the US.", "(US)", "“US”", "US’s", "US's", "anti-US", "US–Iran", "US/Iran", "Iran-US"]
)
def test_a_name_ends_where_its_token_does(text: str) -> None:
    assert found(text, "US") == ["US"]


@pytest.mark.parametrize("text", ["USA", "BUS", "us", "Us", "al-US", "US_1", "US-1", "US-X", "O'US"])
def test_a_name_inside_another_word_is_none(text: str) -> None:
    assert found(text, "US") == []


def test_the_longest_name_wins() -> None:
    assert found("Islamic State of Iraq and Iraq", "Iraq", "Islamic State", "Islamic State of Iraq") == [
        "Islamic State of Iraq",
        "Iraq",
    ]


def test_nothing_is_found_outside_the_stretch() -> None:
    assert list(Matcher(["Ada Kovacs"]).hits("Ada Kovacs", 0, 6)) == []


@given(st.lists(st.text("abAB -'", min_size=1, max_size=6), max_size=8), st.text("abAB -'.", max_size=60))
def test_hits_are_exact_apart_and_on_borders(surfaces: list[str], text: str) -> None:
    place = 0
    for hit in Matcher(surfaces).hits(text):
        assert hit.start >= place
        assert text[hit.start : hit.end] == hit.surface
        assert on_borders(text, hit.start, hit.end)
        place = hit.end
