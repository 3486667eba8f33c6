from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reader.annotate.decisions import ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.queries.profiles.profile_lookup import (
    ProfileSummary,
    list_profiles,
    namesakes_of,
    profile_named,
    profiles_named,
)
from reader.collection.queries.profiles.profile_report import companions_of, profile_report
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.upkeep.profile_update import update_profiles
from reader.resolve import Name
from tests.collection.made_documents import record, write

POTTER = "The potter John Smith moved to Brno. Smith has a shop."
DENTIST = "John Smith, a dentist from Norhaven, waited."
COMPANION = "John Smith met Tom Reyes."
ALONE = "John Smith slept."


def written(storage: CollectionStorage, *texts: str) -> CollectionStorage:
    write(storage, [record(text, f"note {number}.txt") for number, text in enumerate(texts)])
    return storage


def hints(profiles: list[ProfileSummary]) -> set[str]:
    return {profile.hint for profile in profiles}


def test_profiles_of_one_name_have_hints_that_tell_them_apart(storage: CollectionStorage) -> None:
    written(storage, POTTER, DENTIST, COMPANION, ALONE)
    expected = {"potter", "dentist, Norhaven", "beside Tom Reyes", "in “note 3”"}
    assert hints(list_profiles(storage, "smith")) == expected
    assert hints(list_profiles(storage, label="GPE")) == {""}


def test_a_profile_has_no_hint_without_namesakes_in_the_list(storage: CollectionStorage) -> None:
    written(storage, POTTER, DENTIST)
    assert hints(list_profiles(storage, "smith", limit=1)) == {""}
    assert namesakes_of(storage, profile_named(storage, "Brno"), limit=5).same == ()


def test_what_two_namesakes_share_tells_neither_from_the_other(storage: CollectionStorage) -> None:
    written(storage, "John Smith, a dentist from Norhaven, waited.", "John Smith, a potter from Norhaven, waited.")
    assert hints(list_profiles(storage, "smith")) == {"dentist", "potter"}


def test_the_namesakes_of_a_profile_are_told_from_it(storage: CollectionStorage) -> None:
    written(storage, POTTER, DENTIST)
    first, second = profiles_named(storage, "john smith")
    namesakes = namesakes_of(storage, first, limit=5)
    assert [other.key for other in namesakes.same] == [second.key]
    assert {namesakes.profile.hint, namesakes.same[0].hint} == {"potter", "dentist, Norhaven"}
    report = profile_report(storage, first)
    assert (report.profile, report.namesakes) == (namesakes.profile, namesakes.same)


def test_a_bare_surname_leads_to_the_people_who_have_it(storage: CollectionStorage) -> None:
    written(storage, "Smith met Tom Reyes.", POTTER, DENTIST)
    bare = profile_named(storage, "Smith")
    assert bare.name == "Smith"
    namesakes = namesakes_of(storage, bare, "Smith", limit=5)
    assert [(other.name, other.hint) for other in namesakes.same] == [("John Smith", "potter")]
    assert [(other.name, other.hint) for other in namesakes.longer] == [("John Smith", "dentist, Norhaven")]


def test_a_short_name_of_a_body_leads_to_longer_ones(storage: CollectionStorage) -> None:
    written(storage, "The Quayside Trust left Brno.", "The Quayside Trust Museum opened in Norhaven.")
    short = profile_named(storage, "Quayside Trust")
    assert [other.name for other in namesakes_of(storage, short, limit=5).longer] == ["Quayside Trust Museum"]


def test_companions_of_one_name_have_hints(storage: CollectionStorage) -> None:
    written(storage, POTTER, "John Smith, a dentist from Norhaven, left Brno.")
    companions = companions_of(storage, profile_named(storage, "Brno").id, limit=9)
    assert {other.hint for other in companions if other.name == "John Smith"} == {"potter", "dentist, Norhaven"}
    assert {other.hint for other in companions if other.name != "John Smith"} == {""}


def test_hints_do_not_depend_on_the_order_in_which_documents_were_written(
    storage: CollectionStorage, tmp_path: Path
) -> None:
    texts = ("John Smith slept.", "John Smith slept again.", "John Smith woke.")
    records = [record(text, f"{text}txt") for text in texts]
    name = Name("John Smith", "PERSON")
    first, second = (Appearance(item.digest, item.title, name) for item in records[:2])
    with closing(SqliteIndex.open(tmp_path / "reversed.sqlite", create=True)) as other:
        for index, ordered in ((storage, records), (other, records[::-1])):
            write(index, ordered)
            update_profiles(index, (ProfilesSame((first, second)),))
        profiles = list_profiles(storage, "smith")
        assert [profile.documents for profile in profiles] == [2, 1]
        assert hints(list_profiles(other, "smith")) == hints(profiles)


def test_a_message_about_similar_names_tells_namesakes_apart(storage: CollectionStorage) -> None:
    written(storage, POTTER, DENTIST)
    with pytest.raises(CollectionError, match=r"John Smith \((potter|dentist, Norhaven)\), John Smith \("):
        profile_named(storage, "Bela Smith")
