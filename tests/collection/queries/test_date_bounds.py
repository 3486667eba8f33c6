from __future__ import annotations

import pytest

from reader.collection.queries.profiles.date_bounds import date_bound
from reader.collection.queries.profiles.profile_lookup import profile_named
from reader.collection.queries.profiles.profile_passages import timeline_of
from reader.collection.queries.profiles.profile_report import documents_of
from reader.collection.storage.collection_storage import CollectionStorage
from tests.collection.made_documents import record, write


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("She has a contract until ", "until"),
        ("It must close till ", "until"),
        ("The road opens by the end of ", "by"),
        ("No later than ", "by"),
        ("It was built before the early ", "before"),
        ("She left in ", ""),
        ("It was founded by his father in ", ""),
        ("Employed since ", ""),
    ],
)
def test_words_before_a_date_make_it_a_limit(before: str, bound: str) -> None:
    assert date_bound(before, "2021", "2023-01-01") == bound


def test_a_date_after_that_of_the_document_is_a_plan() -> None:
    assert date_bound("It opens in ", "2024", "2023-05-02") == "planned"
    assert date_bound("It opened in ", "2023", "2023-05-02") == ""
    assert date_bound("It opens in ", "2024", "") == ""


def test_a_timeline_says_which_dates_are_no_events(storage: CollectionStorage) -> None:
    text = "Ada Marlow came in 2019. Ada Marlow stays until 2024. Ada Marlow speaks in Brno on 3 May 2022."
    write(storage, [record(text, "a.txt", "2021-03-14")])
    entries = timeline_of(storage, profile_named(storage, "Ada Marlow").id)
    assert [(entry.day, entry.bound) for entry in entries] == [
        ("2019", ""), ("2022-05-03", "planned"), ("2024", "until"),
    ]  # fmt: skip


def test_documents_without_a_date_are_sorted_by_mentions(storage: CollectionStorage) -> None:
    texts = {
        "a.txt": "The Quayside Trust came.",
        "b.txt": "Quayside Trust saw Quayside Trust.",
        "c.txt": "Quayside Trust left.",
    }
    write(storage, [record(text, source, "2021-03-14" * (source == "c.txt")) for source, text in texts.items()])
    documents = documents_of(storage, profile_named(storage, "Quayside Trust").id, limit=9)
    assert [document.source for document in documents] == ["c.txt", "b.txt", "a.txt"]
