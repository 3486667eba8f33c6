from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision
from reader.annotate.decision_history import replay
from reader.annotate.decisions import (
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRetagged,
    EntityTagged,
    SpanNoted,
    SpanTagged,
)
from reader.annotate.notes import Remarks, remarks, tag_words
from reader.annotate.records import decision_records
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

NSB, BOARD, QUILL = Name("NSB", "ORG"), Name("Board", "ORG"), Name("Quill", "PERSON")


def standing(*made: Decision, text: str = TEXT) -> Remarks:
    records = [record for each in made for record in decision_records("d", TEXT, [each], "s", "Ada")]
    return remarks(replay(records, text).steps)


def test_the_last_note_on_a_place_an_entity_and_the_document_stands() -> None:
    found = standing(
        SpanNoted(21, 24, "first"),
        EntityNoted((NSB, BOARD), "of the Board"),
        DocumentNoted("all of it"),
        SpanNoted(30, 39, "elsewhere"),
        SpanNoted(21, 24, "second"),
    )
    assert (found.at(21, 24), found.at(30, 39), found.at(0, 3)) == ("second", "elsewhere", "")
    assert found.note == "all of it"
    assert [note.text for note in found.of([BOARD])] == ["of the Board"]
    assert found.of([QUILL]) == ()
    assert {note.author for note in found.notes} == {"Ada"}
    assert found.spans == [(21, 24), (30, 39)]
    assert found.starting_between(0, 25) == [(21, 24)]
    assert found.overlapping(23, 31) == [(21, 24), (30, 39)]
    assert found.overlapping(24, 30) == []
    assert (found.covering(38), found.covering(39)) == ((30, 39), None)


def test_an_empty_note_takes_the_note_away() -> None:
    made: list[Decision] = [SpanNoted(21, 24, "a"), EntityNoted((NSB,), "b"), DocumentNoted("c")]
    gone: list[Decision] = [SpanNoted(21, 24, ""), EntityNoted((NSB, BOARD), " \n"), DocumentNoted("")]
    assert standing(*made, *gone) == Remarks()


def test_entities_that_become_one_have_both_notes_until_one_is_written() -> None:
    apart: list[Decision] = [EntityNoted((NSB,), "a"), EntityNoted((BOARD,), "b")]
    assert [note.text for note in standing(*apart).of([NSB, BOARD])] == ["a", "b"]
    assert [note.text for note in standing(*apart, EntityNoted((NSB, BOARD), "c")).notes] == ["c"]


def test_notes_and_tags_follow_a_name_that_gets_another_label() -> None:
    made: list[Decision] = [EntityNoted((NSB,), "a"), EntityTagged((NSB,), ("key",)), EntityRetagged((NSB,), "GPE")]
    found, now = standing(*made), Name("NSB", "GPE")
    assert [note.text for note in found.of([now])] == ["a"]
    assert found.tags_of([now]) == ("key",)
    assert [note.text for note in standing(*made, EntityNoted((now,), "b")).notes] == ["b"]


def test_tags_are_added_and_removed_one_by_one() -> None:
    found = standing(
        SpanTagged(21, 24, ("key", "source")),
        SpanTagged(21, 24, ("to-check",), ("key",)),
        EntityTagged((NSB,), ("a",)),
        EntityTagged((NSB, BOARD), ("b",), ("a",)),
        DocumentTagged(("x", "y")),
        DocumentTagged((), ("x",)),
    )
    assert found.place_tags == {(21, 24): ("source", "to-check")}
    assert found.tags_of([BOARD]) == ("b",)
    assert found.tags == ("y",)
    assert set(found.known_tags) == {"source", "to-check", "b", "y"}


def test_a_note_whose_place_is_gone_is_not_shown_but_an_orphan() -> None:
    records = decision_records("d", TEXT, [SpanNoted(21, 24, "lost"), DocumentNoted("kept")], "s", "")
    history = replay(records, TEXT.replace("NSB", "nsb"))
    assert [note.text for note in remarks(history.steps).notes] == ["kept"]
    assert [orphan.decision for orphan in history.orphans] == [SpanNoted(21, 24, "lost")]


def test_nothing_in_a_note_or_tag_steers_a_terminal() -> None:
    found = standing(SpanNoted(21, 24, "a\x1b[2J\r\nb\ud800\u202e"), DocumentTagged(("x\x1b[2J",)))
    assert found.at(21, 24) == "a␛[2J\nb\ufffd\ufffd"
    assert found.notes[0].first_line == "a␛[2J"
    assert found.tags == ("x␛[2J",)
    assert standing(DocumentTagged(("x\x1b[2J",)), DocumentTagged((), found.tags)).tags == ()


def test_what_was_typed_is_tags() -> None:
    assert tag_words(" #Key, to check ,key,, \x1b") == ("key", "to-check", "␛")
    assert tag_words("x" * 60) == ("x" * 40,)
    assert tag_words("") == ()


@given(st.lists(decisions, max_size=12))
def test_any_decisions_have_notes_that_say_something(made: list[Decision]) -> None:
    found = standing(*made)
    assert all(note.text.strip() for note in found.notes)
    assert len({note.span for note in found.notes if note.span}) == sum(note.span is not None for note in found.notes)
    assert found.noted <= set(found.spans)
