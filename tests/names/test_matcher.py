from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.names.matcher import Matcher, on_borders


def _surfaces(text: str, *surfaces: str) -> list[str]:
    return [hit.surface for hit in Matcher(surfaces).hits(text)]


@pytest.mark.parametrize(
    "text", ["US", "US-led", "the US.", "(US)", "“US”", "US’s", "US's", "anti-US", "US–Iran", "US/Iran", "Iran-US"]
)
def test_a_name_is_found_between_token_borders(text: str) -> None:
    assert _surfaces(text, "US") == ["US"]


@pytest.mark.parametrize("text", ["l'ONU", "L’ONU", "d'ONU", "dell'ONU", "qu'ONU"])
def test_a_name_is_found_after_an_elided_word(text: str) -> None:
    assert _surfaces(text, "ONU") == ["ONU"]


@pytest.mark.parametrize("text", ["USA", "BUS", "us", "Us", "al-US", "US_1", "US-1", "US-X", "O'US", "D'US"])
def test_a_name_inside_another_word_is_not_found(text: str) -> None:
    assert _surfaces(text, "US") == []


def test_the_longest_name_wins() -> None:
    assert _surfaces("Islamic State of Iraq and Iraq", "Iraq", "Islamic State", "Islamic State of Iraq") == [
        "Islamic State of Iraq",
        "Iraq",
    ]


def test_nothing_is_found_outside_the_offsets() -> None:
    assert list(Matcher(["Ada Kovacs"]).hits("Ada Kovacs", 0, 6)) == []


@given(st.lists(st.text("abAB -'", min_size=1, max_size=6), max_size=8), st.text("abAB -'.", max_size=60))
def test_hits_are_exact_and_on_borders_and_do_not_overlap(surfaces: list[str], text: str) -> None:
    last_end = 0
    for hit in Matcher(surfaces).hits(text):
        assert hit.start >= last_end
        assert text[hit.start : hit.end] == hit.surface
        assert on_borders(text, hit.start, hit.end)
        last_end = hit.end
