from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, MalformedRecordError
from reader.annotate.decision_history import Fold, replay
from reader.annotate.decisions import EntityRenamed, MentionAdded, MentionRemoved, NamesSame
from reader.annotate.records import REDO, UNDO, Record, about_steps, decided
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))


def step(*made: Decision, text: str = TEXT) -> list[Record]:
    return decided("d", text, made, "s", "")


def move(kind: str, records: list[Record]) -> Record:
    return about_steps(kind, "d", [records[0].step], "s", "")[0]


def test_one_action_is_undone_and_redone_as_one() -> None:
    first, second = step(ADDED), step(MERGED, MentionRemoved(21, 24))
    undone = replay([*first, *second, move(UNDO, second)], TEXT)
    assert undone.decisions == (ADDED,)
    assert undone.next_redo is not None
    assert undone.next_redo.decisions == (MERGED, MentionRemoved(21, 24))
    redone = replay([*first, *second, move(UNDO, second), move(REDO, second)], TEXT)
    assert redone.decisions == (ADDED, MERGED, MentionRemoved(21, 24))
    assert redone.next_redo is None


def test_what_was_undone_last_is_redone_first() -> None:
    first, second = step(ADDED), step(MERGED)
    history = replay([*first, *second, move(UNDO, second), move(UNDO, first)], TEXT)
    assert [s.decisions for s in history.undone] == [(ADDED,), (MERGED,)]


def test_deciding_after_undo_ends_redo() -> None:
    first, second = step(ADDED), step(MERGED)
    history = replay([*first, move(UNDO, first), *second], TEXT)
    assert history.undone == ()
    assert history.decisions == (MERGED,)


def test_undo_twice_of_one_step_counts_once() -> None:
    first, second = step(ADDED), step(MERGED)
    history = replay([*first, *second, move(UNDO, second), move(UNDO, second)], TEXT)
    assert history.decisions == (ADDED,)
    assert len(history.undone) == 1


def test_an_undo_that_comes_ahead_of_its_step_counts() -> None:
    first = step(ADDED)
    assert replay([move(UNDO, first), *first], TEXT).decisions == ()


@pytest.mark.parametrize(
    "bad",
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
def test_a_record_that_cannot_be_read_stands_alone(bad: dict[str, str]) -> None:
    first, second, third = step(ADDED), step(ADDED), step(MERGED)
    broken = second[0]._replace(**bad)  # type: ignore[arg-type]  # broken on purpose
    history = replay([*first, broken, *third], TEXT)
    assert history.decisions == (ADDED, MERGED)
    assert [unreadable.record for unreadable in history.unreadable] == [broken]
    assert history.unreadable[0].reason


def test_undo_passes_over_what_cannot_be_read() -> None:
    first, second = step(ADDED), step(MERGED)
    history = replay([*first, second[0]._replace(kind="note-added")], TEXT)
    assert history.next_undo is not None
    assert history.next_undo.decisions == (ADDED,)


def test_a_record_of_a_later_version_ends_redo_here_as_there() -> None:
    first, second = step(ADDED), step(MERGED)
    assert replay([*first, move(UNDO, first), second[0]._replace(kind="note-added")], TEXT).undone == ()


def test_a_decision_whose_quote_does_not_stand_is_an_orphan() -> None:
    changed = TEXT.replace("(NSB)", "[NBS]")
    history = replay(step(ADDED, MERGED), changed)
    assert history.decisions == (MERGED,)
    assert [(orphan.decision, orphan.anchor.quote) for orphan in history.orphans] == [(ADDED, "NSB")]
    assert history.steps[0].decisions == (ADDED, MERGED), "undo still takes back all of it"


def test_an_anchor_holds_what_stands_around() -> None:
    (record,) = step(MentionAdded(40, 43, "ORG"), text="x" * 40 + "NSB" + "y" * 40)
    (orphan,) = replay([record], "other").orphans
    assert orphan.anchor == ("NSB", "x" * 32, "y" * 32)


def test_a_place_outside_of_the_text_is_refused() -> None:
    with pytest.raises(MalformedRecordError):
        step(MentionAdded(0, len(TEXT) + 1, "ORG"))
    with pytest.raises(MalformedRecordError):
        step(EntityRenamed((Name("NSB", "ORG"),), ""))


@given(st.lists(st.one_of(st.just(UNDO), st.just(REDO), decisions), max_size=25))
def test_undo_all_is_the_beginning_and_redo_all_the_end(actions: list[str | Decision]) -> None:
    fold, records = Fold("d", TEXT), []
    plain: list[Decision] = []
    taken: list[Decision] = []

    def do(record: Record) -> None:
        records.append(record)
        fold.add(record)

    for action in actions:
        history = fold.history()
        if action == UNDO:
            if history.next_undo:
                do(about_steps(UNDO, "d", [history.next_undo.id], "s", "")[0])
                taken.append(plain.pop())
        elif action == REDO:
            if history.next_redo:
                do(about_steps(REDO, "d", [history.next_redo.id], "s", "")[0])
                plain.append(taken.pop())
        elif not isinstance(action, str):
            do(step(action)[0])
            plain.append(action)
            taken.clear()
        assert fold.history().decisions == tuple(plain)
        assert fold.history() == replay(records, TEXT, "d")
    end = fold.history()
    while (last := fold.history().next_undo) is not None:
        do(about_steps(UNDO, "d", [last.id], "s", "")[0])
    assert fold.history().decisions == ()
    for _ in end.steps:
        again = fold.history().next_redo
        assert again is not None
        do(about_steps(REDO, "d", [again.id], "s", "")[0])
    assert fold.history().decisions == end.decisions
    assert fold.history().undone == end.undone
