"""Tests of the lessons made from the user's decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import EntityDismissed, EntityRenamed, MentionAdded, MentionRemoved, NameKnown
from reader.annotate.general_decisions import add_decisions
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.library.training_material import annotated_lessons, lesson_from, sample_lessons, texts_for_rehearsal
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.resolve.texts import marked

SOURCE = (
    "[Ada Quill|PERSON] met the [Sea Board|ORG] and the [Mirror|ORG] in [Osel|GPE]. "
    "The [Mirror|ORG] left Tarn; [Ada Quill|PERSON] stayed by the [Pond|LOC]."
)
TEXT, FOUND = marked(SOURCE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "annotations.db")


def find(document: Document) -> list[Mention]:
    return FOUND if document.text == TEXT else []


def document(text: str = TEXT) -> Document:
    return Document(text, plain_blocks(text), text[:9], f"{text[:9]}.txt")


def reading_with_decisions(store: Store) -> Reading:
    reading = Reading(document(), store)
    reading.set_recognized(FOUND)
    tarn = TEXT.index("Tarn")
    reading.decide(MentionAdded(tarn, tarn + 4, "GPE"))
    reading.decide(EntityRenamed((Name("Ada Quill", "PERSON"),), "Quill"))
    reading.decide(EntityDismissed((Name("Mirror", "ORG"),)))
    pond = TEXT.index("Pond")
    reading.decide(MentionRemoved(pond, pond + 4))
    return reading


def names(spans: object) -> list[str]:
    return sorted(TEXT[span[0] : span[1]] for span in spans)  # type: ignore[attr-defined]  # any spans


def test_only_decided_spans_are_certain(store: Store) -> None:
    lesson = lesson_from(reading_with_decisions(store))
    assert names(lesson.names) == ["Ada Quill", "Ada Quill", "Tarn"]
    assert names(lesson.non_names) == ["Mirror", "Mirror", "Pond"]
    assert not lesson.complete
    assert names(lesson.gold.spans) == ["Ada Quill", "Ada Quill", "Osel", "Sea Board", "Tarn"]


def test_in_a_reviewed_document_everything_is_certain(store: Store) -> None:
    lesson = lesson_from(reading_with_decisions(store), reviewed=True)
    assert names(lesson.names) == ["Ada Quill", "Ada Quill", "Osel", "Sea Board", "Tarn"]
    assert lesson.complete


def test_general_decisions_are_certain_too(store: Store) -> None:
    add_decisions(store, [NameKnown(Name("Osel", "GPE")), EntityDismissed((Name("Sea Board", ""),))])
    reading = Reading(document(), store)
    reading.set_recognized(FOUND)
    lesson = lesson_from(reading)
    assert (names(lesson.names), names(lesson.non_names)) == (["Osel"], ["Sea Board"])


def test_documents_with_decisions_give_lessons_in_a_fixed_order(store: Store) -> None:
    for text in ("Bram sang.", TEXT, "Nobody sang.", "Cora sang."):
        store.remember(document(text), 0)
    for text in ("Cora sang.", "Bram sang."):
        store.append(document(text), [MentionAdded(0, 4, "PERSON")])
    reading_with_decisions(store)
    add_decisions(store, [NameKnown(Name("Osel", "GPE"))])
    lessons = list(annotated_lessons(store, find))
    assert [lesson.document.text[:4] for lesson in lessons] == ["Bram", "Ada ", "Cora"]
    assert names(lessons[1].names) == ["Ada Quill", "Ada Quill", "Osel", "Tarn"]


def test_other_documents_are_used_for_rehearsal_while_their_files_exist(store: Store, tmp_path: Path) -> None:
    for name, text in (("kept", "Bram sang."), ("changed", "Cora sang."), ("annotated", "Dora sang.")):
        (tmp_path / name).write_text(text)
        store.remember(Document(text, plain_blocks(text), "", str(tmp_path / name)), 0)
    store.remember(Document("Gone.", plain_blocks("Gone."), "", str(tmp_path / "gone")), 0)
    (tmp_path / "changed").write_text("Cora danced.")
    annotated = Reading(document("Dora sang."), store)
    texts = texts_for_rehearsal(store, [lesson_from(annotated)])
    samples = sample_lessons()
    assert [lesson.document.text for lesson in texts] == [lesson.document.text for lesson in samples] + ["Bram sang."]
    assert not any(lesson.names or lesson.complete for lesson in texts)
    assert all(lesson.names and lesson.complete for lesson in samples)
