"""The pairs of profiles that the review asks about."""

from __future__ import annotations

import pytest

from reader.collection.queries.profiles.profile_suggestions import suggested_pairs
from reader.collection.storage.collection_storage import CollectionStorage
from tests.collection.made_documents import record, write


@pytest.fixture
def namesakes(storage: CollectionStorage) -> CollectionStorage:
    """An index of three documents about people of one common name."""
    titles = "Žižkov", "100% Brno", "Tarn"
    write(storage, [record(f"John Smith sang {title}.", f"{title}.txt") for title in titles])
    return storage


@pytest.mark.parametrize(
    ("text", "title"),
    [*[(text, "Žižkov") for text in ("zizkov", "ŽIŽ")], ("100%", "100% Brno"), ("smith", ""), ("a_n", "none")],
)
def test_the_filter_minds_neither_case_nor_accents_in_names_and_titles(
    namesakes: CollectionStorage, text: str, title: str
) -> None:
    every_pair = suggested_pairs(namesakes)
    pairs = suggested_pairs(namesakes, text)
    assert len(every_pair) > 1
    assert pairs == [pair for pair in every_pair if not title or title in (pair.a.title, pair.b.title)]
    assert bool(pairs) is (title != "none")
    assert suggested_pairs(namesakes, text, limit=1) == pairs[:1]
    assert suggested_pairs(namesakes, text, label="PERSON") == pairs
    assert suggested_pairs(namesakes, text, label="ORG") == []
