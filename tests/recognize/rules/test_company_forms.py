"""Names of companies with a legal form, and their short forms."""

from __future__ import annotations

import re

import pytest

from reader.recognize import Mention
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.organization_patterns import find_companies, find_trade_names
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
        ("lent to Crna Voda d.o.o., a firm", ["Crna Voda d.o.o."]),
        ("moved to Orvale Trading FZE in Dubai", ["Orvale Trading FZE"]),
        ("paid by Quill Mining Co. in May", ["Quill Mining Co."]),
        ("sued Granite Cement Ltd in May", ["Granite Cement Ltd"]),
        ("It rained in Tarn Co. Mayo.", []),
        ("AS Roma won", []),
        ("Texas AG Ken Dorn sued", []),
        ("Texas AG said so", []),
        ("He is at SE 5th Street", []),
    ],
)
def test_a_legal_form_makes_a_company(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_companies(text, 0, len(text))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They asked Halberd Cables for help.", ["Halberd Cables"]),
        ("Halberd Shipyards closed. The Orvale Ferries of Tarnvik", ["Halberd Shipyards", "Orvale Ferries"]),
        ("paid by Halberd Logistics", ["Halberd Logistics"]),
        ("Shares of Granite Cement fell", ["Granite Cement"]),
        ("They bought Cardinal Mining Holdings.", ["Cardinal Mining Holdings"]),
        ("Renewable Energy is cheap, Travel Insurance is not.", []),
        ("Council Buys Halberd Ferries", []),
        ("Halberd Ferries Sold", []),
        ("The New Ferries of Tarnvik", []),
        ("The Swiss Railways said", []),
        ("Halberd ferries sank", []),
    ],
)
def test_a_trade_makes_a_company(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_trade_names(text, 0, len(text))] == names


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


def test_a_short_form_that_the_recognizer_does_not_know_is_the_company() -> None:
    text = "Corvane Holdings plc won. Corvane paid, Corvane denied it, Corvane said. Shares in Corvane fell."
    guesses = ("Corvane", "GPE"), ("Corvane", "PERSON")
    assert labels_of(text, "Corvane", ("Corvane Holdings plc", "ORG"), *guesses) == ["ORG"] * 4
    town = f"{text} Rain fell in Corvane."
    assert "ORG" not in labels_of(town, "Corvane", ("Corvane Holdings plc", "ORG"), *guesses)


def test_a_short_form_that_is_a_word_is_the_company_where_it_is_a_name() -> None:
    text = "Meridian Lines Ltd hired him. He said that Meridian paid. They crossed the Meridian line."
    assert labels_of(text, "Meridian", ("Meridian Lines Ltd", "ORG"), ("Meridian", "PERSON"))[0] == "ORG"
    assert labels_of(text, "Meridian", ("Meridian Lines Ltd", "ORG")) == []


@pytest.mark.parametrize(("name", "label"), [("Crna Voda", "ORG"), ("Anna Voda", "PERSON")])
def test_a_company_without_its_legal_form_is_no_person_unless_it_may_be_named_after_one(name: str, label: str) -> None:
    text = f"Later {name} paid. " * 5 + f"In May {name} d.o.o. won."
    starts = [match.start() for match in re.finditer(name, text)]
    sample = document(text)
    marked = [Mention(start, start + len(name), "PERSON", "model", 0.9) for start in starts]
    final = labeled_texts(sample, run_document_pass(sample, marked))
    assert final == [(name, label)] * 5 + [(f"{name} d.o.o.", "ORG")]


def test_a_company_keeps_the_start_that_the_recognizer_found_before_its_legal_form() -> None:
    text = "The Dutch firm Van der Halm Steel B.V. won."
    sample = document(text)
    for label in ("ORG", "PERSON"):
        mentions = run_document_pass(sample, model_mentions(text, ("Van der Halm Steel", label)))
        assert ("Van der Halm Steel B.V.", "ORG") in labeled_texts(sample, mentions)


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
