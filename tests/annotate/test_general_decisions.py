from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import GENERAL_DOCUMENT, Decision, MalformedRecordError, Store
from reader.annotate.decisions import (
    EntityConfirmed,
    EntityDismissed,
    EntityRestored,
    EntityStarred,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    NamesDifferent,
    NamesSame,
)
from reader.annotate.general_decisions import (
    add_decisions,
    decisions_from_json,
    entries_to_json,
    list_entries,
    remove_entries,
)
from reader.document import Document
from reader.reading import Reading
from reader.resolve import Name
from tests.annotate.readings import reading_of
from tests.annotate.strategies import name_groups

LAKE, MERE, POND = Name("Osel Lake", "LOC"), Name("Mere", "LOC"), Name("The Pond", "LOC")


def names_in(reading: Reading) -> set[str]:
    return {reading.document.text[mention.start : mention.end] for mention in reading.mentions}


def clusters(reading: Reading) -> set[frozenset[str]]:
    return {frozenset(entity.names) for entity in reading.entities}


FIRST = "[Osel Lake|LOC] froze. The [Mere|LOC] too."
SECOND = "By the [Mere|LOC], or [Osel Lake|LOC], stood a mill."
MERGED, SEPARATE = {frozenset({"Osel Lake", "Mere"})}, {frozenset({"Osel Lake"}), frozenset({"Mere"})}


def test_a_decision_holds_in_one_document_until_it_is_made_general(store: Store) -> None:
    first = reading_of(FIRST, store)
    first.decide(NamesSame((LAKE, MERE)))
    assert clusters(reading_of(SECOND, store)) == SEPARATE
    assert first.toggle_general() == "in every document: merged “Osel Lake” with “Mere”"
    assert clusters(reading_of(SECOND, store)) == MERGED
    assert first.toggle_general() == "in this document only: merged “Osel Lake” with “Mere”"
    assert clusters(reading_of(SECOND, store)) == SEPARATE
    assert clusters(first) == MERGED
    first.toggle_general()
    assert len(store.history(GENERAL_DOCUMENT).decisions) == 1


def test_undo_reverts_both_even_after_a_restart(store: Store, tmp_path: Path) -> None:
    first = reading_of(FIRST, store)
    first.decide(NamesSame((LAKE, MERE)))
    first.toggle_general()
    store.close()
    reopened = Store.open(tmp_path / "annotations.db")
    first = reading_of(FIRST, reopened)
    first.undo()
    assert clusters(first) == clusters(reading_of(SECOND, reopened)) == SEPARATE
    first.redo()
    assert clusters(first) == clusters(reading_of(SECOND, reopened)) == MERGED


def test_a_decision_for_one_document_stays_so_when_redone(store: Store) -> None:
    first = reading_of(FIRST, store)
    first.decide(NamesSame((LAKE, MERE)))
    first.toggle_general()
    first.toggle_general()
    first.undo()
    first.redo()
    assert clusters(first) == MERGED


def test_a_general_decision_never_overrides_one_on_the_document(store: Store) -> None:
    second = reading_of(SECOND, store)
    second.decide(NamesDifferent((LAKE,), (MERE,)))
    add_decisions(store, [NamesSame((LAKE, MERE)), EntityDismissed((Name("Tarn", "GPE"),))])
    second = reading_of(SECOND, store)
    assert clusters(second) == SEPARATE
    third = reading_of("[Tarn|GPE] lies by [Osel Lake|LOC].", store)
    assert clusters(third) == {frozenset({"Osel Lake"})}
    third.decide(EntityRestored((Name("Tarn", "GPE"),)))
    assert frozenset({"Tarn"}) in clusters(third)


def test_names_merge_through_a_name_that_the_document_lacks(store: Store) -> None:
    add_decisions(store, [NamesSame((MERE, LAKE)), NamesSame((MERE, POND))])
    assert clusters(reading_of("[Osel Lake|LOC] froze, said [The Pond|LOC].", store)) == {
        frozenset({"Osel Lake", "The Pond"})
    }
    add_decisions(store, [NamesDifferent((Name("Tarn", "LOC"),), (MERE,))])
    last = reading_of("[Tarn|LOC]. [Osel Lake|LOC].", store)
    last.decide(NamesSame((Name("Tarn", "LOC"), POND)))
    assert clusters(last) == {frozenset({"Tarn"}), frozenset({"Osel Lake"})}


def test_a_decision_about_one_document_cannot_be_made_general(store: Store) -> None:
    first = reading_of(FIRST, store)
    assert first.toggle_general() is None
    first.decide(EntityStarred((MERE,), True))
    assert first.toggle_general() is None
    first.decide(MentionMoved(0, 9, MERE))
    assert first.toggle_general() is None
    first.decide(MentionAdded(9, 10, "LOC"))  # a space is not a name
    assert first.toggle_general() is None


def test_nested_confirmed_and_resized_names_can_be_made_general(store: Store) -> None:
    first = reading_of("The [Osel Lake Mill|FAC] burned; [Mere|LOC] and [Tarn|GPE] helped.", store)
    text = first.document.text
    first.decide(MentionOverlaid(text.index("Lake"), text.index("Lake") + 4, "LOC"))
    assert first.toggle_general() == "in every document: added every “Lake” as LOC"
    assert first.decide(MentionRemoved(text.index("Lake"), text.index("Lake") + 4)) == "removed “Lake”"
    assert first.toggle_general() is None, "the outer mention still covers it"
    first.undo()
    mere, mill = (text.index(name) for name in ("Mere", "Osel"))
    first.decide(MentionConfirmed(mere, mere + 4, "LOC"))
    assert first.toggle_general() == "in every document: added every “Mere” as LOC"
    first.decide(EntityConfirmed((Name("Tarn", "GPE"), Name("the Tarn", ""))))
    assert first.toggle_general() == "in every document: added every “Tarn” as GPE"
    first.decide(MentionOverlaid(mill, mill + 9, "LOC"), MentionRemoved(mill, mill + 14))
    assert first.toggle_general() == "in every document: added every “Osel Lake” as LOC"
    other_reading = reading_of("Mere and Tarn by Osel Lake. Lake Mill.", store)
    assert names_in(other_reading) == {"Mere", "Tarn", "Osel Lake", "Lake"}
    assert names_in(first) == {
        "Osel Lake",
        "Lake",
        "Mere",
        "Tarn",
    }


def test_another_window_applies_a_general_decision(store: Store, tmp_path: Path) -> None:
    other_reading = reading_of(SECOND, Store.open(tmp_path / "annotations.db"))
    first = reading_of(FIRST, store)
    first.decide(NamesSame((LAKE, MERE)))
    first.toggle_general()
    assert other_reading.refresh()
    assert clusters(other_reading) == MERGED


def test_the_general_document_is_not_listed(store: Store) -> None:
    add_decisions(store, [NamesSame((LAKE, MERE))])
    assert store.recent() == ()
    empty = Reading(Document("", (), "", ""), store)
    assert empty.history.steps == ()


def test_one_of_several_entries_is_removed_from_the_list(store: Store) -> None:
    same, apart = NamesSame((LAKE, MERE)), NamesDifferent((LAKE,), (POND,))
    assert add_decisions(store, [same, apart]) == 2
    assert add_decisions(store, [same]) == 0
    remove_entries(store, [list_entries(store.history(GENERAL_DOCUMENT))[0]])
    assert [entry.decision for entry in list_entries(store.history(GENERAL_DOCUMENT))] == [apart]


general: st.SearchStrategy[Decision] = st.one_of(
    st.builds(NamesSame, name_groups, st.sampled_from(["", "NSB"])),
    st.builds(NamesDifferent, name_groups, name_groups, st.sampled_from([0.0, 0.82])),
    st.builds(EntityDismissed, name_groups),
)


@given(st.lists(general, max_size=6))
def test_an_exported_list_is_imported(drawn: list[Decision]) -> None:
    store = Store(None)
    add_decisions(store, drawn)
    assert decisions_from_json(entries_to_json(list_entries(store.history(GENERAL_DOCUMENT)))) == list(
        dict.fromkeys(drawn)
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[]", "not a list of names"),
        ('{"schema": 9, "names": []}', "of schema 1"),
        ('{"schema": 1, "names": ["x"]}', "entry 1: not an object"),
        ('{"schema": 1, "names": [{"kind": "odd"}]}', "entry 1: unknown kind"),
        (
            json.dumps({"schema": 1, "names": [{"kind": "mention-removed", "start": 1, "end": 2}]}),
            "entry 1: applies in one document only",
        ),
    ],
)
def test_invalid_lists_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(MalformedRecordError, match=reason):
        decisions_from_json(text)


def test_removing_a_mention_without_letters_has_no_general_form(store: Store) -> None:
    reading = reading_of("[Osel Lake|LOC] and [—|ORG].", store)
    dash = reading.mentions[1]
    reading.decide(MentionRemoved(dash.start, dash.end))
    assert reading.toggle_general() is None
