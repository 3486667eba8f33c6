from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.recognize import LABELS, Mention
from reader.recognize.rules.trim import clean_mentions


def clean_texts(text: str, label: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in clean_mentions(text, [Mention(0, len(text), label)])]


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
def test_words_and_marks_that_are_not_part_of_the_name_are_cut(text: str, label: str, name: str) -> None:
    assert clean_texts(text, label) == [name]


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
        ("M. A. Quandt Stadium", "FAC"),
        ("St. Mary's College", "ORG"),
        ("Harrow Co. Ltd", "ORG"),
        ("Harrow Inc. Foundation", "ORG"),
        ("Harrow Bros. Pictures", "ORG"),
        ("U.S. Army", "ORG"),
        ("Orsen v. Quandt", "LAW"),
        ("Tide. Moon. Stone", "WORK_OF_ART"),
        ("X", "ORG"),
    ],
)
def test_words_and_marks_that_are_part_of_the_name_stay(text: str, label: str) -> None:
    assert clean_texts(text, label) == [text]


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("Ministry of Justice. Ministry", "ORG", ["Ministry of Justice"]),
        ("Ministry of Justice. Harbor Office", "ORG", ["Ministry of Justice", "Harbor Office"]),
        ("Kovacs. Orla Venndt", "PERSON", ["Kovacs", "Orla Venndt"]),
        ("Harrow Inc. Orla Venndt", "PERSON", ["Harrow Inc.", "Orla Venndt"]),
        ("Orla C. It", "PERSON", ["Orla C"]),
        ("Rue Petit-St. Sauveur", "FAC", ["Rue Petit-St. Sauveur"]),
    ],
)
def test_a_name_ends_with_its_sentence(text: str, label: str, names: list[str]) -> None:
    assert clean_texts(text, label) == names


@pytest.mark.parametrize(
    ("text", "size", "name", "label"),
    [
        ("Ada Kovacs, Jr., said", 10, "Ada Kovacs, Jr.", "PERSON"),
        ("Ada Kovacs Sr. said", 10, "Ada Kovacs Sr.", "PERSON"),
        ("Ada Kovacs, Jr. said", 10, "Ada Kovacs, Jr.", "WORK_OF_ART"),
        ("Miss Kovacs said", 11, "Kovacs", "ORG"),
    ],
)
def test_a_generation_or_an_honorific_makes_a_person(text: str, size: int, name: str, label: str) -> None:
    (mention,) = clean_mentions(text, [Mention(0, size, label)])
    assert (text[mention.start : mention.end], mention.label) == (name, "PERSON")


def test_a_contest_and_a_generation_alone_are_no_people() -> None:
    (mention,) = clean_mentions("Miss Norway won", [Mention(0, 11, "ORG")])
    assert mention.label == "ORG"
    assert clean_mentions("He is Jr. here", [Mention(6, 9, "PERSON")]) == []


@pytest.mark.parametrize(
    ("text", "label"), [("he", "PERSON"), ("President", "PERSON"), ("’s", "ORG"), ("—", "ORG"), ("Our", "ORG")]
)
def test_mentions_of_no_name_are_dropped(text: str, label: str) -> None:
    assert clean_texts(text, label) == []


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("Iraq and Syria", "GPE", ["Iraq", "Syria"]),
        ("Port Ellis, France", "GPE", ["Port Ellis", "France"]),
        ("Harbor Watch (HW)", "ORG", ["Harbor Watch", "HW"]),
        ("Harbor Watch and Sons", "ORG", ["Harbor Watch and Sons"]),
    ],
)
def test_two_names_are_split_if_both_are_certain(text: str, label: str, names: list[str]) -> None:
    assert clean_texts(text, label) == names


@given(st.text("abAB .'’[](),-3", min_size=1, max_size=40), st.data())
def test_cleaning_stays_within_the_mention_and_changes_nothing_the_second_time(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cleaned = clean_mentions(text, [Mention(start, end, data.draw(st.sampled_from(LABELS)))])
    assert all(start <= mention.start < mention.end <= end for mention in cleaned)
    assert clean_mentions(text, cleaned) == cleaned


def test_an_office_of_something_is_no_person() -> None:
    assert clean_mentions("Dean of the college", [Mention(0, 4, "PERSON")]) == []
    assert clean_mentions("Dean left the college", [Mention(0, 4, "PERSON")]) == [Mention(0, 4, "PERSON")]


def test_a_university_includes_its_campus() -> None:
    text = "University of Tarn at Port Orsen won"
    (mention,) = clean_mentions(text, [Mention(0, 18, "ORG"), Mention(22, 32, "GPE")])
    assert text[mention.start : mention.end] == "University of Tarn at Port Orsen"
