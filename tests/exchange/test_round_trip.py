"""Tests that decisions of every kind survive an export and import on another machine."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, Store
from reader.annotate.decisions import (
    KINDS,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityTagged,
    MentionAdded,
    SpanNoted,
    SpanTagged,
)
from reader.document import Document
from reader.exchange import FORMATS, READERS
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT, decisions, decisions_of

CHANGED = Document(
    TEXT.replace("(NSB) met Ada Quill", "(NSB) saw her") + " More followed.", (), "A meeting", "meeting.txt"
)

steps = st.lists(
    st.one_of(st.sampled_from(["undo", "redo", "undo to"]), st.lists(decisions, min_size=1, max_size=3)), max_size=10
)


def run_actions(store: Store, document: Document, actions: list[str | list[Decision]]) -> None:
    for action in actions:
        if action == "undo":
            store.undo(document)
        elif action == "redo":
            store.redo(document)
        elif action == "undo to":
            past_steps = store.history(document).all_steps
            store.undo_to(document, past_steps[len(past_steps) // 2].id if past_steps else "")
        elif not isinstance(action, str):
            store.append(document, action)


def exported(store: Store, document: Document) -> bytes:
    out = io.BytesIO()
    FORMATS["jsonl"].write([Reading(document, store)], out)
    return out.getvalue()


def import_data(store: Store, data: bytes) -> int:
    return store.import_records([*READERS["jsonl"].read(io.BytesIO(data))])


def assert_same_history(source_store: Store, target_store: Store, document: Document) -> None:
    expected, actual = source_store.history(document), target_store.history(document)
    for name in ("decisions", "steps", "undone", "next_redo_steps", "all_steps", "orphans"):
        assert getattr(expected, name) == getattr(actual, name), name
    assert Reading(document, source_store).notes == Reading(document, target_store).notes


@given(steps, steps, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_decisions_are_imported_elsewhere_without_duplicates(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str | list[Decision]],
    second: list[str | list[Decision]],
    changed: bool,
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    with Store.open(folder / "here.db", author="Ada") as source_store, Store.open(folder / "there.db") as target_store:
        run_actions(source_store, DOCUMENT, first)
        document = CHANGED if changed else DOCUMENT
        run_actions(source_store, document, second)
        data = exported(source_store, document)
        count = len(source_store.records(document))
        assert import_data(target_store, data) == count
        assert_same_history(source_store, target_store, document)
        assert exported(target_store, document) == data
        assert import_data(target_store, data) == import_data(source_store, data) == 0
        run_actions(target_store, document, first)
        added = len(target_store.records(document)) - count
        assert import_data(source_store, exported(target_store, document)) == added
        assert source_store.history(document).decisions == target_store.history(document).decisions


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_every_kind_of_decision_is_exchanged(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("stores")
    drawn = [data.draw(decisions_of(kind)) for kind in KINDS.values()]
    with Store.open(folder / "here.db") as source_store, Store.open(folder / "there.db") as target_store:
        source_store.append(DOCUMENT, drawn)
        import_data(target_store, exported(source_store, DOCUMENT))
        assert target_store.history(DOCUMENT).decisions == tuple(drawn)


def export_line(store: Store, document: Document = DOCUMENT) -> dict[str, Any]:
    reading = Reading(document, store)
    reading.set_recognized([Mention(21, 24, "ORG"), Mention(56, 59, "ORG")])
    out = io.BytesIO()
    FORMATS["jsonl"].write([reading], out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]  # JSON


def test_notes_and_tags_are_exported_with_their_subjects(tmp_path: Path) -> None:
    nsb = Name("NSB", "ORG")
    with Store.open(tmp_path / "a.db", author="Ada") as store:
        store.append(DOCUMENT, [SpanNoted(30, 39, "Who\nis *she*?"), SpanTagged(30, 39, ("to-check",))])
        store.append(DOCUMENT, [EntityNoted((nsb,), "a board"), EntityTagged((nsb,), ("key",))])
        store.append(DOCUMENT, [DocumentNoted("all of it"), DocumentTagged(("weekly",))])
        store.append(DOCUMENT, [SpanNoted(0, 3, "gone"), SpanNoted(0, 3, "")])
        exported_line = export_line(store)
        entity_id = next(item["id"] for item in exported_line["entities"] if item["name"] == "NSB")
        notes = [{key: value for key, value in note.items() if key != "time"} for note in exported_line["notes"]]
        assert notes == [
            {"about": "place", "start": 30, "end": 39, "quote": "Ada Quill", "text": "Who\nis *she*?", "author": "Ada"},
            {"about": "entity", "names": [["NSB", "ORG"]], "entities": [entity_id], "text": "a board", "author": "Ada"},
            {"about": "document", "text": "all of it", "author": "Ada"},
        ]
        assert exported_line["tags"] == [
            {"about": "document", "tags": ["weekly"]},
            {"about": "entity", "names": [["NSB", "ORG"]], "entities": [entity_id], "tags": ["key"]},
            {"about": "place", "start": 30, "end": 39, "quote": "Ada Quill", "tags": ["to-check"]},
        ]
        assert {record["author"] for record in exported_line["decisions"]} == {"Ada"}


def test_a_note_without_a_position_is_an_orphan(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.append(DOCUMENT, [SpanNoted(30, 39, "Who?"), MentionAdded(21, 24, "ORG")])
        exported_line = export_line(store, CHANGED)
        assert exported_line["notes"] == []
        assert [(item["kind"], item["text"], item["quote"]) for item in exported_line["orphans"]] == [
            ("place-noted", "Who?", "Ada Quill")
        ]
