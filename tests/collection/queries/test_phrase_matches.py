"""Where the phrases of a search occur in a text."""

from __future__ import annotations

import pytest

from reader.collection.queries.phrase_matches import phrase_spans
from reader.collection.storage.search_phrase import search_phrases


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
