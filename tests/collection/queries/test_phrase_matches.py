"""Where the phrases of a search occur in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.collection.queries.phrase_matches import phrase_spans
from reader.collection.storage.search_phrase import fold, search_phrases


@pytest.mark.parametrize(
    ("text", "typed", "matches"),
    [
        ("Sørensen wrote to sorensen@example.org.", "sorensen", ["Sørensen", "sorensen"]),
        ("Peter Sørensen, PETER SORENSEN", "peter sorensen", ["Peter Sørensen", "PETER SORENSEN"]),
        ("A café, cafés, the cafeteria", "cafe*", ["café", "cafés", "cafeteria"]),
        ("“Bribe?” – the bribes", "bribe", ["Bribe"]),
        ("Straße, STRASSE", "straße", ["Straße", "STRASSE"]),
        ("北京会议 and Łódź", "会议", ["会议"]),
    ],
)
def test_every_occurrence_is_found_with_and_without_accents(text: str, typed: str, matches: list[str]) -> None:
    (phrase,) = search_phrases(typed)
    assert [text[start:end] for start, end in phrase_spans(text, phrase)] == matches


_LETTERS = st.sampled_from("abcÅåéèßæøłŁœ \n-_.’…½İıΣς한글ᄒ\u0301ạ\u0303ДдЁёйñÑ12")


@given(st.text(_LETTERS, max_size=30), st.data())
def test_a_phrase_occurs_where_its_words_do(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    typed = text[start : start + data.draw(st.integers(1, 6))]
    for phrase in search_phrases(typed):
        if not phrase.is_unspaced:
            words = [(match.span(), fold(match[0])) for match in re.finditer(r"[^\W_]+", text)]
            count = len(phrase.words)
            expected = [
                (words[index][0][0], words[index + count - 1][0][1])
                for index in range(len(words) - count + 1)
                if tuple(word for _, word in words[index : index + count]) == phrase.words
            ]
            assert phrase_spans(text, phrase) == expected
