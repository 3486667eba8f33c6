from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind
from reader.reading import Reading
from reader.recognize import Mention
from reader.recognize.rules.values import find_values, values_outside_names
from tests.recognize.samples import document, labeled_texts


def values(text: str) -> list[tuple[str, str]]:
    sample = document(text)
    return labeled_texts(sample, find_values(sample))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("3 March 2017", "DATE"), ("March 5-7, 2020", "DATE"), ("Nov. 5", "DATE"), ("2020-01-31", "DATE"),
        ("Monday", "DATE"), ("last year", "DATE"), ("the 1990s", "DATE"), ("19th century", "DATE"),
        ("two weeks ago", "DATE"), ("May 2020", "DATE"), ("Saturday, June 1, 2024", "DATE"),
        ("10:30 a.m. GMT", "TIME"), ("14:00", "TIME"), ("5 p.m.", "TIME"), ("three hours", "TIME"),
        ("midnight", "TIME"),
        ("US$135 million", "MONEY"), ("$2.5bn", "MONEY"), ("3,000 euros", "MONEY"), ("€40", "MONEY"),
        ("half a million dollars", "MONEY"), ("10 million Turkish lira", "MONEY"),
        ("40%", "PERCENT"), ("5 per cent", "PERCENT"), ("12.5 percent", "PERCENT"),
        ("two percentage points", "PERCENT"),
        ("700 square miles", "QUANTITY"), ("20-kilometer", "QUANTITY"), ("12 kg", "QUANTITY"),
        ("1.5 million barrels", "QUANTITY"), ("1,200-mile", "QUANTITY"),
    ],
)  # fmt: skip
def test_the_whole_value_is_found(text: str, label: str) -> None:
    for prefix, suffix in (("", ""), ("It was ", ", they said."), ("(", ")"), ("of ", " and more")):
        assert values(prefix + text + suffix) == [(text, label)]


@pytest.mark.parametrize(
    "text",
    [
        "May said so",
        "March on",
        "in 1500 cases",
        "42, of Elm Street",
        "A-10",
        "Apollo 11",
        "1.2.3.4",
        "mp3",
        "AB 12 kgb",
    ],
)
def test_other_numbers_and_words_are_not_values(text: str) -> None:
    assert values(text) == []


def test_a_year_needs_a_preposition() -> None:
    assert values("He left in 2017 with 2017 others.") == [("2017", "DATE")]


def test_code_has_no_values() -> None:
    assert find_values(document("timeout = 5 minutes", {0: BlockKind.CODE})) == []


@given(st.text(st.sampled_from("0123456789 ,.$%-:kmapMay\n") | st.characters()))
def test_values_are_sorted_without_overlaps_and_within_blocks(text: str) -> None:
    sample = document(text)
    mentions = find_values(sample)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for mention in mentions:
        assert any(block.start <= mention.start < mention.end <= block.end for block in sample.blocks)


@pytest.mark.parametrize("piece", ["1", "1,111", "one ", "1 - ", "12:", "hundred ", "a "])
def test_values_in_a_row_are_found_within_the_text(piece: str) -> None:
    sample = document(piece * 20_000)
    mentions = find_values(sample)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert all(mention.end <= len(sample.text) for mention in mentions)


def test_values_that_overlap_a_name_are_dropped() -> None:
    name = Mention(10, 20, "EVENT")
    dates = [Mention(0, 10, "DATE"), Mention(8, 12, "DATE"), Mention(12, 14, "TIME"), Mention(20, 22, "DATE")]
    assert values_outside_names(dates, [name]) == [dates[0], dates[3]]
    assert values_outside_names(dates, []) == dates


def test_a_reading_lists_values_separately() -> None:
    text = "On Monday, Harbor Watch paid $20 for the June 4 Movement."
    reading = Reading(document(text))
    movement = text.index("June")
    names = [Mention(11, 23, "ORG"), Mention(movement, len(text) - 1, "ORG")]
    assert [text[value.start : value.end] for value in reading.values] == ["Monday", "$20", "June 4"]
    reading.set_recognized(names)
    assert [text[value.start : value.end] for value in reading.values] == ["Monday", "$20"]
    assert reading.shown_mentions == reading.mentions == names
    reading.values_shown = True
    assert [mention.label for mention in reading.shown_mentions] == ["DATE", "ORG", "MONEY", "ORG"]
    assert [entity.label for entity in reading.entities] == ["ORG", "ORG"]


def test_a_value_inside_a_long_name_is_dropped() -> None:
    value = Mention(17, 20, "DATE")
    assert values_outside_names([value], [Mention(0, 30, "LAW"), Mention(2, 6, "GPE")]) == []
    assert values_outside_names([value], [Mention(2, 6, "GPE"), Mention(25, 30, "GPE")]) == [value]
