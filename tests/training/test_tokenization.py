from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs

from reader.recognize.network.tokenization import saved_tokenizer, set_tokenizer_rules


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    set_tokenizer_rules(pipeline)
    return pipeline


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the Council.[3] It", ["the", "Council", ".", "[3]", "It"]),
        ("the Council.[3][14]It", ["the", "Council", ".", "[3]", "[14]", "It"]),
        ("the Front,[1] which", ["the", "Front", ",", "[1]", "which"]),
        ("in May.”[2] Then", ["in", "May", ".", "”", "[2]", "Then"]),
        ("the Fund[a] said", ["the", "Fund", "[a]", "said"]),
        ("the Fund.[citation needed] It", ["the", "Fund", ".", "[", "citation", "needed", "]", "It"]),
        ("a U.S.-led force", ["a", "U.S.", "-", "led", "force"]),
        ("a US-led force", ["a", "US", "-", "led", "force"]),
        ("(AU)-led talks", ["(", "AU", ")", "-", "led", "talks"]),
        ("Ruritania–Graustark border", ["Ruritania", "–", "Graustark", "border"]),
        ("1911–1971", ["1911", "–", "1971"]),
        ("IS’s men", ["IS", "’s", "men"]),
        ("AT&T's shares", ["AT&T", "'s", "shares"]),
        ("U.S. and U.K.'s", ["U.S.", "and", "U.K.", "'s"]),
        ("the war.Then Ann Lee,Bob", ["the", "war", ".", "Then", "Ann", "Lee", ",", "Bob"]),
        ("leave?No", ["leave", "?", "No"]),
        ("the Front(NF) left", ["the", "Front", "(", "NF", ")", "left"]),
        ("number #2 in", ["number", "#", "2", "in"]),
        ("Da'esh and al-Hol", ["Da'esh", "and", "al", "-", "Hol"]),
        ("Doha\u200e, she", ["Doha", "\u200e", ",", "she"]),
        ("see https://example.org/a_(b)?c=d, or", ["see", "https://example.org/a_(b)?c=d", ",", "or"]),
        ("write to ann@example.org.", ["write", "to", "ann@example.org", "."]),
        ("3,000 people", ["3,000", "people"]),
    ],
)
def test_text_is_tokenized(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp(text)] == tokens


def test_a_saved_tokenizer_reads_its_rules_from_bytes(nlp: Language) -> None:
    empty = saved_tokenizer()(spacy.blank("en"))
    assert isinstance(empty, Tokenizer)
    assert [token.text for token in empty("the Council.[3]")] == ["the", "Council.[3]"]
    saved: Any = nlp.tokenizer
    empty.from_bytes(saved.to_bytes(exclude=["vocab"]))
    assert [token.text for token in empty("the Council.[3] don't")] == ["the", "Council", ".", "[3]", "do", "n't"]
