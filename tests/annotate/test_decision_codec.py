from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, EntityRenamed, MalformedRecordError, MentionAdded, NamesDifferent, NamesSame
from reader.annotate.decision_codec import decode, encode
from reader.resolve import Name
from tests.annotate.strategies import decisions


@given(decisions)
def test_what_was_written_is_read_back(decision: Decision) -> None:
    assert decode(*encode(decision)) == decision


def test_lone_surrogates_survive() -> None:
    decision = NamesSame((Name("a\udc80b", "ORG"),), "x")
    kind, payload = encode(decision)
    assert payload.isascii()
    assert decode(kind, payload) == decision


def test_fields_of_a_later_version_are_overlooked() -> None:
    kind, payload = encode(MentionAdded(3, 9, "ORG"))
    later = json.dumps({**json.loads(payload), "certainty": 0.5})
    assert decode(kind, later) == MentionAdded(3, 9, "ORG")


def test_fields_of_an_earlier_version_are_enough() -> None:
    earlier = '{"left": [["a", "ORG"]], "right": [["b", "ORG"]]}'
    assert decode("names-different", earlier) == NamesDifferent((Name("a", "ORG"),), (Name("b", "ORG"),))


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("note-added", "{}"),
        ("mention-added", ""),
        ("mention-added", "[" * 100_000),
        ("mention-added", "[]"),
        ("mention-added", '{"start": 1, "end": 4}'),
        ("mention-added", '{"start": 1, "end": 4, "label": ""}'),
        ("mention-added", '{"start": 4, "end": 4, "label": "ORG"}'),
        ("mention-added", '{"start": -1, "end": 4, "label": "ORG"}'),
        ("mention-added", '{"start": true, "end": 4, "label": "ORG"}'),
        ("mention-added", '{"start": 1.0, "end": 4, "label": "ORG"}'),
        ("mention-added", '{"start": 1, "end": 1e400, "label": "ORG"}'),
        ("names-same", '{"names": [], "preferred": ""}'),
        ("names-same", '{"names": "ab", "preferred": ""}'),
        ("names-same", '{"names": [["a"]], "preferred": ""}'),
        ("names-same", '{"names": [["a", "ORG"]], "preferred": null}'),
        ("names-different", '{"left": [["a", "ORG"]], "right": [[" ", "ORG"]]}'),
        ("names-different", '{"left": [["a", "ORG"]], "right": [["b", "ORG"]], "against": 2}'),
        ("entity-renamed", '{"names": [["a", "ORG"]], "name": "\\n"}'),
    ],
)
def test_anything_else_is_refused(kind: str, payload: str) -> None:
    with pytest.raises(MalformedRecordError):
        decode(kind, payload)


@given(st.sampled_from(["mention-added", "names-same", "entity-renamed"]), st.text())
def test_no_text_makes_it_fail_otherwise(kind: str, payload: str) -> None:
    with pytest.raises(MalformedRecordError):
        decode(kind, payload)


def test_a_decision_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(MalformedRecordError):
        encode(MentionAdded(5, 5, "ORG"))
    with pytest.raises(MalformedRecordError):
        encode(EntityRenamed((Name("NSB", "ORG"),), "  "))
