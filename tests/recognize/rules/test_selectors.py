"""Selectors: e-mail addresses, phone numbers, accounts, ships and crypto addresses, by form and check digit."""

from __future__ import annotations

import pytest

from reader.document import Block, BlockKind, Document
from reader.recognize.mention import Mention
from reader.recognize.rules.selectors import find_selectors, outside_selectors
from reader.recognize.rules.values import find_values


def selectors(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[tuple[str, str]]:
    document = Document(text, (Block(0, len(text), kind),), "", "test.txt")
    return [(text[mention.start : mention.end], mention.label) for mention in find_selectors(document)]


@pytest.mark.parametrize(
    ("selector", "label"),
    [
        ("ada.marlow+news@mail.example.org", "EMAIL"),
        ("+44 20 7946 0958", "PHONE"),
        ("+1 (202) 555-0143", "PHONE"),
        ("GB29 NWBK 6016 1331 9268 19", "IBAN"),
        ("DE89370400440532013000", "IBAN"),
        ("529900T8BM49AURSDO55", "LEI"),
        ("IMO 9074729", "IMO"),
        ("IMO number 9074729", "IMO"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "CRYPTO"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "CRYPTO"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "CRYPTO"),
    ],
)
def test_selectors_are_found_whole(selector: str, label: str) -> None:
    assert selectors(f"Paid to ({selector}), as agreed.") == [(selector, label)]


@pytest.mark.parametrize(
    "text",
    [
        "GB29 NWBK 6016 1331 9268 18",
        "DE8937040044053201300",
        "529900T8BM49AURSDO56",
        "IMO 9074728",
        "9074729",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdr",
        "0x52908400098527886E0F7030069857D2E4169EE",
        "+44 20 79",
        "+999 123 456 789",
        "020 7946 0958",
        "user@host",
        "12345678901234567890",
    ],
)
def test_a_wrong_check_digit_or_form_is_no_selector(text: str) -> None:
    assert not selectors(f"Paid to {text}, as agreed.")


def test_words_after_an_iban_are_not_part_of_it() -> None:
    assert selectors("DE89 3704 0044 0532 0130 00 AND MORE") == [("DE89 3704 0044 0532 0130 00", "IBAN")]


def test_a_selector_after_a_false_start_is_found() -> None:
    assert selectors("AB12 CDEF DE89370400440532013000") == [("DE89370400440532013000", "IBAN")]


def test_no_part_of_a_selector_is_a_name() -> None:
    text = "Pay IE29AIBK93115212345678 or GB82 WEST 1234 5698 7654 32; IE29AIBK is a name."
    spans = [
        (text.index(name), text.index(name) + len(name)) for name in ("IE29AIBK93115212345678", "WEST", "IE29AIBK is")
    ]
    mentions = [Mention(start, end, "ORG") for start, end in spans]
    assert list(outside_selectors(text, mentions)) == mentions[2:]


def test_selectors_are_found_in_code_and_hide_the_values_in_them() -> None:
    text = "+1 (202) 555-0143"
    document = Document(text, (Block(0, len(text)),), "", "test.txt")
    assert [mention.label for mention in find_values(document)] == ["PHONE"]
    assert selectors("mail ada@example.org", BlockKind.CODE) == [("ada@example.org", "EMAIL")]
