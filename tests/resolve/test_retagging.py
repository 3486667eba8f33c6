"""After any series of retags, the entities are those of a fresh resolution."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, NullStore
from reader.annotate.decisions import EntityRetagged, MentionMoved, MentionRetagged
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import LABELS, Mention
from reader.resolve import Constraints, Name, Resolver, resolve
from tests.resolve.texts import marked

TEXT, MENTIONS = marked(
    "The [Islamic State|ORG] ([IS|ORG]) left [Iraq|GPE]. [IS|LAW] met [Ivo Sand|PERSON]. [ISIS|ORG] and [IS|ORG] came. "
    "[Ivo Sand|PERSON] appeared in it as [Ivo|PERSON]. The [Sand|PERSON] family left. Then [IS|LAW] and [Ivo|ORG] won. "
    "The [Islamic State|LAW] of [Iraq|ORG] said that [Sand|ORG] spoke."
)
NAMES = sorted({Name(TEXT[mention.start : mention.end], mention.label) for mention in MENTIONS})

_mentions = st.sampled_from(MENTIONS)
_names = st.sampled_from(NAMES)
_labels = st.sampled_from(LABELS)
_retags: st.SearchStrategy[Decision] = st.one_of(
    st.builds(lambda mention, label: MentionRetagged(mention.start, mention.end, label), _mentions, _labels),
    st.builds(lambda name, label: EntityRetagged((name,), label), _names, _labels),
    st.builds(lambda mention, name: MentionMoved(mention.start, mention.end, name), _mentions, _names),
)


@given(st.lists(st.one_of(_retags, st.sampled_from(["undo", "redo"])), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_reading_with_retags_equals_a_new_reading_with_the_same_decisions(steps: list[Decision | str]) -> None:
    store = NullStore()
    reading = Reading(Document(TEXT, (Block(0, len(TEXT)),), "", ""), store)
    reading.set_recognized(MENTIONS)
    for step in steps:
        if step == "undo":
            reading.undo()
        elif step == "redo":
            reading.redo()
        elif not isinstance(step, str):
            reading.decide(step)
        fresh = Reading(Document(TEXT, (Block(0, len(TEXT)),), "", ""), NullStore())
        fresh.set_recognized(MENTIONS)
        if reading.decisions:
            fresh.decide(*reading.decisions)
        assert reading.resolution == fresh.resolution


_indexes = st.integers(0, 99)
_edits = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(["retag", "repeat", "drop"]), _indexes, _labels), max_size=3),
        st.dictionaries(_mentions.map(lambda mention: (mention.start, mention.end)), _names, max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@given(_edits)
@settings(max_examples=200, deadline=None)
def test_equal_mentions_that_move_together_leave_no_name_behind(
    edits: list[tuple[list[tuple[str, int, str]], dict[tuple[int, int], Name]]],
) -> None:
    resolver = Resolver.for_text(TEXT)
    mentions = list(MENTIONS)
    for changes, moved in edits:
        for change, number, label in changes:
            index = number % len(mentions)
            if change == "retag":
                mentions[index] = mentions[index]._replace(label=label)
            elif change == "repeat":
                mentions.append(mentions[index])
            elif len(mentions) > 1:
                del mentions[index]
        constraints = Constraints(moved=tuple((*span, name) for span, name in sorted(moved.items())))
        assert resolver.resolve(tuple(mentions), constraints) == resolve(TEXT, mentions, constraints)


@pytest.mark.parametrize(
    "function", ["text_evidence.evidence_from_definitions", "cluster", "assemble.draft", "related"]
)
def test_a_call_after_an_interrupted_one_starts_afresh(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    resolver = Resolver.for_text(TEXT)
    resolver.resolve(MENTIONS)
    without_law = [mention._replace(label="ORG") if mention.label == "LAW" else mention for mention in MENTIONS]
    with monkeypatch.context() as patched:
        patched.setattr(f"reader.resolve.resolver.{function}", interrupt)
        with pytest.raises(KeyboardInterrupt):
            resolver.resolve(without_law)
    retagged = [_retag_iraq(mention) for mention in without_law]
    assert resolver.resolve(retagged) == resolve(TEXT, retagged)


def _retag_iraq(mention: Mention) -> Mention:
    return mention._replace(label="EVENT") if TEXT[mention.start : mention.end] == "Iraq" else mention
