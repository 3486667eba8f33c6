"""Honorifics stay part of a surname only where they tell two people apart."""

from __future__ import annotations

import pytest

from reader.recognize.rules.document_pass import run_document_pass
from tests.recognize.samples import document, labeled_texts, model_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Prince Skarn scored. Ada Skarn, his coach, praised Prince Skarn.",
            ["Prince Skarn", "Ada Skarn", "Prince Skarn"],
        ),
        ("Crown Prince Skarn spoke. Ada Skarn left.", ["Skarn", "Ada Skarn"]),
        ("Major Ada Skarn spoke. Major Skarn left.", ["Ada Skarn", "Skarn"]),
        ("The Prince Skarn spoke. Ada Skarn left.", ["Skarn", "Ada Skarn"]),
    ],
)
def test_a_title_that_may_be_a_given_name_is_kept_beside_another_person(text: str, names: list[str]) -> None:
    sample = document(text)
    final = run_document_pass(sample, model_mentions(text, ("Ada Skarn", "PERSON"), ("Skarn", "PERSON")))
    assert [name for name, _ in labeled_texts(sample, final)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Skarn sang. Mrs. Skarn danced. Skarn is old.", ["Mr. Skarn", "Mrs. Skarn", "Skarn"]),
        ("Mrs Skarn sang. Miss Skarn danced.", ["Mrs Skarn", "Miss Skarn"]),
        ("Herr Skarn kam. Frau Skarn ging.", ["Herr Skarn", "Frau Skarn"]),
        ("Mr. and Mrs. Skarn sang. Mrs. Skarn danced. Mr. Skarn left.", ["Skarn", "Mrs. Skarn", "Mr. Skarn"]),
        ("Then Otto and Mr. Skarn sang. Mrs. Skarn danced.", ["Mr. Skarn", "Mrs. Skarn"]),
        ("Mr. Skarn sang. Mr. Skarn danced.", ["Skarn", "Skarn"]),
        ("Ms. Skarn sang. Mrs. Skarn danced.", ["Skarn", "Skarn"]),
        ("Mr. Skarn sang. Dr. Skarn danced.", ["Skarn", "Skarn"]),
        ("Prince Skarn sang. Skarn danced.", ["Skarn", "Skarn"]),
        ("She thanked the mr.\n\nSkarn sang. Mrs. Skarn danced.", ["Skarn", "Skarn"]),
    ],
)
def test_different_honorifics_before_one_surname_are_kept(text: str, names: list[str]) -> None:
    sample = document(text)
    final = run_document_pass(sample, model_mentions(text, ("Skarn", "PERSON")))
    assert [name for name, _ in labeled_texts(sample, final)] == names
