"""Any sequence of decisions, undo and redo leaves a reading in the state that its log describes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, NullStore
from reader.annotate.decisions import EntityRetagged, MentionAdded, MentionRetagged
from reader.reading import Reading
from reader.recognize import LABELS, Mention
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT, decisions

_WORDS = ("North Sea Board", "NSB", "Ada Quill", "Quill", "NSB", "Ada  Quill", "Board", "Board")
_labels = st.sampled_from(sorted(LABELS))


def _mentions(labels: list[str]) -> tuple[Mention, ...]:
    mentions, offset = [], 0
    for word, label in zip(_WORDS, labels, strict=True):
        offset = TEXT.index(word, offset)
        mentions.append(Mention(offset, offset + len(word), label))
        offset += len(word)
    return tuple(mentions)


_recognized = st.lists(_labels, min_size=len(_WORDS), max_size=len(_WORDS)).map(_mentions)
_index = st.integers(0, len(_WORDS) - 1)
_retagging: st.SearchStrategy[Callable[[Reading], Decision]] = st.one_of(
    st.builds(lambda index, label: lambda reading: MentionRetagged(*_span(reading, index), label), _index, _labels),
    st.builds(lambda index, label: lambda reading: MentionAdded(*_span(reading, index), label), _index, _labels),
    st.builds(lambda index, label: lambda reading: EntityRetagged((_name(reading, index),), label), _index, _labels),
)
"""Decisions that give a mention, or every mention of a name, one of all labels."""

_step: st.SearchStrategy[Callable[[Reading], object]] = st.one_of(
    st.lists(decisions, min_size=1, max_size=2).map(lambda made: lambda reading: reading.decide(*made)),
    _retagging.map(lambda build: lambda reading: reading.decide(build(reading))),
    _recognized.map(lambda mentions: lambda reading: reading.set_recognized(mentions)),
    st.integers(0, len(_WORDS)).map(lambda count: lambda reading: reading.set_recognized(reading.recognized[:count])),
    st.just(Reading.undo),
    st.just(Reading.redo),
    st.just(Reading.toggle_general),
    st.integers(0, 9).map(lambda index: lambda reading: reading.undo_to(_step_id(reading, index))),
)


def _span(reading: Reading, index: int) -> tuple[int, int]:
    mentions = reading.mentions or _mentions(["ORG"] * len(_WORDS))
    return mentions[index % len(mentions)][:2]


def _name(reading: Reading, index: int) -> Name:
    return reading.name_of(reading.mentions[index % len(reading.mentions)]) if reading.mentions else Name("NSB", "ORG")


def _step_id(reading: Reading, index: int) -> str:
    steps = reading.history.steps
    return steps[index % len(steps)].id if steps else ""


def _state(reading: Reading) -> tuple[Any, ...]:
    return tuple(reading.mentions), reading.resolution, reading.decisions, reading.notes


@given(_recognized, st.lists(_step, min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_sequence_of_decisions_gives_the_state_that_the_log_describes(
    recognized: tuple[Mention, ...], steps: list[Callable[[Reading], object]]
) -> None:
    reading = Reading(DOCUMENT, NullStore())
    reading.set_recognized(recognized)
    for step in steps:
        step(reading)
        for entity in reading.entities:
            names = reading.names_of(entity)
            assert reading.entities_with(names[0])
            reading.told_apart(names, (Name("Quill", "PERSON"), Name("NSB", "ORG")))
            reading.evidence(names, (Name("Quill", "PERSON"), Name("NSB", "ORG")))
            assert sum(reading.forms_of(entity).values()) == len(entity.mentions)
        assert reading.decided is not None
    again = Reading(DOCUMENT, reading.store)
    again.set_recognized(reading.recognized)
    assert _state(again) == _state(reading)
