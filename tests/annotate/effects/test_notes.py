from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision
from reader.annotate.decisions import (
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRetagged,
    EntityTagged,
    SpanNoted,
    SpanTagged,
)
from reader.annotate.effects.notes import Notes, collect_notes, parse_tags
from reader.annotate.log.decision_history import replay
from reader.annotate.log.records import decision_records
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

NSB, BOARD, QUILL = Name("NSB", "ORG"), Name("Board", "ORG"), Name("Quill", "PERSON")


def notes_after(*decisions: Decision, text: str = TEXT) -> Notes:
    """Return the notes after decisions on `TEXT`, one step each, as `text` shows them."""
    records = [record for decision in decisions for record in decision_records("d", TEXT, [decision], "s", "Ada")]
    return collect_notes(replay(records, text).steps)


def test_spans_entities_and_the_document_have_the_note_written_last() -> None:
    notes = notes_after(
        SpanNoted(21, 24, "first"),
        EntityNoted((NSB, BOARD), "of the Board"),
        DocumentNoted("all of it"),
        SpanNoted(30, 39, "elsewhere"),
        SpanNoted(21, 24, "second"),
    )
    assert (notes.note_at(21, 24), notes.note_at(30, 39), notes.note_at(0, 3)) == ("second", "elsewhere", "")
    assert notes.document_note == "all of it"
    assert [note.text for note in notes.notes_of([BOARD])] == ["of the Board"]
    assert notes.notes_of([QUILL]) == ()
    assert {note.author for note in notes.notes} == {"Ada"}
    assert notes.spans == [(21, 24), (30, 39)]
    assert notes.starting_between(0, 25) == [(21, 24)]
    assert notes.overlapping(23, 31) == [(21, 24), (30, 39)]
    assert notes.overlapping(24, 30) == []
    assert (notes.covering(38), notes.covering(39)) == ((30, 39), None)


def test_an_empty_note_removes_the_note() -> None:
    steps: list[Decision] = [SpanNoted(21, 24, "a"), EntityNoted((NSB,), "b"), DocumentNoted("c")]
    removals: list[Decision] = [SpanNoted(21, 24, ""), EntityNoted((NSB, BOARD), " \n"), DocumentNoted("")]
    assert notes_after(*steps, *removals) == Notes()


def test_a_merged_entity_has_both_notes_until_one_is_written() -> None:
    apart: list[Decision] = [EntityNoted((NSB,), "a"), EntityNoted((BOARD,), "b")]
    assert [note.text for note in notes_after(*apart).notes_of([NSB, BOARD])] == ["a", "b"]
    assert [note.text for note in notes_after(*apart, EntityNoted((NSB, BOARD), "c")).notes] == ["c"]


def test_notes_and_tags_follow_a_retagged_name() -> None:
    steps: list[Decision] = [EntityNoted((NSB,), "a"), EntityTagged((NSB,), ("key",)), EntityRetagged((NSB,), "GPE")]
    notes, new_name = notes_after(*steps), Name("NSB", "GPE")
    assert [note.text for note in notes.notes_of([new_name])] == ["a"]
    assert notes.tags_of([new_name]) == ("key",)
    assert [note.text for note in notes_after(*steps, EntityNoted((new_name,), "b")).notes] == ["b"]


def test_tags_are_added_and_removed_one_by_one() -> None:
    notes = notes_after(
        SpanTagged(21, 24, ("key", "source")),
        SpanTagged(21, 24, ("to-check",), ("key",)),
        EntityTagged((NSB,), ("a",)),
        EntityTagged((NSB, BOARD), ("b",), ("a",)),
        DocumentTagged(("x", "y")),
        DocumentTagged((), ("x",)),
    )
    assert notes.span_tags == {(21, 24): ("source", "to-check")}
    assert notes.tags_of([BOARD]) == ("b",)
    assert notes.document_tags == ("y",)
    assert set(notes.all_tags) == {"source", "to-check", "b", "y"}


def test_a_note_whose_span_is_lost_is_an_orphan() -> None:
    records = decision_records("d", TEXT, [SpanNoted(21, 24, "lost"), DocumentNoted("kept")], "s", "")
    history = replay(records, TEXT.replace("NSB", "nsb"))
    assert [note.text for note in collect_notes(history.steps).notes] == ["kept"]
    assert [orphan.decision for orphan in history.orphans] == [SpanNoted(21, 24, "lost")]


def test_notes_and_tags_are_sanitized() -> None:
    notes = notes_after(SpanNoted(21, 24, "a\x1b[2J\r\nb\ud800\u202e"), DocumentTagged(("x\x1b[2J",)))
    assert notes.note_at(21, 24) == "a␛[2J\nb\ufffd\ufffd"
    assert notes.notes[0].first_line == "a␛[2J"
    assert notes.document_tags == ("x␛[2J",)
    assert notes_after(DocumentTagged(("x\x1b[2J",)), DocumentTagged((), notes.document_tags)).document_tags == ()


def test_typed_text_is_split_into_tags() -> None:
    assert parse_tags(" #Key, to check ,key,, \x1b") == ("key", "to-check", "␛")
    assert parse_tags("x" * 60) == ("x" * 40,)
    assert parse_tags("") == ()


@given(st.lists(decisions, max_size=12))
def test_notes_are_never_blank_and_unique_by_span(drawn: list[Decision]) -> None:
    notes = notes_after(*drawn)
    assert all(note.text.strip() for note in notes.notes)
    assert len({note.span for note in notes.notes if note.span}) == sum(note.span is not None for note in notes.notes)
    assert notes.noted_spans <= set(notes.spans)
