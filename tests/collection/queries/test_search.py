from __future__ import annotations

from typing import Any

import pytest

from reader.collection.queries.profiles.profile_lookup import profile_named
from reader.collection.queries.search_advice import why_nothing_matches
from reader.collection.queries.search_request import parse_request
from reader.collection.queries.text_search import SearchHit, search_collection
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.search_phrase import SearchPhrase
from tests.collection.made_documents import record, write


def marked(hit: SearchHit) -> str:
    """Return the excerpt of a hit with its matches in brackets."""
    text, excerpt = hit.excerpt.text, hit.excerpt
    for start, end in reversed(excerpt.highlights):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def sources(storage: CollectionStorage, words: str, **options: object) -> list[str]:
    """Return the sources of the documents that a search finds, sorted."""
    return sorted(hit.source for hit in search_collection(storage, words, **options).hits)  # type: ignore[arg-type]  # any options


@pytest.mark.parametrize(
    ("words", "conditions", "reason"),
    [
        ("zebra bribe okapi*", {}, "no document has “zebra”, “okapi*”"),
        ("brib den", {}, "no document has “brib”, “den”; “brib*”, “den*” would match"),
        ("took moved", {}, "no document has all of “took”, “moved”, though each occurs"),
        ("took -bribe", {}, "every document that matches has “bribe”, too"),
        ("took since:2030", {}, "1 document matches, but none with a date since 2030"),
        ("bribe", {"until": "1999"}, "2 documents match, but none with a date until 1999"),
        ("took near cafe", {}, "no sentence has everything that must be near"),
        ("took", {"label": "LOC"}, "no sentence with a match has a name of the label LOC"),
        ("bribe", {"profile": 999}, "no document that matches mentions this entity"),
    ],
)
def test_a_search_without_hits_says_why(
    filled: CollectionStorage, words: str, conditions: dict[str, Any], reason: str
) -> None:
    assert search_collection(filled, words, **conditions).hits == ()
    assert why_nothing_matches(filled, words, **conditions) == reason


def test_an_empty_collection_is_the_reason(storage: CollectionStorage) -> None:
    assert why_nothing_matches(storage, "bribe") == "the collection has no documents"


def test_a_request_has_words_phrases_prefixes_and_what_must_not_occur() -> None:
    request = parse_request('acme "Big Deal" brib* -weather -"bad news" “curly quotes”')
    assert request.phrases == (
        SearchPhrase(("acme",)),
        SearchPhrase(("big", "deal")),
        SearchPhrase(("brib",), is_prefix=True),
        SearchPhrase(("weather",), excluded=True),
        SearchPhrase(("bad", "news"), excluded=True),
        SearchPhrase(("curly", "quotes")),
    )


def test_near_joins_terms_and_labels() -> None:
    (terms,) = parse_request('PERSON near "big deal" near bribe').nearby
    assert terms.labels == ("PERSON",)
    assert terms.phrases == (SearchPhrase(("big", "deal")), SearchPhrase(("bribe",)))
    assert parse_request("near PERSON").nearby == ()
    assert parse_request("near").phrases == (SearchPhrase(("near",)),)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bribe", ["first.txt", "second.txt"]),
        ('"took a bribe"', ["first.txt"]),
        ("bribe -denied", ["second.txt"]),
        ("-bribe", ["c.txt"]),
        ("cafe CLOSED", ["first.txt"]),
        ("PERSON near bribe", ["first.txt"]),
        ('"Quayside Trust" near moved', ["second.txt"]),
        ("ORG near GPE", ["second.txt"]),
        ("bribe near moved", []),
        ("会议", ["c.txt"]),
        ("", ["c.txt", "first.txt", "second.txt"]),
        ("absent", []),
        ("OR AND NOT NEAR", []),
        ("a" * 5000, []),
    ],
)
def test_documents_are_found(filled: CollectionStorage, words: str, expected: list[str]) -> None:
    assert sources(filled, words) == expected


def test_results_can_be_limited_by_label_entity_and_day(filled: CollectionStorage) -> None:
    assert sources(filled, "bribe", label="PERSON") == ["first.txt"]
    assert sources(filled, "", label="ORG") == ["first.txt", "second.txt"]
    assert sources(filled, "", since="2022") == ["second.txt"]
    assert sources(filled, "", until="2021") == ["first.txt"]
    assert sources(filled, "", since="2021-03-14", until="2021-03-14") == ["first.txt"]
    profile = profile_named(filled, "Norhaven").id
    assert [hit.source for hit in search_collection(filled, "bribe", profile=profile).hits] == ["first.txt"]


def test_documents_that_are_left_out_do_not_count(filled: CollectionStorage) -> None:
    first = next(hit for hit in search_collection(filled, "bribe").hits if hit.source == "first.txt")
    assert first.source not in sources(filled, "bribe", without=[first.digest])
    page = search_collection(filled, "", without=[first.digest], since="2000")
    assert first.source not in {hit.source for hit in page.hits}
    assert page.total == len(page.hits)


def test_excerpts_show_the_best_sentence_with_matches_and_names(filled: CollectionStorage) -> None:
    (hit,) = search_collection(filled, "reporters nobody").hits
    assert marked(hit) == "“[Nobody] asked us,” Marlow told [reporters] in Norhaven."
    names = [(hit.excerpt.text[start:end], label) for start, end, label in hit.mentions]
    assert names == [("Marlow", "PERSON"), ("Norhaven", "GPE")]
    assert marked(search_collection(filled, "cafe").hits[0]) == "The [café] was closed."
    assert marked(search_collection(filled, "京的会议").hits[0]).startswith("北[京的会议]结束了。")
    assert marked(search_collection(filled, "PERSON near bribe").hits[0]).startswith("Ada Marlow took a [bribe]")


@pytest.mark.parametrize(
    ("words", "match"),
    [("sorensen", "Sørensen"), ("SØRENSEN", "Sørensen"), ("lodz", "Łódź"), ("kjae*", "Kjær"), ("straße", "Strasse")],
)
def test_letters_with_strokes_and_joined_letters_are_found(storage: CollectionStorage, words: str, match: str) -> None:
    write(storage, [record("Emil Sørensen-Kjær left Łódź by the Große Strasse.", "a.txt")])
    (hit,) = search_collection(storage, words).hits
    assert f"[{match}]" in marked(hit)


def test_pages_follow_each_other(storage: CollectionStorage) -> None:
    write(storage, [record(f"Ada Marlow wrote letter {number}.", f"{number:02}.txt") for number in range(25)])
    for words in ("letter", "PERSON near letter"):
        pages = [search_collection(storage, words, limit=10, offset=offset) for offset in (0, 10, 20)]
        found = [hit.source for page in pages for hit in page.hits]
        assert sorted(found) == [f"{number:02}.txt" for number in range(25)]
        assert [page.more for page in pages] == [True, True, False]
    assert pages[0].total is None
    assert search_collection(storage, "letter", limit=10).total == 25


def test_a_long_sentence_is_cut_around_the_match(storage: CollectionStorage) -> None:
    write(storage, [record("word " * 3000 + "needle " + "word " * 3000, "long.txt")])
    excerpt = search_collection(storage, "needle").hits[0].excerpt
    assert len(excerpt.text) <= 400
    assert [excerpt.text[start:end] for start, end in excerpt.highlights] == ["needle"]


@pytest.mark.parametrize("words", ["(", "—", '" ( ) : * ^ -'])
def test_signs_alone_are_nothing_to_search_for(storage: CollectionStorage, words: str) -> None:
    write(storage, [record("Ada Marlow spoke.", "a.txt")])
    with pytest.raises(CollectionError, match="no word to search for"):
        search_collection(storage, words)


def test_without_words_every_document_shows_its_first_sentence(storage: CollectionStorage) -> None:
    write(storage, [record("Ada Marlow spoke. Nobody heard.\n\nThen it rained.", "a.txt")])
    (hit,) = search_collection(storage, "").hits
    assert hit.excerpt.text.strip() == "Ada Marlow spoke."


def test_days_in_the_request_limit_the_date_of_the_document(filled: CollectionStorage) -> None:
    assert sources(filled, "marlow since:2022") == ["second.txt"]
    assert sources(filled, "marlow Until:2021-03") == ["first.txt"]
    assert sources(filled, "since:2021-03-14 until:2021-03-14") == ["first.txt"]
    assert sources(filled, "marlow since:2021", until="2021") == ["first.txt"]
    assert sources(filled, "PERSON near bribe since:2022") == []
    assert sources(filled, "marlow until:2022", until="2021-12-31") == ["first.txt"]


@pytest.mark.parametrize("words", ["since:", "marlow since:soon", "until:2021-13", "since:\x1b[31m"])
def test_what_is_no_day_is_said(filled: CollectionStorage, words: str) -> None:
    with pytest.raises(CollectionError, match=r"is not a day such as (since|until):2021-03-12") as error:
        search_collection(filled, words)
    assert "\x1b" not in str(error.value)


def test_days_that_leave_none_are_said(filled: CollectionStorage) -> None:
    with pytest.raises(CollectionError, match="no day is since 2022 and until 2021"):
        search_collection(filled, "marlow since:2022 until:2021")
