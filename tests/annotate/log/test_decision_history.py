from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, MalformedRecordError
from reader.annotate.decisions import EntityRenamed, MentionAdded, MentionRemoved, NamesSame
from reader.annotate.log.decision_history import HistoryBuilder, replay
from reader.annotate.log.records import REDO, UNDO, Record, decision_records, revert_records
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))


def records_of(*decisions: Decision, text: str = TEXT) -> list[Record]:
    """Return the records of one step."""
    return decision_records("d", text, decisions, "s", "")


def move(kind: str, step_records: list[Record]) -> Record:
    """Return the record that undoes or redoes a step."""
    return revert_records(kind, "d", [step_records[0].step], "s", "")[0]


def test_one_action_is_undone_and_redone_as_one() -> None:
    first, second = records_of(ADDED), records_of(MERGED, MentionRemoved(21, 24))
    undone = replay([*first, *second, move(UNDO, second)], TEXT)
    assert undone.decisions == (ADDED,)
    assert undone.next_redo is not None
    assert undone.next_redo.decisions == (MERGED, MentionRemoved(21, 24))
    redone = replay([*first, *second, move(UNDO, second), move(REDO, second)], TEXT)
    assert redone.decisions == (ADDED, MERGED, MentionRemoved(21, 24))
    assert redone.next_redo is None


def test_the_step_undone_last_is_redone_first() -> None:
    first, second = records_of(ADDED), records_of(MERGED)
    history = replay([*first, *second, move(UNDO, second), move(UNDO, first)], TEXT)
    assert [step.decisions for step in history.undone] == [(ADDED,), (MERGED,)]


def test_a_decision_after_undo_ends_redo() -> None:
    first, second = records_of(ADDED), records_of(MERGED)
    history = replay([*first, move(UNDO, first), *second], TEXT)
    assert history.undone == ()
    assert history.decisions == (MERGED,)


def test_undoing_one_step_twice_counts_once() -> None:
    first, second = records_of(ADDED), records_of(MERGED)
    history = replay([*first, *second, move(UNDO, second), move(UNDO, second)], TEXT)
    assert history.decisions == (ADDED,)
    assert len(history.undone) == 1


def test_an_undo_that_comes_before_its_step_takes_effect() -> None:
    first = records_of(ADDED)
    assert replay([move(UNDO, first), *first], TEXT).decisions == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "note-added"},
        {"payload": '{"start": 1'},
        {"payload": '{"start": "1", "end": 3, "label": "ORG"}'},
        {"anchor": ""},
        {"anchor": '{"quote": 7, "prefix": "", "suffix": ""}'},
        {"anchor": "[1]"},
        {"intact": False},
    ],
)
def test_an_unreadable_record_affects_no_other(changes: dict[str, str]) -> None:
    first, second, third = records_of(ADDED), records_of(ADDED), records_of(MERGED)
    broken = second[0]._replace(**changes)  # type: ignore[arg-type]  # broken on purpose
    history = replay([*first, broken, *third], TEXT)
    assert history.decisions == (ADDED, MERGED)
    assert [unreadable.record for unreadable in history.unreadable] == [broken]
    assert history.unreadable[0].reason


def test_undo_skips_unreadable_records() -> None:
    first, second = records_of(ADDED), records_of(MERGED)
    history = replay([*first, second[0]._replace(kind="note-added")], TEXT)
    assert history.next_undo is not None
    assert history.next_undo.decisions == (ADDED,)


def test_a_record_of_a_later_version_ends_redo() -> None:
    first, second = records_of(ADDED), records_of(MERGED)
    assert replay([*first, move(UNDO, first), second[0]._replace(kind="note-added")], TEXT).undone == ()


def test_a_decision_whose_quote_is_not_at_its_offsets_is_an_orphan() -> None:
    changed = TEXT.replace("(NSB)", "[NBS]")
    history = replay(records_of(ADDED, MERGED), changed)
    assert history.decisions == (MERGED,)
    assert [(orphan.decision, orphan.anchor.quote) for orphan in history.orphans] == [(ADDED, "NSB")]
    assert history.steps[0].decisions == (ADDED, MERGED), "undo still reverts both"


def test_an_anchor_contains_the_context_of_its_quote() -> None:
    (record,) = records_of(MentionAdded(40, 43, "ORG"), text="x" * 40 + "NSB" + "y" * 40)
    (orphan,) = replay([record], "other").orphans
    assert orphan.anchor == ("NSB", "x" * 32, "y" * 32)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(MalformedRecordError):
        records_of(MentionAdded(0, len(TEXT) + 1, "ORG"))
    with pytest.raises(MalformedRecordError):
        records_of(EntityRenamed((Name("NSB", "ORG"),), ""))


@given(st.lists(st.one_of(st.just(UNDO), st.just(REDO), decisions), max_size=25))
def test_undo_all_is_the_beginning_and_redo_all_the_end(actions: list[str | Decision]) -> None:
    builder, records = HistoryBuilder("d", TEXT), []
    active: list[Decision] = []
    undone: list[Decision] = []

    def add(record: Record) -> None:
        records.append(record)
        builder.add(record)

    for action in actions:
        history = builder.history()
        if action == UNDO:
            if history.next_undo:
                add(revert_records(UNDO, "d", [history.next_undo.id], "s", "")[0])
                undone.append(active.pop())
        elif action == REDO:
            if history.next_redo:
                add(revert_records(REDO, "d", [history.next_redo.id], "s", "")[0])
                active.append(undone.pop())
        elif not isinstance(action, str):
            add(records_of(action)[0])
            active.append(action)
            undone.clear()
        assert builder.history().decisions == tuple(active)
        assert builder.history() == replay(records, TEXT, "d")
    end = builder.history()
    while (last := builder.history().next_undo) is not None:
        add(revert_records(UNDO, "d", [last.id], "s", "")[0])
    assert builder.history().decisions == ()
    for _ in end.steps:
        next_step = builder.history().next_redo
        assert next_step is not None
        add(revert_records(REDO, "d", [next_step.id], "s", "")[0])
    assert builder.history().decisions == end.decisions
    assert builder.history().undone == end.undone
