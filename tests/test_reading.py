"""Undo restores the exact state before a step, and redo the exact state after it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, NullStore
from reader.annotate.decisions import EntityRetagged, MentionMoved, MentionRetagged, NamesSame
from reader.document import Block, Document
from reader.reading import Reading
from reader.resolve import Name
from tests.decisions import MENTIONS, TEXT, decisions


def _reading() -> Reading:
    reading = Reading(Document(TEXT, (Block(0, len(TEXT)),), "", ""), NullStore())
    reading.set_recognized(MENTIONS)
    return reading


def _state(reading: Reading) -> tuple[Any, ...]:
    return tuple(reading.mentions), reading.resolution, reading.decisions


def _entity_ids(reading: Reading, name: Name) -> set[str]:
    return {entity.id for entity in reading.entities_with(name)}


@given(st.lists(st.lists(decisions, min_size=1, max_size=2), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_undo_and_redo_restore_the_exact_states(steps: list[list[Decision]]) -> None:
    reading = _reading()
    states = [_state(reading)]
    for step in steps:
        reading.decide(*step)
        states.append(_state(reading))
    for state in reversed(states[:-1]):
        assert reading.undo()
        assert _state(reading) == state
    assert reading.undo() is None
    assert _state(reading) == _state(_reading())
    for state in states[1:]:
        assert reading.redo()
        assert _state(reading) == state
    assert reading.redo() is None


@given(st.lists(decisions, min_size=1, max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_the_last_decision_about_two_names_applies_until_it_is_undone(
    previous_decisions: list[Decision], data: st.DataObject
) -> None:
    reading = _reading()
    for decision in previous_decisions:
        reading.decide(decision)
    initial_state = _state(reading)
    names = sorted({reading.name_of(mention) for mention in reading.mentions})
    if len({name.text for name in names}) < 2:
        return
    a = data.draw(st.sampled_from(names))
    b = data.draw(st.sampled_from([name for name in names if name.text != a.text]))
    reading.decide(NamesSame((a, b)))
    assert _entity_ids(reading, a) == _entity_ids(reading, b)
    reading.decide(reading.keep_apart((a,), (b,)))
    assert not _entity_ids(reading, a) & _entity_ids(reading, b)
    assert not any(
        {suggestion.a, suggestion.b} == _entity_ids(reading, a) | _entity_ids(reading, b)
        for suggestion in reading.suggestions
    )
    reading.undo()
    reading.undo()
    assert _state(reading) == initial_state


@given(st.lists(decisions, max_size=3), st.lists(decisions, max_size=2), st.lists(decisions, max_size=2))
@settings(max_examples=60, deadline=None)
def test_decisions_made_while_another_thread_merges_apply(
    before: list[Decision], meanwhile: list[Decision], after: list[Decision]
) -> None:
    reading = Reading(Document(TEXT, (Block(0, len(TEXT)),), "", ""), NullStore())
    reading.set_recognized(MENTIONS[: len(MENTIONS) // 2])
    for decision in before:
        reading.decide(decision)
    prepared = reading.prepare()
    for decision in meanwhile[:1]:
        reading.decide(decision)
    prepared.set_recognized(MENTIONS)
    for decision in meanwhile[1:]:
        reading.decide(decision)
    reading.adopt(prepared)
    for decision in after:
        reading.decide(decision)
    expected = _reading()
    for decision in (*before, *meanwhile, *after):
        expected.decide(decision)
    assert _state(reading) == _state(expected)


def test_a_mention_moved_to_an_entity_counts_under_its_own_form() -> None:
    reading = _reading()
    rask = next(mention for mention in MENTIONS if TEXT[mention.start : mention.end] == "Rask")
    union = reading.entity_named("Fish Port Union")
    assert union is not None
    reading.decide(MentionMoved(rask.start, rask.end, Name("Fish Port Union", "ORG")))
    moved = reading.entity_named("Fish Port Union")
    assert moved is not None
    assert reading.forms_of(moved) == {**dict.fromkeys(moved.names, 1), "Rask": 1}
    reading.undo()
    assert reading.forms_of(union) == {"Fish Port Union": 1}


def test_an_entity_has_the_label_of_its_only_mention_however_it_came_there() -> None:
    reading = _reading()
    rask = next(mention for mention in MENTIONS if TEXT[mention.start : mention.end] == "Rask")
    reading.decide(MentionMoved(rask.start, rask.end, Name("Rask the Elder", "ORG")))
    reading.decide(MentionRetagged(rask.start, rask.end, "PERSON"))
    entity = reading.entity_named("Rask the Elder")
    assert entity is not None
    assert entity.label == "PERSON"
    reading.decide(EntityRetagged((Name("Rask the Elder", "PERSON"),), "NORP"))
    entity = reading.entity_named("Rask the Elder")
    assert entity is not None
    assert [(mention.start, mention.label) for mention in entity.mentions] == [(rask.start, "NORP")]


def test_the_forms_of_an_entity_are_exactly_those_of_its_mentions() -> None:
    reading = _reading()
    for entity in reading.entities:
        forms = reading.forms_of(entity)
        assert sum(forms.values()) == len(entity.mentions)
        assert list(forms) == [name for name in entity.names if name in forms]
