from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.identity import grown_records
from reader.annotate.decisions import Decision, NamesDifferent, NamesSame, ProfilesDifferent, ProfilesSame
from reader.collection.document_record import EntityRecord
from reader.collection.identity import ProfileBuilder, ProfileMember, Profiles, ProfileSuggestion, build_profiles
from reader.resolve import Name
from tests.collection.identity.records import collection, entity, grouping, in_document, profiles_of

SMITH = "John Smith"
_NAMES = [
    "John Smith",
    "John H. Smith",
    "John W. Smith",
    "Smith",
    "Orla Venndt",
    "Ivo Sandmark",
    "J. Smith",
    "Lea Moss",
]
_WORDS = ["potter", "bishop", "footballer", "minister"]

entities = st.lists(
    st.builds(
        lambda name, words, age: entity(name, words=words, age=age),
        st.sampled_from(_NAMES),
        st.lists(st.sampled_from(_WORDS), max_size=1),
        st.sampled_from([0, 0, 0, 20, 70]),
    ),
    max_size=4,
    unique_by=lambda record: record.id,
)
collections = st.lists(entities, min_size=1, max_size=6).map(
    lambda documents: collection(**{f"d{number}": records for number, records in enumerate(documents)})
)
appearances = st.builds(in_document, st.sampled_from(["d0", "d1", "d2"]), st.sampled_from(_NAMES))
names = st.builds(Name, st.sampled_from(_NAMES), st.just("PERSON"))
decisions = st.lists(
    st.one_of(
        st.builds(lambda a, b: NamesSame((a, b)), names, names),
        st.builds(lambda a, b: NamesDifferent((a,), (b,)), names, names),
        st.builds(lambda a, b: ProfilesSame((a, b)), appearances, appearances),
        st.builds(lambda a, b: ProfilesDifferent((a,), (b,)), appearances, appearances),
    ),
    max_size=3,
)


def _suggestions_by_pair(profiles: Profiles) -> dict[tuple[str, str], ProfileSuggestion]:
    by_pair = {(suggestion.a, suggestion.b): suggestion for suggestion in profiles.suggestions}
    assert len(by_pair) == len(profiles.suggestions)
    return by_pair


def snapshot(profiles: Profiles) -> tuple[object, ...]:
    return profiles.profiles, profiles.suggestions


@settings(max_examples=150, deadline=None)
@given(collections, decisions, st.randoms(use_true_random=False))
def test_adding_documents_one_by_one_gives_what_building_at_once_gives(
    records: list[EntityRecord], made: list[Decision], rng: random.Random
) -> None:
    builder = ProfileBuilder()
    documents = sorted({record.document for record in records})
    rng.shuffle(documents)
    for number, document in enumerate(documents):
        builder.update(
            [record for record in records if record.document == document], decisions=made if number == 1 else None
        )
    builder.update(decisions=made)
    assert snapshot(builder.profiles()) == snapshot(build_profiles(records, made))


@settings(max_examples=100, deadline=None)
@given(collections, decisions)
def test_removing_documents_gives_what_building_without_them_gives(
    records: list[EntityRecord], made: list[Decision]
) -> None:
    builder = ProfileBuilder()
    builder.update(records, decisions=made)
    builder.update(removed=["d0", "d2"])
    rest = [record for record in records if record.document not in {"d0", "d2"}]
    assert snapshot(builder.profiles()) == snapshot(build_profiles(rest, made))


@settings(max_examples=100, deadline=None)
@given(collections, decisions)
def test_changes_are_exactly_what_differs(records: list[EntityRecord], made: list[Decision]) -> None:
    builder = ProfileBuilder()
    builder.update([record for record in records if record.document != "d1"])
    stored = dict(builder.profiles().by_id)
    suggested = _suggestions_by_pair(builder.profiles())
    for changes in (
        builder.update([record for record in records if record.document == "d1"]),
        builder.update(decisions=made),
    ):
        for id in changes.removed:
            del stored[id]
        stored |= {profile.id: profile for profile in changes.changed}
        for pair in changes.withdrawn:
            del suggested[pair]
        suggested |= {(suggestion.a, suggestion.b): suggestion for suggestion in changes.suggested}
    assert stored == builder.profiles().by_id
    assert suggested == _suggestions_by_pair(builder.profiles())


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


@settings(max_examples=100, deadline=None)
@given(collections, st.lists(st.tuples(decisions, st.booleans()), min_size=1, max_size=4))
def test_decisions_made_and_taken_back_one_after_the_other_give_what_a_cold_build_gives(
    records: list[EntityRecord], rounds: list[tuple[list[Decision], bool]]
) -> None:
    builder = ProfileBuilder()
    builder.update(records)
    in_force: list[Decision] = []
    for made, is_undone in rounds:
        builder.update(decisions=in_force + made)
        assert snapshot(builder.profiles()) == snapshot(build_profiles(records, in_force + made))
        if is_undone:
            builder.update(decisions=in_force)
            assert snapshot(builder.profiles()) == snapshot(build_profiles(records, in_force))
        else:
            in_force += made


@settings(max_examples=150, deadline=None)
@given(collections, st.lists(st.tuples(decisions, st.sampled_from(["d0", "d1", "d2", "d3"])), min_size=1, max_size=5))
def test_documents_and_decisions_that_come_and_go_give_what_a_cold_build_gives(
    records: list[EntityRecord], rounds: list[tuple[list[Decision], str]]
) -> None:
    builder = ProfileBuilder()
    builder.update(records)
    present = {record.document for record in records}
    for made, document in rounds:
        moved = [record for record in records if record.document == document]
        if document in present:
            builder.update(removed=[document], decisions=made)
        else:
            builder.update(moved, decisions=made)
        present ^= {document} if moved else set()
        expected = build_profiles([record for record in records if record.document in present], made)
        assert snapshot(builder.profiles()) == snapshot(expected)
        builder.update(decisions=made[1:])
        builder.update(decisions=made)
        assert snapshot(builder.profiles()) == snapshot(expected)


def test_random_decisions_about_a_large_collection_give_what_a_cold_build_gives() -> None:
    rng = random.Random(3)
    records = grown_records(400, seed=3)
    builder = ProfileBuilder()
    builder.update(records)
    by_name: dict[str, list[EntityRecord]] = {}
    for record in records:
        by_name.setdefault(record.name, []).append(record)
    shared = [bearers for bearers in by_name.values() if len(bearers) > 3]
    in_force: list[Decision] = []
    for _ in range(12):
        a, b = rng.choice(rng.choice(shared)), rng.choice(rng.choice(shared))
        left, right = (in_document(record.document, record.name, record.label) for record in (a, b))
        in_force.append(ProfilesSame((left, right)) if rng.random() < 0.6 else ProfilesDifferent((left,), (right,)))
        if rng.random() < 0.3:
            in_force.pop(rng.randrange(len(in_force)))
        builder.update(decisions=in_force)
        gone = rng.choice(records).document
        builder.update(removed=[gone])
        builder.update([record for record in records if record.document == gone])
        assert snapshot(builder.profiles()) == snapshot(build_profiles(records, in_force))
