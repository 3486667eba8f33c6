"""Profiles in an index that follow decisions equal those that are built anew."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.identity import grown_records, write_documents
from reader.annotate.decisions import Decision, ProfilesDifferent, ProfilesSame
from reader.collection.document_record import EntityRecord
from reader.collection.indexing import live_profiles
from reader.collection.indexing.live_profiles import LiveProfiles
from reader.collection.indexing.profile_tables import decisions_digest, rebuild_profiles
from reader.collection.storage import profile_state
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.collection.storage.profile_state import profiles_follow
from reader.collection.storage.sqlite_index import SqliteIndex
from tests.collection.identity.records import in_document

Rows = list[tuple[Any, ...]]


def written(storage: CollectionStorage) -> tuple[Rows, Rows, Rows]:
    """Return the profiles, their entities and the suggestions in an index, without the numbers of the profiles."""
    profiles = storage.rows(
        "SELECT key, name, label, folded, documents, mentions, first_day, last_day FROM profiles ORDER BY key"
    )
    entities = storage.rows(
        "SELECT e.document, e.number, p.key FROM entities e LEFT JOIN profiles p ON p.id = e.profile"
        " ORDER BY e.document, e.number"
    )
    suggestions = storage.rows(
        "SELECT pa.key, pb.key, s.entity_a, s.entity_b, s.rule, s.score, s.name_a, s.name_b, s.shared"
        " FROM suggestions s LEFT JOIN profiles pa ON pa.id = s.a LEFT JOIN profiles pb ON pb.id = s.b"
    )
    return profiles, entities, sorted(suggestions)


def rebuilt(storage: CollectionStorage, decisions: Sequence[Decision]) -> tuple[Rows, Rows, Rows]:
    """Return the same after the profiles were built anew, and leave the index as it was."""
    try:
        with storage.transaction():
            rebuild_profiles(storage, decisions)
            raise _TakenBackError(written(storage))
    except _TakenBackError as result:
        return result.rows


class _TakenBackError(Exception):
    """Rolls a transaction back, and says what was written."""

    def __init__(self, rows: tuple[Rows, Rows, Rows]) -> None:
        super().__init__()
        self.rows = rows


def random_answers(records: Sequence[EntityRecord], rng: random.Random) -> Iterable[Decision]:
    """Yield answers about entities, many of which have one name."""
    by_name: defaultdict[str, list[EntityRecord]] = defaultdict(list)
    for entity in records:
        by_name[entity.name].append(entity)
    shared = [bearers for bearers in by_name.values() if len(bearers) > 2]
    while True:
        bearers = rng.choice(shared)
        a, b = rng.choice(bearers), rng.choice(bearers if rng.random() < 0.7 else rng.choice(shared))
        left, right = (in_document(entity.document, entity.name, entity.label) for entity in (a, b))
        yield ProfilesSame((left, right)) if rng.random() < 0.5 else ProfilesDifferent((left,), (right,))


def test_profiles_that_follow_answers_equal_rebuilt_ones(storage: CollectionStorage) -> None:
    rng = random.Random(11)
    records = grown_records(300, seed=11)
    write_documents(storage, records)
    live = LiveProfiles()
    decisions: list[Decision] = []
    live.follow(storage, decisions)
    assert written(storage) == rebuilt(storage, decisions)
    for answer, _ in zip(random_answers(records, rng), range(25), strict=False):
        decisions.append(answer)
        if rng.random() < 0.3:
            decisions.pop(rng.randrange(len(decisions)))
        live.follow(storage, decisions)
        assert profiles_follow(storage, decisions_digest(decisions))
        assert written(storage) == rebuilt(storage, decisions)


def test_profiles_follow_if_another_program_changes_the_documents_or_the_profiles(tmp_path: Path) -> None:
    records = grown_records(100, seed=2)
    documents = sorted({entity.document for entity in records})
    answers = iter(random_answers(records, random.Random(2)))
    storage = SqliteIndex.open(tmp_path / "a.sqlite", create=True)
    other = SqliteIndex.open(tmp_path / "a.sqlite")
    write_documents(storage, [entity for entity in records if entity.document != documents[0]])
    live, decisions = LiveProfiles(), [next(answers)]
    live.follow(storage, decisions)
    write_documents(other, [entity for entity in records if entity.document == documents[0]])
    assert not profiles_follow(storage, decisions_digest(decisions))
    live.follow(storage, decisions)
    assert written(storage) == rebuilt(storage, decisions)
    with other.transaction():
        rebuild_profiles(other, ())
    decisions.append(next(answers))
    live.follow(storage, decisions)
    assert written(storage) == rebuilt(storage, decisions)
    other.close()
    storage.close()


def test_a_failure_while_writing_leaves_the_old_profiles_and_is_made_good_by_the_next_answer(
    storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = grown_records(100, seed=5)
    write_documents(storage, records)
    answers = iter(random_answers(records, random.Random(5)))
    live, decisions = LiveProfiles(), [next(answers)]
    live.follow(storage, decisions)
    before = written(storage)

    def fail(*_: object) -> None:
        storage.rows("DELETE FROM profiles")
        raise CollectionError("the disk is full")

    decisions.append(next(answers))
    with monkeypatch.context() as patched:
        patched.setattr(live_profiles, "write_profile_changes", fail)
        with pytest.raises(CollectionError, match="disk is full"):
            live.follow(storage, decisions)
    assert written(storage) == before
    assert not profiles_follow(storage, decisions_digest(decisions))
    live.follow(storage, decisions)
    assert written(storage) == rebuilt(storage, decisions)


def test_profiles_of_other_rules_are_replaced_when_they_are_loaded(storage: CollectionStorage) -> None:
    write_documents(storage, grown_records(60, seed=7))
    with storage.transaction():
        rebuild_profiles(storage, ())
        storage.rows("UPDATE entities SET profile = (SELECT max(profile) FROM entities)")
    LiveProfiles().load(storage, ())
    assert written(storage) == rebuilt(storage, ())


@pytest.mark.parametrize("changes", [2, 3])
def test_entities_that_somebody_else_changes_are_read_again_a_few_times(
    storage: CollectionStorage, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    write_documents(storage, grown_records(20, seed=9))
    tokens: list[str] = []
    take = profile_state.own_profiles

    def take_and_lose(index: CollectionStorage) -> str:
        tokens.append(take(index))
        if len(tokens) <= changes:
            take(index)  # another program takes them over at once
        return tokens[-1]

    monkeypatch.setattr(live_profiles, "own_profiles", take_and_lose)
    live = LiveProfiles()
    if changes == 3:
        with pytest.raises(CollectionError, match="keeps changing"):
            live.load(storage, ())
    else:
        live.load(storage, ())
        assert written(storage) == rebuilt(storage, ())
