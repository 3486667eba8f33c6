from __future__ import annotations

import pytest

from reader.recognize import Mention
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.recognize.rules.addresses import find_addresses
from reader.recognize.rules.document_pass import run_document_pass
from reader.recognize.rules.trim import clean_mentions
from tests.recognize.samples import document, labeled_texts


def addresses(text: str) -> list[str]:
    return [text[address.start : address.end] for address in find_addresses(text)]


def names(text: str, *spans: tuple[str, str]) -> list[str]:
    """Return the final names of a text in which a recognizer marks each of the texts wherever it is."""
    mentions = [
        Mention(start, start + len(name), label, "model")
        for name, label in spans
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    article = document(text)
    result = run_document_pass(article, clean_mentions(text, sorted(mentions)))
    return [name for name, _ in labeled_texts(article, result)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/Paris/Ada_Quill.html.", ["https://example.org/Paris/Ada_Quill.html"]),
        ("It is at (www.Example.org/Berlin), she said.", ["www.Example.org/Berlin"]),
        ("WWW.EXAMPLE.ORG", ["WWW.EXAMPLE.ORG"]),
        ("See http://example.org/Moss_(Norway)!", ["http://example.org/Moss_(Norway)"]),
        ("Write to ada.quill@press.example.co.uk.", ["ada.quill@press.example.co.uk"]),
        ("More on short.example.com/Lagos?x=Mali, daily", ["short.example.com/Lagos?x=Mali"]),
        ("Example.com and @AdaQuill agree", ["Example.com", "@AdaQuill"]),
        ("https://example.org/a—Paris", ["https://example.org/a"]),
        (
            "(see https://example.org/a.), (https://example.org/b(c))",
            ["https://example.org/a", "https://example.org/b(c)"],
        ),
        ("A U.S. envoy, St.Ives and Inc.The and/or p.m./Friday at 5 @ noon", []),
    ],
)
def test_addresses_end_before_the_marks_of_the_sentence(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://t.example/Paris/Ada-Quill",
        "www.Paris.example",
        "Ada.Quill@example.org",
        "example.org/Paris",
        "http://example.org/?city=Paris&by=Ada+Quill",
        "@Ada_Quill@example.org",
    ],
)
def test_no_part_of_an_address_is_a_name(address: str) -> None:
    text = f"Ada Quill left Paris. Details: {address} and so on."
    expected = ["Ada Quill", "Paris"]
    assert names(text, ("Ada Quill", "PERSON"), ("Paris", "GPE")) == expected
    assert names(text, (address, "ORG"), ("Ada Quill", "PERSON")) == expected


def test_a_name_beside_an_address_keeps_its_words() -> None:
    assert names("Ada Quill ada@example.org Tobias Moss", ("Ada Quill ada@example.org", "PERSON")) == ["Ada Quill"]


def test_a_site_or_an_account_is_a_name_only_as_a_whole() -> None:
    assert names("Paris.com sells beds.", ("Paris.com", "ORG")) == ["Paris.com"]
    assert names("Paris.com sells beds. It began in Paris.", ("Paris", "GPE")) == ["Paris"]
    assert names("It quotes @Paris on Paris.", ("Paris", "GPE")) == ["Paris"]


def test_the_recognizer_marks_nothing_inside_addresses() -> None:
    text = (
        "The report by Reuters is at www.Reuters.com and https://example.org/Reuters/France, said John Smith of the "
        "BBC. Mail John.Smith@bbc.co.uk or follow @BBC_France."
    )
    article = document(text)
    spans = find_addresses(text)
    mentions = recognize(article, load_recognizer())
    assert [text[mention.start : mention.end] for mention in mentions[:2]] == ["Reuters", "John Smith"]
    assert not [m for m in mentions for s in spans if m.start < s.end and s.start < m.end and not s.may_be_name]


@pytest.mark.parametrize("piece", ["a", "a.", "a@", "@", "://", "www.", "a.co", "a-", "(", ")", "https://a) "])
def test_repeated_pieces_of_addresses_take_linear_time(piece: str) -> None:
    for text in (piece * 100_000, "https://a" + piece * 100_000):
        assert all(0 <= address.start < address.end <= len(text) for address in find_addresses(text))
