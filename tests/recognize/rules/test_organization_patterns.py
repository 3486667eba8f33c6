"""Organizations that a text describes, without a recognizer: companies, newspapers, bodies, clubs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from reader.recognize.rules.club_matches import find_clubs
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.organization_patterns import (
    find_bodies,
    find_described_companies,
    find_newspapers,
    is_likely_organization,
)
from tests.recognize.samples import document, labeled_texts, model_mentions


def names_by(finder: Callable[[str], Iterator[tuple[int, int]]], text: str) -> list[str]:
    return [text[start:end] for start, end in finder(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On Monday Orsen, a small cement company based in Tarn, paid.", ["Orsen"]),
        ("Orsen Quay, a bank, paid.", ["Orsen Quay"]),
        ("They sued the northern food company Orsen in May.", ["Orsen"]),
        ("The company President resigned. The company Monday closed.", []),
        ("Norway, a producer of oil, paid.", []),
        ("The Orsen, a boat, sank.", []),
        ("the company Orsen Quay Means To Buy", []),
    ],
)
def test_a_text_calls_a_name_a_company(text: str, names: list[str]) -> None:
    assert names_by(find_described_companies, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Citizen reported that it rained.", ["Citizen"]),
        ("The Herald once called him a fool.", ["Herald"]),
        ("He quarreled over a review in The Nation.", ["Nation"]),
        ("The Nation gave thanks.", []),
        ("The Mirror was broken.", []),
        ("The Citizen Party reported a gain.", []),
    ],
)
def test_a_newspaper_is_known_by_what_it_does(text: str, names: list[str]) -> None:
    assert names_by(find_newspapers, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway's Competition Authority agreed.", ["Competition Authority"]),
        ("the Orsen Initiative for Rural Health said", ["Orsen Initiative for Rural Health"]),
        ("the Quay Commission on Fish and Ships met", ["Quay Commission on Fish and Ships"]),
        ("the Executive Committee met", []),
        ("the Orsen Initiative met", []),
        ("the Trade Council of Tarvia met", []),
    ],
)
def test_a_body_is_known_by_its_words(text: str, names: list[str]) -> None:
    assert names_by(find_bodies, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tarn Rovers beat Sporting Orsen 3-1 on Sunday.", ["Sporting Orsen", "Tarn Rovers"]),
        ("Norway beat South Africa 2-0.", []),
        ("Ada Quill beat Olga Perrin 3-1.", []),
        ("Tarn Rovers beat Sporting Orsen 6-3, 6-4.", []),
        ("Tarn Rovers beat Orsen 2-1.", []),
    ],
)
def test_clubs_are_known_by_their_matches(text: str, names: list[str]) -> None:
    assert names_by(find_clubs, text) == names


def test_a_club_keeps_its_label_wherever_it_is_named() -> None:
    text = "Tarn Rovers beat Sporting Orsen 3-1. Fans of Sporting Orsen left. In Tarn, Rovers fans sang."
    sample = document(text)
    final = labeled_texts(sample, run_document_pass(sample, model_mentions(text, ("Sporting Orsen", "GPE"))))
    assert final == [("Tarn Rovers", "ORG"), ("Sporting Orsen", "ORG"), ("Sporting Orsen", "ORG")]


def test_the_short_name_of_a_club_is_no_person() -> None:
    text = "Quillon Rovers won. Quillon led from the start."
    sample = document(text)
    mentions = model_mentions(text, ("Quillon Rovers", "ORG"), ("Quillon", "PERSON"))
    assert labeled_texts(sample, run_document_pass(sample, mentions)) == [("Quillon Rovers", "ORG"), ("Quillon", "ORG")]


def test_the_last_word_confirms_an_uncertain_organization() -> None:
    assert is_likely_organization("Orsen University")
    assert is_likely_organization("Orsen Foods")
    assert not is_likely_organization("University")
    assert not is_likely_organization("Solar Energy")
    assert not is_likely_organization("Orsen Quay")
