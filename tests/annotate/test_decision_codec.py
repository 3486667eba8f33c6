from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, MalformedRecordError
from reader.annotate import decisions as kinds
from reader.annotate.decisions.appearances import Appearance
from reader.annotate.decisions.decision_codec import decode_decision, encode_decision
from reader.resolve import Name
from tests.annotate.strategies import decisions

A, B = Name("a", "ORG"), Name("b", "GPE")
IN_X, IN_Y = Appearance("sha256:x", "X", A), Appearance("sha256:y", "", B)

STORED = [
    (kinds.MentionAdded(3, 9, "ORG"), "mention-added", '{"start":3,"end":9,"label":"ORG"}'),
    (kinds.MentionOverlaid(3, 9, "ORG"), "mention-overlaid", '{"start":3,"end":9,"label":"ORG"}'),
    (
        kinds.MachineMentionAdded(3, 9, "ORG", 0.5),
        "machine-mention-added",
        '{"start":3,"end":9,"label":"ORG","score":0.5}',
    ),
    (kinds.MentionRemoved(3, 9), "mention-removed", '{"start":3,"end":9}'),
    (kinds.MentionRetagged(3, 9, "ORG"), "mention-retagged", '{"start":3,"end":9,"label":"ORG"}'),
    (kinds.MentionConfirmed(3, 9, "ORG"), "mention-confirmed", '{"start":3,"end":9,"label":"ORG"}'),
    (kinds.MentionMoved(3, 9, A), "mention-moved", '{"start":3,"end":9,"to":["a","ORG"]}'),
    (kinds.NamesSame((A, B), "b"), "names-same", '{"names":[["a","ORG"],["b","GPE"]],"preferred":"b"}'),
    (
        kinds.NamesDifferent((A,), (B,), 0.5),
        "names-different",
        '{"left":[["a","ORG"]],"right":[["b","GPE"]],"against":0.5}',
    ),
    (kinds.EntityRenamed((A,), "b"), "entity-renamed", '{"names":[["a","ORG"]],"name":"b"}'),
    (kinds.EntityRetagged((A,), "GPE"), "entity-retagged", '{"names":[["a","ORG"]],"label":"GPE"}'),
    (kinds.EntityConfirmed((A,)), "entity-confirmed", '{"names":[["a","ORG"]]}'),
    (kinds.EntityDismissed((A,)), "entity-dismissed", '{"names":[["a","ORG"]]}'),
    (kinds.EntityRestored((A,)), "entity-restored", '{"names":[["a","ORG"]]}'),
    (kinds.EntityStarred((A,), True), "entity-starred", '{"names":[["a","ORG"]],"starred":true}'),
    (
        kinds.WatchlistAnswered((A,), "cases", "c-7", "B", "no"),
        "watchlist-answered",
        '{"names":[["a","ORG"]],"watchlist":"cases","listed_id":"c-7","listed_name":"B","answer":"no"}',
    ),
    (kinds.NameKnown(A), "name-known", '{"name":["a","ORG"]}'),
    (
        kinds.ProfilesSame((IN_X, IN_Y)),
        "profiles-same",
        '{"appearances":[["sha256:x","X",["a","ORG"]],["sha256:y","",["b","GPE"]]]}',
    ),
    (
        kinds.ProfilesDifferent((IN_X,), (IN_Y,)),
        "profiles-different",
        '{"left":[["sha256:x","X",["a","ORG"]]],"right":[["sha256:y","",["b","GPE"]]]}',
    ),
    (kinds.BookmarkSet(3, 9, "a"), "bookmark-set", '{"start":3,"end":9,"letter":"a"}'),
    (kinds.BookmarkRemoved("a"), "bookmark-removed", '{"letter":"a"}'),
    (kinds.OrphanDismissed("c0"), "orphan-dismissed", '{"orphan":"c0"}'),
    (kinds.SpanNoted(3, 9, "x"), "place-noted", '{"start":3,"end":9,"text":"x"}'),
    (kinds.EntityNoted((A,), "x"), "entity-noted", '{"names":[["a","ORG"]],"text":"x"}'),
    (kinds.DocumentNoted(""), "document-noted", '{"text":""}'),
    (kinds.SpanTagged(3, 9, ("x",)), "place-tagged", '{"start":3,"end":9,"added":["x"],"removed":[]}'),
    (
        kinds.EntityTagged((A,), (), ("x", "y")),
        "entity-tagged",
        '{"names":[["a","ORG"]],"added":[],"removed":["x","y"]}',
    ),
    (kinds.DocumentTagged(("x",)), "document-tagged", '{"added":["x"],"removed":[]}'),
    (
        kinds.EncodingChosen("sha256:00", "/a.txt", "cp1250"),
        "encoding-chosen",
        '{"digest":"sha256:00","source":"/a.txt","encoding":"cp1250"}',
    ),
    (
        kinds.AllTextChosen("sha256:00", "", True),
        "all-text-chosen",
        '{"digest":"sha256:00","source":"","all_text":true}',
    ),
]
"""How existing logs store each kind of decision. None of these may change."""


@pytest.mark.parametrize(("decision", "kind", "payload"), STORED)
def test_the_stored_form_of_a_kind_never_changes(decision: Decision, kind: str, payload: str) -> None:
    assert encode_decision(decision) == (kind, payload)
    assert decode_decision(kind, payload) == decision


def test_the_stored_form_of_every_kind_is_tested() -> None:
    untested_kinds = kinds.KINDS.keys() - {kind for _, kind, _ in STORED}
    assert not untested_kinds, "add a row to STORED for each of these kinds"


@given(decisions)
def test_an_encoded_decision_decodes_to_itself(decision: Decision) -> None:
    assert decode_decision(*encode_decision(decision)) == decision


def test_lone_surrogates_survive() -> None:
    decision = kinds.NamesSame((Name("a\udc80b", "ORG"),), "x")
    kind, payload = encode_decision(decision)
    assert payload.isascii()
    assert decode_decision(kind, payload) == decision


def test_fields_of_a_later_version_are_ignored() -> None:
    kind, payload = encode_decision(kinds.MentionAdded(3, 9, "ORG"))
    later = json.dumps({**json.loads(payload), "certainty": 0.5})
    assert decode_decision(kind, later) == kinds.MentionAdded(3, 9, "ORG")


def test_an_optional_field_may_be_missing() -> None:
    earlier = '{"left": [["a", "ORG"]], "right": [["b", "GPE"]]}'
    assert decode_decision("names-different", earlier) == kinds.NamesDifferent((A,), (B,))


def test_a_known_name_is_stored_as_a_surface_form() -> None:
    spaced = '{"name": ["Osel\\n Lake", "LOC"]}'
    assert decode_decision("name-known", spaced) == kinds.NameKnown(Name("Osel Lake", "LOC"))


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
        ("names-same", '{"names": [["a", "ORG"]]}'),
        ("names-different", '{"left": [["a", "ORG"]], "right": [[" ", "ORG"]]}'),
        ("names-different", '{"left": [["a", "ORG"]], "right": [["b", "ORG"]], "against": 2}'),
        ("entity-renamed", '{"names": [["a", "ORG"]], "name": "\\n"}'),
        ("entity-starred", '{"names": [["a", "ORG"]], "starred": 1}'),
        ("name-known", '{"name": ["…", "ORG"]}'),
        ("name-known", '{"name": ["a", ""]}'),
        ("document-tagged", '{"added": [" "], "removed": []}'),
        ("document-tagged", '{"added": ["x"]}'),
    ],
)
def test_an_invalid_record_is_refused(kind: str, payload: str) -> None:
    with pytest.raises(MalformedRecordError):
        decode_decision(kind, payload)


@given(st.sampled_from(["mention-added", "names-same", "entity-renamed"]), st.text())
def test_arbitrary_text_raises_no_other_error(kind: str, payload: str) -> None:
    with pytest.raises(MalformedRecordError):
        decode_decision(kind, payload)


def test_a_decision_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(MalformedRecordError):
        encode_decision(kinds.MentionAdded(5, 5, "ORG"))
    with pytest.raises(MalformedRecordError):
        encode_decision(kinds.EntityRenamed((Name("NSB", "ORG"),), "  "))
