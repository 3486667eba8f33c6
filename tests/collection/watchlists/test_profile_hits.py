"""Watchlists against the names of a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import WatchlistAnswered
from reader.annotate.effects.watchlist_answers import watchlist_answers
from reader.collection.collection import Collection
from reader.collection.document_record import document_record
from reader.collection.queries.profiles.profile_answers import answers_in_documents, count_others_named
from reader.collection.queries.profiles.profile_lookup import profile_named
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.watchlists.list_matches import ListSearcher
from reader.collection.watchlists.profile_hits import ProfileHit, names_as_text, profile_hits
from reader.collection.watchlists.saved_lists import add_list
from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.collection.made_documents import made_records, write

PEOPLE = Watchlist(
    "people",
    (
        ListedEntity("p1", "Ada Marlowe", ("The Potter",), "Person"),
        ListedEntity("p2", "Hesse", (), ""),
        ListedEntity("p3", "Ada Marlow", (), "Vessel"),
        ListedEntity("p4", "Marlow", (), "Person"),
    ),
)


def hits_of(
    label: str,
    *texts: str,
    decisions: tuple[WatchlistAnswered, ...] = (),
    documents: dict[tuple[str, str], dict[str, int]] | None = None,
) -> list[ProfileHit]:
    names = [Name(text, label) for text in texts]
    matches = ListSearcher([PEOPLE]).search(*names_as_text(label, names))
    return profile_hits(label, names, matches, watchlist_answers(decisions), documents or {})


def test_one_hit_for_an_entry_says_what_is_alike_and_why() -> None:
    hits = {hit.listed_id: hit for hit in hits_of("PERSON", "Ada Marlow", "A. Nobody")}
    assert hits.keys() == {"p1", "p3"}
    assert [name.text for name in hits["p1"].names] == ["Ada Marlow"]
    assert hits["p1"].reasons == ("“marlow” for “marlowe”",)
    assert hits["p3"].reasons[-1] == "PERSON here, Vessel in the list"
    assert hits["p3"].score == 0.9


def test_a_short_name_is_a_hit_only_as_a_whole() -> None:
    assert [hit.listed_id for hit in hits_of("ORG", "Hesse")] == ["p2"]
    assert hits_of("ORG", "Hesse Bank") == []
    assert [hit.listed_id for hit in hits_of("PERSON", "Marlow")] == ["p4"]
    assert [hit.listed_id for hit in hits_of("GPE", "“Hesse”")] == ["p2"]


def test_an_answer_is_about_the_names_that_are_alike() -> None:
    answered = WatchlistAnswered((Name("Ada Marlow", "PERSON"),), "people", "p1", "Ada Marlowe", "no")
    hits = hits_of("PERSON", "Ada Marlow", "Marlow", decisions=(answered,))
    assert [(hit.listed_id, hit.answer) for hit in hits] == [("p4", ""), ("p3", ""), ("p1", "no")]
    other = WatchlistAnswered((Name("Marlow", "PERSON"),), "people", "p1", "Ada Marlowe", "no")
    assert {hit.answer for hit in hits_of("PERSON", "Ada Marlow", "Marlow", decisions=(other,))} == {""}


def test_answers_of_documents_count_if_they_agree_and_nothing_is_answered_for_all() -> None:
    unanimous = {("people", "p1"): {"no": 3}}
    assert {hit.listed_id: hit.answer for hit in hits_of("PERSON", "Ada Marlow", documents=unanimous)} == {
        "p1": "no",
        "p3": "",
    }
    mixed = {("people", "p1"): {"no": 1, "yes": 2}}
    hit = next(hit for hit in hits_of("PERSON", "Ada Marlow", documents=mixed) if hit.listed_id == "p1")
    assert (hit.answer, hit.document_answers) == ("", (("yes", 2), ("no", 1)))
    general = WatchlistAnswered((Name("Ada Marlow", "PERSON"),), "people", "p1", "Ada Marlowe", "unsure")
    hits = hits_of("PERSON", "Ada Marlow", decisions=(general,), documents=unanimous)
    assert [(hit.listed_id, hit.answer) for hit in hits] == [("p3", ""), ("p1", "unsure")]


def test_a_profile_without_names_has_no_hits() -> None:
    assert hits_of("PERSON") == []


def test_the_index_keeps_the_answers_of_documents(storage: CollectionStorage, tmp_path: Path) -> None:
    with Store.open(tmp_path / "annotations.db") as store:
        records = []
        for number, answer in enumerate(("yes", "yes", "no", "")):
            text = f"Ada Marlow left town number {number}."
            reading = Reading(Document(text, (Block(0, len(text)),), "T", f"{number}.txt"), store)
            reading.set_recognized([Mention(0, len("Ada Marlow"), "PERSON")])
            if answer:
                names = (Name("Ada Marlow", "PERSON"),)
                reading.decide(WatchlistAnswered(names, "people", "p1", "Ada Marlowe", answer))
            records.append(document_record(reading))
    write(storage, records)
    profile = profile_named(storage, "Ada Marlow")
    assert answers_in_documents(storage, profile.id) == {("people", "p1"): {"yes": 2, "no": 1}}


def test_other_profiles_with_a_name_are_counted(storage: CollectionStorage) -> None:
    write(storage, made_records())
    profile = profile_named(storage, "Ada Marlow")
    assert count_others_named(storage, profile.id, [Name("Ada Marlow", "PERSON")]) == 0
    assert count_others_named(storage, 0, [Name("Ada Marlow", "PERSON"), Name("Nobody", "PERSON")]) == 1


def test_a_collection_searches_the_saved_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    with Collection("papers") as collection:
        write(collection.storage, made_records())
        assert collection.watchlist_hits("Ada Marlow") == ()
        (tmp_path / "list.txt").write_text("Ada Marlowe\n")
        add_list("people", tmp_path / "list.txt")
        (hit,) = collection.watchlist_hits("Ada Marlow")
        assert (hit.key, hit.answer) == (("people", "line 1"), "")
