"""Names of companies with a legal form, and their short forms."""

from __future__ import annotations

import pytest

from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.name_patterns import find_companies
from reader.recognize.rules.votes import company_short_forms
from tests.recognize.samples import document, labeled_texts, model_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shares of Halberd Foods Inc. fell", ["Halberd Foods Inc."]),
        ("The Tarnvik AB plant", ["Tarnvik AB"]),
        ("In 1990 Anthropal PBC hired, and Quill & Dorn plc too", ["Anthropal PBC", "Quill & Dorn plc"]),
        ("Corning, Inc. rose", ["Corning, Inc."]),
        ("paid by Halberd Group Co., Ltd. Halberd won", ["Halberd Group Co., Ltd."]),
        ("Tarnvik Energi AS rose", ["Tarnvik Energi AS"]),
        ("AS Roma won", []),
        ("Texas AG Ken Dorn sued", []),
        ("Texas AG said so", []),
        ("He is at SE 5th Street", []),
    ],
)
def test_a_legal_form_makes_a_company(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_companies(text, 0, len(text))] == names


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Marlow Inc.", ["Marlow"]),
        ("Halberd Steel Ltd", ["Halberd Steel", "Halberd"]),
        ("Nordhavn Lines ASA", ["Nordhavn Lines", "Nordhavn"]),
        ("Halden Broadcasting Service Ltd", ["Halden Broadcasting Service"]),
        ("Brightwater Bank", ["Brightwater"]),
        ("Quill & Dorn LLP", ["Quill & Dorn", "Quill and Dorn"]),
        ("Ooredoo QSC", ["Ooredoo"]),
        ("World Bank", []),
        ("Target Corp.", []),
        ("Deutsche Bahn", []),
        ("Anna Inc.", []),
    ],
)
def test_a_company_has_short_forms(name: str, forms: list[str]) -> None:
    assert [form for form, _ in company_short_forms(name)] == forms


def labels_of(text: str, form: str, *names: tuple[str, str]) -> list[str]:
    sample = document(text)
    final = labeled_texts(sample, run_document_pass(sample, model_mentions(text, *names)))
    return [label for name, label in final if name == form]


def test_the_short_form_of_a_company_takes_its_label() -> None:
    text = "A spokeswoman for Marlow spoke after Marlow Inc. closed. Marlow agreed."
    for found in ([("Marlow", "PERSON")], []):
        assert labels_of(text, "Marlow", ("Marlow Inc.", "ORG"), *found) == ["ORG", "ORG"]


def test_the_first_word_of_a_company_takes_its_label_whatever_the_second() -> None:
    text = "Nordhavn Lines ASA closed. A spokeswoman for Nordhavn spoke. Nordhavn agreed."
    assert labels_of(text, "Nordhavn", ("Nordhavn Lines ASA", "ORG"), ("Nordhavn", "PERSON")) == ["ORG", "ORG"]


def test_what_precedes_the_and_of_a_company_takes_its_label() -> None:
    text = "Halden Bulk & Trading AS denied it. A spokesman for Halden Bulk spoke."
    names = ("Halden Bulk & Trading AS", "ORG"), ("Halden Bulk", "PERSON")
    assert labels_of(text, "Halden Bulk", *names)[-1] == "ORG"


def test_words_before_a_short_form_make_it_a_company_although_it_looks_like_a_place() -> None:
    names = ("Nordhavn Lines ASA", "ORG"), ("Nordhavn", "GPE")
    text = "Nordhavn Lines ASA closed. They fined Nordhavn. A spokeswoman for Nordhavn spoke. Nordhavn agreed."
    assert labels_of(text, "Nordhavn", *names) == ["ORG", "ORG", "ORG"]
    text = "Nordhavn Lines ASA closed. They left Nordhavn. A ferry serves Nordhavn. Nordhavn is small."
    assert "ORG" not in labels_of(text, "Nordhavn", *names)
    text = "Nordhavn Lines ASA closed. A spokeswoman for Nordhavn spoke. She lives in Nordhavn. Nordhavn is small."
    assert "ORG" not in labels_of(text, "Nordhavn", *names)


def test_a_short_form_that_is_also_a_person_or_a_place_keeps_its_label() -> None:
    text = "John Marlow founded Marlow Inc. in 1970. Marlow still works there."
    assert labels_of(text, "Marlow", ("John Marlow", "PERSON"), ("Marlow Inc.", "ORG")) == ["PERSON"]
    text = "Talvik Bank opened in Talvik. Talvik is small."
    assert "ORG" not in labels_of(text, "Talvik", ("Talvik Bank", "ORG"), ("Talvik.", "GPE"))


def test_what_was_mentioned_by_then_and_the_words_before_tell_a_company_from_a_person() -> None:
    names = ("John Marlow", "PERSON"), ("Marlow Inc.", "ORG")
    text = "Marlow Inc. closed. Marlow fell. John Marlow left. A spokeswoman for Marlow agreed. Marlow wept."
    assert labels_of(text, "Marlow", *names) == ["ORG", "ORG", "PERSON"]
    text = "John Marlow spoke. Marlow was born here. He never heard of Marlow Inc. and Marlow wept."
    assert labels_of(text, "Marlow", *names) == ["PERSON", "PERSON"]


def test_a_short_form_that_is_also_a_word_is_not_marked_at_the_start_of_a_sentence() -> None:
    text = "Kestrel Foods Inc. closed. A kestrel flew by. Kestrel nests are rare."
    assert labels_of(text, "Kestrel", ("Kestrel Foods Inc.", "ORG")) == []
