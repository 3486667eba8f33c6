from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.sentences import sentence_at, sentence_ends, starts_sentence

TEXTS = st.text(st.sampled_from('ab AB.!?…。\n "”“()') | st.characters(max_codepoint=0xFFFF), max_size=60)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("彼は行った。そして「来た。」終わり。", "そし", "そして「来た。」"),
        ("He met Gen. Ali. Then Mr. Fox left.", "Ali", "He met Gen. Ali."),
        ("It was long\nand wrapped. Yes.", "long", "It was long\nand wrapped."),
        ("Really?! Yes … No.", "Rea", "Really?!"),
        ("“Never!” he said. She left.", "he", "“Never!” he said."),
        ("It fell (by 3.5 m.) and rose… again. Yes.", "rose", "It fell (by 3.5 m.) and rose… again."),
        ("A title\n\nThe text.", "title", "A title"),
        ("Then O’Brien left! “No,” he said.", "Brien", "Then O’Brien left!"),
        ("The U.S. said no. J. Smith agreed.", "said", "The U.S. said no."),
    ],
)
def test_the_sentence_around_a_span_is_found(text: str, words: str, expected: str) -> None:
    start, end = sentence_at(text, text.index(words), 0, len(text))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    "text",
    ["^May left.", "It ended. ^May left.", "It ended.” “^May left.", "A title\n\n^May left.", "Why?! — ^May left."],
)
def test_a_word_starts_a_sentence(text: str) -> None:
    assert starts_sentence(text.replace("^", ""), text.index("^"))


@pytest.mark.parametrize(
    "text",
    ["In ^May it rained.", "Dr. ^May left.", "J. ^May left.", "He said “^May I?”", "It is. ^may be", "So, ^May"],
)
def test_a_word_does_not_start_a_sentence(text: str) -> None:
    assert not starts_sentence(text.replace("^", ""), text.index("^"))


@given(TEXTS)
def test_sentence_ends_increase_and_stay_inside_the_text(text: str) -> None:
    ends = list(sentence_ends(text, 0, len(text)))
    assert ends == sorted(set(ends))
    assert all(0 < end <= len(text) for end in ends)


@given(TEXTS, st.data())
def test_the_sentence_of_a_word_contains_it(text: str, data: st.DataObject) -> None:
    offsets = [offset for offset, character in enumerate(text) if character.isalnum()]
    if offsets:
        offset = data.draw(st.sampled_from(offsets))
        start, end = sentence_at(text, offset, 0, len(text))
        assert start <= offset < end
        assert text[start:end] == text[start:end].strip()


@given(TEXTS)
def test_a_sentence_starts_where_the_one_before_has_ended(text: str) -> None:
    for end in sentence_ends(text, 0, len(text)):
        start = len(text) - len(text[end:].lstrip())
        if start < len(text) and text[start].isupper():
            assert starts_sentence(text, start)
