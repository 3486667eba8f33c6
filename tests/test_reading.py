"""Whatever was decided, taking it back restores exactly what was there before, and doing it again what came of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import (
    Decision,
    EntityDismissed,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    MemoryStore,
    MentionAdded,
    MentionMoved,
    MentionRemoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
)
from reader.document import Block, Document
from reader.reading import Reading
from reader.resolve import Name
from tests.resolve.texts import marked

TEXT, MENTIONS = marked(
    "[Ivo Sand|PERSON] met [Ann Sand|PERSON]. [Sand|PERSON] of the [Free Press Union|ORG] ([FPU|ORG]) left [Tarn|GPE]. "
    "Later [Ivo Sandt|PERSON] came, and [Omar Rask|PERSON] with [Omer Rask|PERSON]. The [Fish Port Union|ORG] and "
    "[Tarn|ORG] stayed. [Sand|PERSON] wrote to [FPU|ORG] and [Rask|PERSON] to Nell Brook."
)
NAMES = sorted({Name(TEXT[each.start : each.end], each.label) for each in MENTIONS})

_name = st.sampled_from(NAMES)
_names = st.lists(_name, min_size=1, max_size=3, unique=True).map(tuple)
_label = st.sampled_from(["PERSON", "ORG", "GPE"])
_decisions: st.SearchStrategy[Decision] = st.one_of(
    st.builds(
        NamesSame, st.lists(_name, min_size=2, max_size=3, unique=True).map(tuple), st.sampled_from(["", "Sands"])
    ),
    st.tuples(_name, _name)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: NamesDifferent((pair[0],), (pair[1],), 0.5)),
    st.builds(EntityRenamed, _names, st.sampled_from(["The Sands", "Tarn"])),
    st.builds(EntityRetagged, _names, _label),
    st.builds(EntityDismissed, _names),
    st.builds(EntityRestored, _names),
    st.tuples(st.sampled_from(MENTIONS), _label).map(lambda pair: MentionRetagged(pair[0].start, pair[0].end, pair[1])),
    st.sampled_from(MENTIONS).map(lambda each: MentionRemoved(each.start, each.end)),
    st.tuples(st.sampled_from(MENTIONS), _name).map(lambda pair: MentionMoved(pair[0].start, pair[0].end, pair[1])),
    st.just(MentionAdded(TEXT.index("Nell"), TEXT.index("Nell") + len("Nell Brook"), "PERSON")),
)


def _reading() -> Reading:
    reading = Reading(Document(TEXT, (Block(0, len(TEXT)),), "", ""), MemoryStore())
    reading.recognized(MENTIONS)
    return reading


def _state(reading: Reading) -> tuple[Any, ...]:
    return tuple(reading.mentions), reading.resolution, reading.decisions


@given(st.lists(st.lists(_decisions, min_size=1, max_size=2), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_undo_restores_the_exact_state_and_redo_the_one_after(steps: list[list[Decision]]) -> None:
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


@given(st.lists(_decisions, min_size=1, max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_the_last_word_on_two_names_holds_until_it_is_taken_back(made: list[Decision], data: st.DataObject) -> None:
    reading = _reading()
    for decision in made:
        reading.decide(decision)
    before = _state(reading)
    here = sorted({reading.name_of(mention) for mention in reading.mentions})
    if len({name.text for name in here}) < 2:
        return
    a = data.draw(st.sampled_from(here))
    b = data.draw(st.sampled_from([name for name in here if name.text != a.text]))
    reading.decide(NamesSame((a, b)))
    assert {each.id for each in reading.bearers(a)} == {each.id for each in reading.bearers(b)}
    reading.decide(reading.keep_apart((a,), (b,)))
    assert not {each.id for each in reading.bearers(a)} & {each.id for each in reading.bearers(b)}
    assert not any(
        {each.a, each.b} == {*(e.id for e in reading.bearers(a)), *(e.id for e in reading.bearers(b))}
        for each in reading.suggestions
    )
    reading.undo()
    reading.undo()
    assert _state(reading) == before


def test_what_was_moved_to_an_entity_counts_as_it_is_written() -> None:
    reading = _reading()
    rask = next(each for each in MENTIONS if TEXT[each.start : each.end] == "Rask")
    union = reading.entity_named("Fish Port Union")
    assert union is not None
    reading.decide(MentionMoved(rask.start, rask.end, Name("Fish Port Union", "ORG")))
    moved = reading.entity_named("Fish Port Union")
    assert moved is not None
    assert reading.forms_of(moved) == {**dict.fromkeys(moved.names, 1), "Rask": 1}
    reading.undo()
    assert reading.forms_of(union) == {"Fish Port Union": 1}


def test_the_forms_of_an_entity_are_those_of_its_mentions_and_no_others() -> None:
    reading = _reading()
    for entity in reading.entities:
        forms = reading.forms_of(entity)
        assert sum(forms.values()) == len(entity.mentions)
        assert list(forms) == [name for name in entity.names if name in forms]
