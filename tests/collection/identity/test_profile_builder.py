from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate.decisions import Decision, NamesSame, ProfilesDifferent, ProfilesSame
from reader.collection.document_record import EntityRecord
from reader.collection.identity.profile_builder import build_profiles
from reader.collection.identity.profiles import ProfileMember
from reader.resolve import Name
from tests.collection.identity.records import entity, grouping, in_document, profiles_of
from tests.collection.identity.strategies import appearances, collections, decisions

SMITH = "John Smith"


@settings(max_examples=150, deadline=None)
@given(collections, decisions, st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_matter(
    records: list[EntityRecord], made: list[Decision], rng: random.Random
) -> None:
    documents = sorted({record.document for record in records})
    rng.shuffle(documents)
    shuffled = [record for document in documents for record in records if record.document == document]
    first, second = build_profiles(records, made), build_profiles(shuffled, made)
    assert first.profiles == second.profiles
    assert first.suggestions == second.suggestions


@settings(max_examples=150, deadline=None)
@given(collections, appearances, appearances)
def test_decisions_about_documents_hold(records: list[EntityRecord], a: object, b: object) -> None:
    members = {(record.document, record.name): ProfileMember(record.document, record.id) for record in records}
    first, second = (members.get((item.document, item.name.text)) for item in (a, b))  # type: ignore[attr-defined]  # appearances
    if first is None or second is None or first == second:
        return
    same, different = ProfilesSame((a, b)), ProfilesDifferent((a,), (b,))  # type: ignore[arg-type]  # appearances
    joined = build_profiles(records, [same])
    assert joined.by_member[first] == joined.by_member[second]
    parted = build_profiles(records, [different])
    assert parted.by_member[first] != parted.by_member[second]
    assert build_profiles(records, [same, different]).by_member == parted.by_member
    assert build_profiles(records, [different, same]).by_member == joined.by_member


@settings(max_examples=100, deadline=None)
@given(collections, decisions)
def test_every_entity_is_in_one_profile(records: list[EntityRecord], made: list[Decision]) -> None:
    profiles = build_profiles(records, made)
    members = [member for profile in profiles.profiles for member in profile.members]
    assert sorted(members) == sorted(ProfileMember(record.document, record.id) for record in records)
    assert len(profiles.by_id) == len(profiles.profiles)
    assert all({suggestion.a, suggestion.b} <= profiles.by_id.keys() for suggestion in profiles.suggestions)


def test_a_decision_about_namesakes_leaves_the_others_alone() -> None:
    friend = entity("Orla Venndt")
    documents = {letter: [entity(SMITH), friend] for letter in "abc"}
    apart = ProfilesDifferent((in_document("a", SMITH),), (in_document("b", SMITH), in_document("c", SMITH)))
    assert grouping(profiles_of(**documents), SMITH) == {"abc"}
    assert grouping(profiles_of([apart], **documents), SMITH) == {"a", "bc"}


def test_a_general_decision_holds_in_every_document() -> None:
    documents = {"a": [entity("Orla Venndt")], "b": [entity("Ivo Sandmark")], "c": [entity("Orla Venndt")]}
    same = NamesSame((Name("Orla Venndt", "PERSON"), Name("Ivo Sandmark", "PERSON")), "Ivo Sandmark")
    profiles = profiles_of([same], **documents)
    assert grouping(profiles) == {"abc"}
    assert profiles.profiles[0].name == "Ivo Sandmark"


def test_a_general_decision_about_a_surname_joins_no_other_bearer_of_it() -> None:
    bearers = {"a": "John Smith", "b": "Mary Smith"}
    documents = {
        key: [entity(name, "PERSON", "Smith", links=[("Smith", name, "surname")])] for key, name in bearers.items()
    }
    same = NamesSame((Name("Smith", "PERSON"), Name("John Smith", "PERSON")))
    assert grouping(profiles_of([same], **documents)) == {"a", "b"}


def test_ids_do_not_depend_on_the_order_of_documents_or_on_later_namesakes() -> None:
    first = profiles_of(a=[entity("Orla Venndt")], b=[entity("Halden Robotics", "ORG")])
    second = profiles_of(b=[entity("Halden Robotics", "ORG")], a=[entity("Orla Venndt")], c=[entity("Orla Venndt")])
    assert first.by_id.keys() == second.by_id.keys()


def test_a_legal_form_tells_the_canonical_names_of_two_companies_apart() -> None:
    short = "Orvale Freight"
    ltd = entity(short, "ORG", f"{short} Ltd", words=("haulage",))
    gmbh = entity(short, "ORG", f"{short} GmbH", words=("brewing",))
    profiles = profiles_of(a=[ltd], b=[gmbh])
    assert {profile.name for profile in profiles.profiles} == {f"{short} Ltd", f"{short} GmbH"}
    assert all(profile.name == profile.names[0].text for profile in profiles.profiles)
    assert [profile.name for profile in profiles_of(a=[ltd]).profiles] == [short]


def test_a_company_that_is_usually_short_has_its_legal_form_beside_another_one_that_never_is() -> None:
    short = "Orvale Freight"
    ltd = entity(short, "ORG", f"{short} Ltd", words=("haulage",))
    profiles = profiles_of(a=[ltd], b=[entity(f"{short} GmbH", "ORG", words=("brewing",))])
    assert {profile.name for profile in profiles.profiles} == {f"{short} Ltd", f"{short} GmbH"}


def test_a_name_that_the_user_chose_stays_beside_a_namesake() -> None:
    short = "Orvale Freight"
    ltd = entity(short, "ORG", f"{short} Ltd", words=("haulage",))
    gmbh = entity(short, "ORG", f"{short} GmbH", words=("brewing",))
    chosen = NamesSame((Name(f"{short} Ltd", "ORG"), Name(short, "ORG")), preferred=short)
    apart = ProfilesDifferent((in_document("a", short, "ORG"),), (in_document("b", short, "ORG"),))
    profiles = profiles_of([chosen, apart], a=[ltd], b=[gmbh])
    assert [profile.name for profile in profiles.profiles] == [short, short]
