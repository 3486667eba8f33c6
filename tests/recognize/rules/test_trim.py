from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.recognize import LABELS, Mention
from reader.recognize.rules.trim import cleaned


def clean(text: str, label: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in cleaned(text, [Mention(0, len(text), label)])]


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("the United Nations’", "ORG", "United Nations"),
        ("Port Ellis.[3]", "GPE", "Port Ellis"),
        ("Port Ellis.[3]The", "GPE", "Port Ellis"),
        ("Norway.The", "GPE", "Norway"),
        ("Norway.", "GPE", "Norway"),
        ("“Global", "ORG", "Global"),
        ("Harbor Watch)", "ORG", "Harbor Watch"),
        ("Harbor Watch (North)", "ORG", "Harbor Watch (North)"),
        ("President Kovacs", "PERSON", "Kovacs"),
        ("former president Ada Kovacs's", "PERSON", "Ada Kovacs"),
        ("French Prime Minister Ada Kovacs", "PERSON", "Ada Kovacs"),
        ("then-President Kovacs", "PERSON", "Kovacs"),
        ("Near Port Ellis", "GPE", "Port Ellis"),
        ("James’", "PERSON", "James"),
    ],
)
def test_what_is_not_the_name_is_cut(text: str, label: str, name: str) -> None:
    assert clean(text, label) == [name]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("U.S.", "GPE"),
        ("Acme Inc.", "ORG"),
        ("The Hague", "GPE"),
        ("The Glass Tide", "WORK_OF_ART"),
        ("Bosnia and Herzegovina", "GPE"),
        ("Lord's Resistance Army", "ORG"),
        ("Don Ameche", "PERSON"),
        ("J. K. Rowling", "PERSON"),
        ("X", "ORG"),
    ],
)
def test_what_belongs_to_the_name_stays(text: str, label: str) -> None:
    assert clean(text, label) == [text]


@pytest.mark.parametrize(
    ("text", "label"), [("he", "PERSON"), ("President", "PERSON"), ("’s", "ORG"), ("—", "ORG"), ("Our", "ORG")]
)
def test_what_is_no_name_goes(text: str, label: str) -> None:
    assert clean(text, label) == []


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("Iraq and Syria", "GPE", ["Iraq", "Syria"]),
        ("Port Ellis, France", "GPE", ["Port Ellis", "France"]),
        ("Harbor Watch (HW)", "ORG", ["Harbor Watch", "HW"]),
        ("Harbor Watch and Sons", "ORG", ["Harbor Watch and Sons"]),
    ],
)
def test_two_names_are_parted_where_that_is_sure(text: str, label: str, names: list[str]) -> None:
    assert clean(text, label) == names


@given(st.text("abAB .'’[](),-3", min_size=1, max_size=40), st.data())
def test_cleaning_stays_inside_and_is_done_at_once(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    once = cleaned(text, [Mention(start, end, data.draw(st.sampled_from(LABELS)))])
    assert all(start <= mention.start < mention.end <= end for mention in once)
    assert cleaned(text, once) == once
