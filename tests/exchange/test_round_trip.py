"""Everything that was decided goes to another machine and back, whatever kinds of decisions there are."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityTagged,
    MentionAdded,
    PlaceNoted,
    PlaceTagged,
    Store,
)
from reader.document import Document
from reader.exchange import FORMATS, READERS
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, KINDS, TEXT, decisions, made_of

CHANGED = Document(
    TEXT.replace("(NSB) met Ada Quill", "(NSB) saw her") + " More followed.", (), "A meeting", "meeting.txt"
)

steps = st.lists(
    st.one_of(st.sampled_from(["undo", "redo", "undo to"]), st.lists(decisions, min_size=1, max_size=3)), max_size=10
)


def do(store: Store, document: Document, actions: list[str | list[Decision]]) -> None:
    for action in actions:
        if action == "undo":
            store.undo(document)
        elif action == "redo":
            store.redo(document)
        elif action == "undo to":
            past = store.history(document).past
            store.undo_to(document, past[len(past) // 2].id if past else "")
        elif not isinstance(action, str):
            store.append(document, action)


def exported(store: Store, document: Document) -> bytes:
    out = io.BytesIO()
    FORMATS["jsonl"].write([Reading(document, store)], out)
    return out.getvalue()


def taken_in(store: Store, data: bytes) -> int:
    return store.take_in([*READERS["jsonl"](io.BytesIO(data))])


def same(here: Store, there: Store, document: Document) -> None:
    one, two = here.history(document), there.history(document)
    for name in ("decisions", "steps", "undone", "redoing", "past", "orphans"):
        assert getattr(one, name) == getattr(two, name), name
    assert Reading(document, here).notes == Reading(document, there).notes


@given(steps, steps, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_decisions_go_to_another_machine_and_nothing_is_there_twice(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[str | list[Decision]],
    second: list[str | list[Decision]],
    changed: bool,
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    with Store.open(folder / "here.db", author="Ada") as here, Store.open(folder / "there.db") as there:
        do(here, DOCUMENT, first)
        document = CHANGED if changed else DOCUMENT
        do(here, document, second)
        data = exported(here, document)
        count = len(here.records(document))
        assert taken_in(there, data) == count
        same(here, there, document)
        assert exported(there, document) == data
        assert taken_in(there, data) == taken_in(here, data) == 0
        do(there, document, first)
        assert taken_in(here, exported(there, document)) == len(there.records(document)) - count
        assert here.history(document).decisions == there.history(document).decisions


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_every_kind_goes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("stores")
    said = [data.draw(made_of(kind)) for kind in KINDS]
    with Store.open(folder / "here.db") as here, Store.open(folder / "there.db") as there:
        here.append(DOCUMENT, said)
        taken_in(there, exported(here, DOCUMENT))
        assert there.history(DOCUMENT).decisions == tuple(said)


def line_of(store: Store, document: Document = DOCUMENT) -> dict[str, Any]:
    reading = Reading(document, store)
    reading.set_recognized([Mention(21, 24, "ORG"), Mention(56, 59, "ORG")])
    out = io.BytesIO()
    FORMATS["jsonl"].write([reading], out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]  # JSON


def test_notes_and_tags_stand_in_the_export_with_what_they_are_about(tmp_path: Path) -> None:
    nsb = Name("NSB", "ORG")
    with Store.open(tmp_path / "a.db", author="Ada") as store:
        store.append(DOCUMENT, [PlaceNoted(30, 39, "Who\nis *she*?"), PlaceTagged(30, 39, ("to-check",))])
        store.append(DOCUMENT, [EntityNoted((nsb,), "a board"), EntityTagged((nsb,), ("key",))])
        store.append(DOCUMENT, [DocumentNoted("all of it"), DocumentTagged(("weekly",))])
        store.append(DOCUMENT, [PlaceNoted(0, 3, "gone"), PlaceNoted(0, 3, "")])
        got = line_of(store)
        bearer = next(each["id"] for each in got["entities"] if each["name"] == "NSB")
        said = [{key: value for key, value in note.items() if key != "time"} for note in got["notes"]]
        assert said == [
            {"about": "place", "start": 30, "end": 39, "quote": "Ada Quill", "text": "Who\nis *she*?", "author": "Ada"},
            {"about": "entity", "names": [["NSB", "ORG"]], "entities": [bearer], "text": "a board", "author": "Ada"},
            {"about": "document", "text": "all of it", "author": "Ada"},
        ]
        assert got["tags"] == [
            {"about": "document", "tags": ["weekly"]},
            {"about": "entity", "names": [["NSB", "ORG"]], "entities": [bearer], "tags": ["key"]},
            {"about": "place", "start": 30, "end": 39, "quote": "Ada Quill", "tags": ["to-check"]},
        ]
        assert {record["author"] for record in got["decisions"]} == {"Ada"}


def test_a_note_that_lost_its_place_is_among_the_orphans(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.append(DOCUMENT, [PlaceNoted(30, 39, "Who?"), MentionAdded(21, 24, "ORG")])
        got = line_of(store, CHANGED)
        assert got["notes"] == []
        assert [(each["kind"], each["text"], each["quote"]) for each in got["orphans"]] == [
            ("place-noted", "Who?", "Ada Quill")
        ]
