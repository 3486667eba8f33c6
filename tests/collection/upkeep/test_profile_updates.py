"""Profiles in an index that follow documents and decisions equal those that are built anew."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.identity import grown_records
from reader.annotate.decisions import Decision, ProfilesDifferent, ProfilesSame
from reader.collection.document_record import EntityRecord
from reader.collection.identity.profile_builder import build_profiles
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.profile_state import profiles_follow
from reader.collection.upkeep import component_cache, profile_update
from reader.collection.upkeep.profile_update import LiveProfiles
from reader.collection.upkeep.profile_writer import ProfileWriter
from reader.collection.upkeep.saved_decisions import decisions_digest
from reader.collection.upkeep.update_progress import UpdateStep
from tests.collection.identity.records import collection, entity, grouping, in_document
from tests.collection.identity.strategies import collections, decisions
from tests.collection.upkeep.indexed import (
    KeptProfiles,
    Snapshot,
    expected_profiles,
    remove_documents,
    stored_profiles,
    write_entities,
)


@contextmanager
def kept_profiles() -> Iterator[KeptProfiles]:
    with tempfile.TemporaryDirectory() as folder:
        kept = KeptProfiles(Path(folder))
        try:
            yield kept
        finally:
            kept.storage.close()


def built(records: list[EntityRecord], made: list[Decision], documents: set[str] | None = None) -> Snapshot:
    """Return the profiles of the entities of some documents, built at once; of all documents for None."""
    return expected_profiles(
        build_profiles([record for record in records if documents is None or record.document in documents], made)
    )


@settings(max_examples=100, deadline=None)
@given(collections, decisions, st.randoms(use_true_random=False))
def test_adding_documents_one_by_one_gives_what_building_at_once_gives(
    records: list[EntityRecord], made: list[Decision], rng: random.Random
) -> None:
    documents = sorted({record.document for record in records})
    rng.shuffle(documents)
    with kept_profiles() as kept:
        for number, document in enumerate(documents):
            kept.update(
                [record for record in records if record.document == document], decisions=made if number == 1 else ()
            )
        assert kept.update(decisions=made) == built(records, made)


@settings(max_examples=150, deadline=None)
@given(
    collections,
    st.lists(
        st.tuples(decisions, st.sampled_from(["d0", "d1", "d2", "d3"]), st.booleans(), st.booleans()),
        min_size=1,
        max_size=5,
    ),
)
def test_documents_and_decisions_that_come_and_go_give_what_building_at_once_gives(
    records: list[EntityRecord], rounds: list[tuple[list[Decision], str, bool, bool]]
) -> None:
    present = {record.document for record in records}
    with kept_profiles() as kept:
        assert kept.update(records) == built(records, [])
        for made, document, is_replaced, is_forgotten in rounds:
            if is_forgotten:
                kept.forget()
            moved = [record for record in records if record.document == document]
            if is_replaced and moved:  # by a document with the same text in which only the first entity was found
                kept.update(moved[:1], decisions=made)
                remaining = [record for record in records if record.document in present - {document}] + moved[:1]
                assert stored_profiles(kept.storage) == built(remaining, made)
                present.add(document)
                kept.update(moved, decisions=made)
            elif document in present:
                kept.update(removed=[document], decisions=made)
                present.remove(document)
            elif moved:
                kept.update(moved, decisions=made)
                present.add(document)
            else:
                kept.update(decisions=made)
            assert stored_profiles(kept.storage) == built(records, made, present)
            kept.update(decisions=made[1:])
            assert kept.update(decisions=made) == built(records, made, present)


def test_a_suggestion_shows_a_shared_name_in_the_form_that_remains() -> None:
    """ "John H. Smith" is shown as "John Smith", which only one of the two documents has."""
    ministry = entity("Ministry of Health", "ORG")
    records = collection(
        a=[entity("JOHN SMITH")],
        b=[entity("John Smith"), ministry],
        c=[entity("John H. Smith"), entity("Smith"), ministry],
    )
    with kept_profiles() as kept:
        kept.update(records)
        assert kept.update(removed=["a"]) == built(records, [], {"b", "c"})


@settings(max_examples=100, deadline=None)
@given(collections, st.lists(st.tuples(decisions, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_decisions_made_and_taken_back_one_after_the_other_give_what_building_at_once_gives(
    records: list[EntityRecord], rounds: list[tuple[list[Decision], bool, bool]]
) -> None:
    with kept_profiles() as kept:
        kept.update(records)
        in_force: list[Decision] = []
        for made, is_undone, is_forgotten in rounds:
            if is_forgotten:
                kept.forget()
            assert kept.update(decisions=in_force + made) == built(records, in_force + made)
            if is_undone:
                assert kept.update(decisions=in_force) == built(records, in_force)
            else:
                in_force += made


def test_random_changes_of_a_large_collection_give_what_building_at_once_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents come and go, also so many that weights change, while the groups do not fit into memory at once."""
    monkeypatch.setattr(profile_update, "_MOST_ENTITIES", 100)
    monkeypatch.setattr(component_cache, "_MOST_ENTITIES", 300)
    rng = random.Random(3)
    records = grown_records(400, seed=3)
    documents = sorted({record.document for record in records})
    present, in_force = set(documents[:20]), list[Decision]()
    by_name: defaultdict[str, list[EntityRecord]] = defaultdict(list)
    for record in records:
        by_name[record.name].append(record)
    shared = [bearers for bearers in by_name.values() if len(bearers) > 3]
    with kept_profiles() as kept:
        kept.update([record for record in records if record.document in present])
        for _ in range(20):
            a, b = rng.choice(rng.choice(shared)), rng.choice(rng.choice(shared))
            left, right = (in_document(record.document, record.name, record.label) for record in (a, b))
            same = ProfilesSame((left, right)) if rng.random() < 0.6 else ProfilesDifferent((left,), (right,))
            in_force.append(same)
            if rng.random() < 0.3:
                in_force.pop(rng.randrange(len(in_force)))
            moved = set(rng.sample(documents, rng.choice((0, 1, 1, 5, 30))))
            added, removed = moved - present, moved & present
            present ^= moved
            if rng.random() < 0.3:
                kept.forget()
            snapshot = kept.update([record for record in records if record.document in added], removed, in_force)
            assert snapshot == built(records, in_force, present)


def test_what_a_whole_document_says_of_an_entity_is_read_with_it(
    storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ministry belongs to the only country that its document names, a town to the region beside it."""
    monkeypatch.setattr(profile_update, "_MOST_ENTITIES", 1)
    ministry = entity("Ministry of Health", "ORG")
    records = collection(
        a=[ministry, entity("France", "GPE"), entity("Lea Moss")],
        b=[ministry, entity("Italy", "GPE")],
        c=[ministry, entity("Paris", "GPE"), entity("Ivo Sandmark")],
        d=[entity("Tarnvik", "GPE", beside=["Ornland"]), entity("Ornland", "GPE")],
        e=[entity("Tarnvik", "GPE", beside=["Velmland"]), entity("Velmland", "GPE")],
    )
    write_entities(storage, records)
    LiveProfiles().follow(storage, ())
    assert stored_profiles(storage) == built(records, [])
    assert grouping(build_profiles(records), "Ministry of Health") == {"ac", "b"}
    assert grouping(build_profiles(records), "Tarnvik") == {"d", "e"}


def random_answers(records: Sequence[EntityRecord], rng: random.Random) -> Iterator[Decision]:
    """Yield answers about entities, many of which have one name."""
    by_name: defaultdict[str, list[EntityRecord]] = defaultdict(list)
    for record in records:
        by_name[record.name].append(record)
    shared = [bearers for bearers in by_name.values() if len(bearers) > 2]
    while True:
        bearers = rng.choice(shared)
        a, b = rng.choice(bearers), rng.choice(bearers if rng.random() < 0.7 else rng.choice(shared))
        left, right = (in_document(record.document, record.name, record.label) for record in (a, b))
        yield ProfilesSame((left, right)) if rng.random() < 0.5 else ProfilesDifferent((left,), (right,))


def test_profiles_follow_answers_in_every_database(storage: CollectionStorage) -> None:
    rng = random.Random(11)
    records = grown_records(300, seed=11)
    write_entities(storage, records)
    live = LiveProfiles()
    made: list[Decision] = []
    for answer, _ in zip(random_answers(records, rng), range(25), strict=False):
        made.append(answer)
        if rng.random() < 0.3:
            made.pop(rng.randrange(len(made)))
        if profiles := [key for (key,) in storage.rows("SELECT key FROM profiles ORDER BY key")]:
            live.prepare(storage, made[:-1], rng.sample(profiles, 2))
        live.follow(storage, made)
        assert profiles_follow(storage, decisions_digest(made))
        assert stored_profiles(storage) == built(records, made)


@pytest.mark.parametrize("is_running", [True, False])
def test_an_answer_reads_nothing_that_was_prepared_for_it(
    storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch, *, is_running: bool
) -> None:
    records = grown_records(60, seed=9)
    write_entities(storage, records)
    live = LiveProfiles()
    live.follow(storage, ())
    if not is_running:
        live = LiveProfiles()
    (question, *_) = build_profiles(records).suggestions
    live.prepare(storage, (), (question.a, question.b))
    monkeypatch.setattr(component_cache, "load_components", Mock(side_effect=AssertionError("read again")))
    a, b = (
        (in_document(member.document, name),) for member, name in zip(question.members, question.names, strict=True)
    )
    made: list[Decision] = [ProfilesDifferent(a, b)]
    live.follow(storage, made)
    assert stored_profiles(storage) == built(records, made)


def test_what_was_prepared_is_forgotten_when_documents_change(storage: CollectionStorage) -> None:
    records = grown_records(60, seed=9)
    last = max(record.document for record in records)
    write_entities(storage, [record for record in records if record.document != last])
    live = LiveProfiles()
    live.follow(storage, ())
    live.prepare(storage, (), [key for (key,) in storage.rows("SELECT key FROM profiles")])
    write_entities(storage, [record for record in records if record.document == last])
    live.follow(storage, ())
    assert stored_profiles(storage) == built(records, [])


def test_two_programs_see_what_the_other_one_wrote() -> None:
    records = grown_records(100, seed=2)
    last = max(record.document for record in records)
    answers = random_answers(records, random.Random(2))
    with kept_profiles() as kept, closing(SqliteIndex.open(Path(kept.storage.description))) as other_storage:
        other = LiveProfiles()
        made = [next(answers)]
        kept.update([record for record in records if record.document != last], decisions=made)
        made.append(next(answers))
        other.follow(other_storage, made)
        write_entities(other_storage, [record for record in records if record.document == last])
        assert not profiles_follow(kept.storage, decisions_digest(made))
        assert kept.update(decisions=made) == built(records, made)
        other.follow(other_storage, [])
        assert stored_profiles(kept.storage) == built(records, [])
        made.append(next(answers))
        assert kept.update(decisions=made) == built(records, made)


def test_a_failure_while_writing_leaves_the_old_profiles_and_is_made_good_by_the_next_answer(
    storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = grown_records(100, seed=5)
    write_entities(storage, records)
    answers = random_answers(records, random.Random(5))
    live, made = LiveProfiles(), [next(answers)]
    live.follow(storage, made)
    before = stored_profiles(storage)

    def fail(*_: object) -> None:
        raise CollectionError("the disk is full")

    made.append(next(answers))
    with monkeypatch.context() as patched:
        patched.setattr(ProfileWriter, "finish", fail)
        with pytest.raises(CollectionError, match="disk is full"):
            live.follow(storage, made)
    assert stored_profiles(storage) == before
    assert not profiles_follow(storage, decisions_digest(made))
    live.follow(storage, made)
    assert stored_profiles(storage) == built(records, made)


def test_an_update_says_how_far_it_is(storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_update, "_MOST_ENTITIES", 50)
    write_entities(storage, grown_records(100, seed=6))
    reports: list[tuple[UpdateStep, int, int]] = []
    LiveProfiles(lambda *report: reports.append(report)).follow(storage, ())
    assert [step for step, _ in groupby(reports, itemgetter(0))] == [UpdateStep.NAMES, UpdateStep.ENTITIES]
    entities = [finished for step, finished, _ in reports if step is UpdateStep.ENTITIES]
    assert entities == sorted({*entities})
    assert len(entities) > 3
    assert all(finished < total for _, finished, total in reports)


def test_profiles_of_other_rules_are_built_again(storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    records = grown_records(60, seed=7)
    write_entities(storage, records)
    LiveProfiles().follow(storage, ())
    with storage.transaction():
        storage.rows("UPDATE entities SET profile = (SELECT max(profile) FROM entities)")
        storage.rows("UPDATE crossing_names SET key = 'old ' || key")
    LiveProfiles().follow(storage, ())
    assert len(storage.rows("SELECT DISTINCT profile FROM entities")) == 1
    monkeypatch.setattr("reader.collection.storage.profile_state.IDENTITY_VERSION", 1_000_000)
    LiveProfiles().follow(storage, ())
    assert stored_profiles(storage) == built(records, [])


def test_an_index_without_documents_keeps_no_names(storage: CollectionStorage) -> None:
    records = grown_records(60, seed=8)
    write_entities(storage, records)
    LiveProfiles().follow(storage, ())
    remove_documents(storage, sorted({record.document for record in records}))
    LiveProfiles().follow(storage, ())
    for table in (
        "crossing_names",
        "entity_keys",
        "entity_contexts",
        "blocking_keys",
        "name_relations",
        "profiles",
        "suggestions",
    ):
        assert storage.rows(f"SELECT count(*) FROM {table}") == [(0,)]
